"""What the ledger says of our own orders: states only forward, its lines over ours, a change of ours spared."""

from decimal import Decimal
from uuid import UUID

import pytest

from bot.domain.accounting import DocumentLink, Subject
from bot.domain.money import Money
from bot.domain.order import State
from bot.domain.pricelist import ArticleRecord
from bot.services.handover import SUBMIT
from tests.db.people import OLENA, RANOK
from tests.services.backroom import Backroom, Told, phone_order, record_line
from tests.support.accounting import Ledger

ORDERS = Subject.ORDERS
FLOUR_ONLY = (record_line("a-60010", "50", "18.40"),)


@pytest.fixture
async def order_id(room: Backroom) -> UUID:
    """An order that is there, and Olena listens."""
    return await _placed(room)


async def _placed(room: Backroom) -> UUID:
    await room.sign_in(OLENA, "telegram", "1")
    order_id = await room.handed()
    await room.pull(ORDERS)
    return order_id


def shorten(ledger: Ledger, order_id: UUID) -> None:
    """The office leaves two sacks of flour of the order."""
    ledger.change(str(order_id), lines=FLOUR_ONLY, total=Money.of("920.00"))


async def moved(room: Backroom, order_id: UUID, *states: State) -> State:
    for state in states:
        room.ledger.change(str(order_id), state=state)
        await room.pull(ORDERS)
    return (await room.order(order_id)).state


async def test_a_state_is_taken_and_told_once(room: Backroom) -> None:
    order_id = await _placed(room)
    assert await moved(room, order_id, State.ACCEPTED, State.SHIPPED) is State.SHIPPED
    await room.pull(ORDERS, full=True)
    assert await room.told() == [Told("telegram:1", "order_state", str(order_id))] * 2
    history = (await room.order(order_id)).history
    assert [state for state, _ in history] == [State.PLACED, State.ACCEPTED, State.SHIPPED]
    assert await room.handed_revision(order_id) == 1


@pytest.mark.parametrize(
    ("states", "final"),
    [
        ((State.SHIPPED, State.ACCEPTED), State.SHIPPED),
        ((State.CLOSED, State.SHIPPED, State.PLACED), State.CLOSED),
        ((State.SHIPPED, State.CANCELLED), State.CANCELLED),
        ((State.CANCELLED, State.ACCEPTED), State.CANCELLED),
    ],
)
async def test_a_state_never_goes_back(room: Backroom, order_id: UUID, states: tuple[State, ...], final: State) -> None:
    assert await moved(room, order_id, *states) is final


async def test_a_document_that_does_not_tell_its_state_moves_nothing(room: Backroom, order_id: UUID) -> None:
    await moved(room, order_id, State.ACCEPTED)
    room.ledger.change(str(order_id), state=None)
    await room.pull(ORDERS)
    assert (await room.order(order_id)).state is State.ACCEPTED


async def test_an_order_cancelled_there_is_cancelled_here_and_nothing_goes_back(room: Backroom, order_id: UUID) -> None:
    assert await moved(room, order_id, State.CANCELLED) is State.CANCELLED
    assert await room.told() == [Told("telegram:1", "order_state", str(order_id))]
    assert await room.books.read(lambda tx: tx.documents.waiting()) == []
    assert len(await room.jobs(SUBMIT)) == 1


async def test_lines_changed_there_take_the_place_of_ours(backroom: Backroom) -> None:
    order_id = await _placed(backroom)
    shorten(backroom.ledger, order_id)
    await backroom.pull(ORDERS)
    await backroom.pull(ORDERS, full=True)
    order = await backroom.order(order_id)
    assert (order.revision, order.total) == (2, Money.of("920.00"))
    assert [(line.sku, line.quantity, line.amount) for line in order.lines] == [
        ("60010", Decimal(50), Money.of("920.00")),
    ]  # fmt: skip
    assert await backroom.told() == [Told("telegram:1", "order_changed", str(order_id))]


async def test_lines_taken_from_there_do_not_go_back_there(room: Backroom, order_id: UUID) -> None:
    shorten(room.ledger, order_id)
    await room.pull(ORDERS)
    assert await room.handed_revision(order_id) == 2
    assert await room.books.read(lambda tx: tx.documents.waiting()) == []
    assert len(await room.jobs(SUBMIT)) == 1
    assert room.ledger.written == [("K-000001", 1)]


async def test_our_next_change_goes_over_what_was_taken_from_there(room: Backroom, order_id: UUID) -> None:
    shorten(room.ledger, order_id)
    await room.pull(ORDERS)
    await room.amend(order_id)
    await room.submit()
    assert room.ledger.written == [("K-000001", 1), ("K-000001", 3)]
    assert await room.differences() == []


async def test_a_change_of_ours_on_its_way_is_not_overwritten(room: Backroom) -> None:
    order_id = await _placed(room)
    shorten(room.ledger, order_id)
    room.ledger.change(str(order_id), state=State.ACCEPTED)
    await room.amend(order_id)
    await room.pull(ORDERS)
    order = await room.order(order_id)
    assert (order.total, order.state, order.revision) == (Money.of("189.50"), State.ACCEPTED, 2)
    await room.submit()
    (difference,) = await room.differences()
    assert difference.kind.value == "changed_there"


async def test_a_document_read_before_our_change_arrived_there_does_not_undo_it(room: Backroom, order_id: UUID) -> None:
    """Pages are read first and taken in after, and a hand-over may come in between."""
    known = await room.books.read(lambda tx: tx.documents.versions(room.clock().date()))
    read = room.ledger.documents[str(order_id)]
    await room.amend(order_id)
    await room.submit()
    await room.news.take([read], known=known)
    order = await room.order(order_id)
    assert (order.total, order.revision) == (Money.of("189.50"), 2)
    assert await room.told() == []


async def test_a_line_of_an_article_nobody_knows_waits_for_the_article(room: Backroom, order_id: UUID) -> None:
    room.ledger.change(str(order_id), lines=(record_line("a-kefir", "6", "50.00"),), total=Money.of("300.00"))
    assert (await room.pull(ORDERS)).problems == [("article_unknown", str(order_id))]
    assert (await room.order(order_id)).total == Money.of("1149.60")
    room.ledger.price_list[Subject.CATALOGUE] = [ArticleRecord("a-kefir", "10700", "Кефір", 0, base_unit="шт")]
    await room.pull(Subject.CATALOGUE)
    assert (await room.pull(ORDERS)).problems is None
    assert (await room.order(order_id)).total == Money.of("300.00")


async def test_prices_of_the_office_are_no_longer_provisional(room: Backroom) -> None:
    order_id = await room.handed(provisional=True)
    shorten(room.ledger, order_id)
    await room.pull(ORDERS)
    assert not (await room.order(order_id)).provisional


async def test_a_document_that_carries_our_number_is_our_order(room: Backroom) -> None:
    order_id = await room.place()
    room.ledger.enter(phone_order("x", link=DocumentLink("ut-17", "ГО-17", "p1"), ours="K-000001"))
    await room.pull(ORDERS)
    assert await room.link(order_id) == DocumentLink("ut-17", "ГО-17", "")
    assert await room.handed_revision(order_id) == 0
    assert await room.books.read(lambda tx: tx.orders.count()) == 1


async def test_a_sum_changed_there_takes_the_place_of_ours(room: Backroom, order_id: UUID) -> None:
    room.ledger.change(str(order_id), total=Money.of("1100.00"))
    await room.pull(ORDERS)
    await room.pull(ORDERS, full=True)
    order = await room.order(order_id)
    assert (order.total, order.revision) == (Money.of("1100.00"), 2)
    assert await room.told() == [Told("telegram:1", "order_changed", str(order_id))]


async def test_a_cart_in_which_an_order_was_being_changed_is_dropped_when_the_office_changes_it(
    backroom: Backroom,
) -> None:
    order_id = await _placed(backroom)
    cart_id = await backroom.books.write(lambda tx: tx.carts.amend(RANOK.id, order_id, backroom.clock()))
    assert await backroom.books.read(lambda tx: tx.carts.amending(order_id)) == cart_id
    shorten(backroom.ledger, order_id)
    await backroom.pull(ORDERS)
    assert await backroom.books.read(lambda tx: tx.carts.amending(order_id)) is None
    assert await backroom.books.read(lambda tx: tx.carts.current(RANOK.id)) is None
