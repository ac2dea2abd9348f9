"""An order that the credit gate holds, at the managers' desk: who may let it go, once, and the log of it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update

from bot.db.models import Client
from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.credit import HeldState
from bot.domain.desk import Role
from bot.domain.money import Money
from bot.domain.order import OrderView
from bot.domain.quantity import Unit
from tests.db.people import MILK, OLENA, RANOK, turn
from tests.services.backroom import connect
from tests.services.desk.room import GROUP, DeskRoom
from tests.services.desk.test_rights import READS
from tests.services.test_receivables_in import debt
from tests.support.relays import Message

RELEASE = "Відпустити замовлення"


@pytest.fixture
async def card(room: DeskRoom) -> Message:
    """What the managers got of Olena's order of 1149.60 over a limit of one hryvnia."""
    room.backroom.holds_orders()
    await room.books.write(connect)
    await room.books.write(_limited)
    room.backroom.ledger.owes(debt("d1", "100.00", due=room.clock().date() + timedelta(days=3)))
    await room.backroom.takes_in(Subject.RECEIVABLES)
    await confirms(room, "24")
    return room.topic("")[-1]


async def confirms(room: DeskRoom, quantity: str, *, change: OrderView | None = None) -> OrderView:
    """A new order of milk for Tuesday, or a change of one."""
    app = room.office.app
    if change is not None:
        await app.ordering.amend(turn(), RANOK, change.id, "uk")
    await app.carts.put(turn(), RANOK, MILK, Decimal(quantity), Unit.BASE, "uk")
    await app.carts.choose_point(turn(), RANOK, (await app.carts.points(RANOK))[0].id, "uk")
    cart = await app.carts.choose_date(turn(), RANOK, app.carts.dates()[0], "uk")
    assert cart is not None
    order = await app.ordering.place(turn(), RANOK, OLENA, cart.id, cart.version, cart.total.kopiykas)
    await room.backroom.works()
    return order


async def test_the_managers_read_why_it_waits_and_have_one_button_for_it(room: DeskRoom, card: Message) -> None:
    assert "Замовлення притримано" in card.text
    assert "Кафе «Ранок»" in card.text
    assert "бракує 1 248,60 грн" in card.text.replace("\u00a0", " ")
    assert card.labels == [RELEASE, "Борги клієнта", "Оновити"]


async def test_a_manager_releases_it_and_the_client_hears_of_it(room: DeskRoom, card: Message) -> None:
    assert "Відпущено: Оксана" in await room.taps(card, RELEASE)
    assert (await _newest(room)).held is None
    assert any("більше нічого не тримає" in said for said in (*room.heard(), *room.heard(("telegram", "olena"))))
    assert (await room.log())[-1] == ("Оксана", "ReleaseHeld", "", "done")


async def test_the_second_manager_reads_who_released_it(room: DeskRoom, card: Message) -> None:
    await room.taps(card, RELEASE)
    assert "Відпущено: Оксана" in await room.taps(card, RELEASE, "Петро")
    assert (await _newest(room)).revision == 2


async def test_who_may_only_read_and_who_is_elsewhere_release_nothing(room: DeskRoom, card: Message) -> None:
    await room.answers("// я тут", "Стажер")
    await room.books.write(lambda tx: tx.staff.set_role("telegram", "Стажер", Role.WATCHER))
    assert (await room.taps(card, RELEASE, "Стажер")).startswith(READS)
    assert await room.taps(card, RELEASE, "Чужий", place="-999") == ""
    await room.presses(card.payload(RELEASE))
    assert (await _newest(room)).held is HeldState.HELD
    assert [one[3] for one in await room.log() if one[1] == "ReleaseHeld"] == ["refused"] * 3


async def test_an_order_that_was_changed_since_is_looked_at_again_before_it_goes(room: DeskRoom, card: Message) -> None:
    await confirms(room, "36", change=await _newest(room))
    assert "Замовлення тим часом змінили" not in card.text
    assert "1 724,40 грн" in (await room.taps(card, RELEASE)).replace("\u00a0", " ")
    assert (await _newest(room)).held is HeldState.HELD
    assert "Відпущено: Петро" in await room.taps(room.topic("")[-1], RELEASE, "Петро")


async def test_what_the_client_cancelled_has_nothing_left_to_release(room: DeskRoom, card: Message) -> None:
    order = await _newest(room)
    await room.office.app.ordering.cancel(turn(), RANOK, OLENA, order.id)
    assert "Скасовано" in await room.taps(card, RELEASE)


async def test_in_the_clients_topic_it_stands_with_the_talk(room: DeskRoom) -> None:
    await room.asks()
    room.backroom.holds_orders()
    await room.books.write(connect)
    await room.books.write(_limited)
    await room.backroom.takes_in(Subject.RECEIVABLES)
    await confirms(room, "24")
    assert "Замовлення притримано" in room.topic("1", GROUP)[-1].text


async def _newest(room: DeskRoom) -> OrderView:
    (brief, *_) = (await room.office.app.ordering.history(RANOK, 0)).orders
    return await room.office.app.ordering.order(RANOK, brief.id)


def _limited(tx: Tx) -> None:
    tx._connection.execute(update(Client).where(Client.id == RANOK.id).values(credit_limit=Money.of(1)))
