"""Orders that the office entered: history the first time, news afterwards, and told once."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.domain.accounting import DocumentLink, Subject
from bot.domain.errors import Unavailable
from bot.domain.money import Money
from bot.domain.order import State
from bot.domain.pricelist import ArticleRecord
from tests.db.people import ANDRII, OLENA
from tests.services.backroom import TUESDAY, Backroom, Told, phone_order, record_line
from tests.services.cards import card
from tests.support.desk import MONDAY_MORNING
from tests.support.wholesaler import uid

ORDERS = Subject.ORDERS
PHONE = uid("phone")


async def opened(room: Backroom) -> None:
    """The first look is over, and Olena is in Telegram."""
    await room.sign_in(OLENA, "telegram", "1")
    await room.pull(ORDERS)
    room.later(minutes=1)


async def test_the_first_look_takes_orders_in_and_tells_nobody(backroom: Backroom) -> None:
    await backroom.sign_in(OLENA, "telegram", "1")
    backroom.ledger.enter(phone_order(delivery_address="Київ, вул. Ранок на Подолі, 1, вхід з двору"))
    assert (await backroom.pull(ORDERS)).seen == 1
    order = await backroom.order(PHONE)
    assert (order.number, order.state, order.channel, order.document) == (
        "K-000001", State.ACCEPTED, "onec", "ГО-phone",
    )  # fmt: skip
    assert (order.total, order.placed_at, order.delivery_date) == (Money.of("1149.60"), MONDAY_MORNING, TUESDAY)
    assert (order.point_id, order.delivery_name) == (uid("Ранок на Подолі"), "Ранок на Подолі")
    assert [(line.sku, line.quantity, line.price) for line in order.lines] == [
        ("10661", Decimal(24), Money.of("47.90")),
    ]  # fmt: skip
    assert await backroom.told() == []


async def test_an_order_by_phone_is_told_once_also_when_it_is_pulled_twice(backroom: Backroom) -> None:
    await opened(backroom)
    await backroom.sign_in(ANDRII, "viber", "2")
    backroom.ledger.enter(phone_order())
    assert (await backroom.pull(ORDERS)).changed == 1
    assert (await backroom.pull(ORDERS)).changed == 0
    assert (await backroom.pull(ORDERS, full=True)).changed == 1
    assert sorted(await backroom.told()) == [
        Told("telegram:1", "order_taken", str(PHONE)), Told("viber:2", "order_taken", str(PHONE)),
    ]  # fmt: skip
    assert await backroom.books.read(lambda tx: tx.orders.count()) == 1
    assert await backroom.books.read(lambda tx: tx.documents.waiting()) == []


async def test_a_first_look_that_broke_off_is_still_the_first(room: Backroom) -> None:
    await room.sign_in(OLENA, "telegram", "1")
    room.ledger.page = 1
    room.ledger.enter(phone_order("one"), phone_order("two"))
    room.ledger.breaks_off = 1
    with pytest.raises(Unavailable):
        await room.pull(ORDERS)
    room.ledger.breaks_off = None
    await room.pull(ORDERS)
    assert await room.books.read(lambda tx: tx.orders.count()) == 2
    assert await room.told() == []


async def test_an_order_of_a_client_nobody_knows_waits_for_the_client(room: Backroom) -> None:
    await opened(room)
    room.ledger.enter(phone_order(client="bar"))
    assert (await room.pull(ORDERS)).problems == [("client_unknown", str(PHONE))]
    room.ledger.add_client(card("bar"))
    await room.pull(Subject.CLIENTS)
    assert (await room.pull(ORDERS)).problems is None
    assert await room.books.read(lambda tx: tx.orders.client(PHONE)) == (await room.client("bar")).id


async def test_an_order_of_an_article_nobody_knows_waits_for_the_article(room: Backroom) -> None:
    await opened(room)
    room.ledger.enter(phone_order("phone", record_line("a-kefir", "6", "50.00")))
    assert (await room.pull(ORDERS)).problems == [("article_unknown", str(PHONE))]
    room.ledger.price_list[Subject.CATALOGUE] = [ArticleRecord("a-kefir", "10700", "Кефір", 0, base_unit="шт")]
    await room.pull(Subject.CATALOGUE)
    assert (await room.pull(ORDERS)).problems is None
    assert (await room.order(PHONE)).total == Money.of("300.00")


@pytest.mark.parametrize(
    "silently", [{"at": MONDAY_MORNING - timedelta(hours=37)}, {"state": State.CANCELLED}], ids=["old", "cancelled"]
)
async def test_nobody_is_woken_for_what_is_history(room: Backroom, silently: dict[str, object]) -> None:
    await opened(room)
    room.ledger.enter(phone_order(**silently))  # type: ignore[arg-type]
    await room.pull(ORDERS)
    assert await room.books.read(lambda tx: tx.orders.count()) == 1
    assert await room.told() == []


async def test_an_order_the_office_took_moves_on_like_any_other(room: Backroom) -> None:
    await opened(room)
    room.ledger.enter(phone_order())
    await room.pull(ORDERS)
    room.ledger.change(str(PHONE), state=State.SHIPPED)
    await room.pull(ORDERS)
    assert (await room.order(PHONE)).state is State.SHIPPED
    assert [told.kind for told in await room.told()] == ["order_taken", "order_state"]


async def test_a_document_that_is_not_identified_by_a_guid_is_one_order_too(room: Backroom) -> None:
    await opened(room)
    room.ledger.enter(phone_order("x", link=DocumentLink("ut-17", "ГО-17", "p1")))
    await room.pull(ORDERS)
    await room.pull(ORDERS, full=True)
    assert await room.books.read(lambda tx: tx.orders.count()) == 1


async def test_a_copy_of_our_document_for_the_same_client_is_not_taken_for_the_order(backroom: Backroom) -> None:
    await opened(backroom)
    order_id = await backroom.handed()
    copy = phone_order("copy", record_line("a-60010", "50", "18.40"), ours="K-000001")
    backroom.ledger.enter(copy)
    assert (await backroom.pull(ORDERS)).problems == [("twice", copy.link.ref)]
    order = await backroom.order(order_id)
    assert (order.revision, order.total, order.document) == (1, Money.of("1149.60"), "ГО-000001")
    assert await backroom.books.read(lambda tx: tx.orders.count()) == 1
    assert await backroom.told() == []


async def test_a_copy_of_our_document_for_another_client_is_an_order_of_that_client(room: Backroom) -> None:
    await opened(room)
    order_id = await room.handed()
    copy = phone_order("copy", record_line("a-60010", "50", "17.90"), ours="K-000001", client="dnipro")
    room.ledger.enter(copy)
    assert (await room.pull(ORDERS)).problems is None
    assert (await room.order(order_id)).total == Money.of("1149.60")
    assert await room.books.read(lambda tx: tx.orders.client(uid("copy"))) == uid("Готель «Дніпро»")
