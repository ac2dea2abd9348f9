"""Orders as agreed: theirs alone, in order, and unmoved by the catalogue."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from bot.db.books import Books
from bot.db.models import Article, Price
from bot.db.tx import Tx
from bot.domain.cart import CartLineView
from bot.domain.client import Buyer
from bot.domain.money import Money
from bot.domain.order import OrderView, State
from bot.domain.quantity import Packing, Unit
from tests.db.people import ANDRII, CREAM, DNIPRO, FLOUR, MILK, OLENA, RANOK
from tests.support.desk import MONDAY_MORNING
from tests.support.wholesaler import uid

TUESDAY = date(2026, 11, 24)


def line(article_id: UUID, sku: str, quantity: str, price: str, unit: Unit = Unit.BASE) -> CartLineView:
    packing = Packing("шт", Decimal(1), "ящ", Decimal(12))
    return CartLineView(
        article_id, sku, f"Назва {sku}", packing, unit, Decimal(quantity), Money.of(price), True, None, Decimal(20)
    )  # fmt: skip


MILK_LINE = line(MILK, "10661", "24", "47.90", Unit.PACK)
CREAM_LINE = line(CREAM, "11011", "1.5", "189.50")
FLOUR_LINE = line(FLOUR, "60010", "25", "18.40")


def delivery(**changes: object) -> dict[str, object]:
    return {
        "point_id": uid("Ранок на Подолі"), "delivery_name": "Ранок на Подолі", "delivery_address": "Київ, Поділ, 1",
        "delivery_date": TUESDAY, "note": "до 10", "total": Money.of("1149.60"),
    } | changes  # fmt: skip


def place(tx: Tx, buyer: Buyer = RANOK, *lines: CartLineView, at: datetime = MONDAY_MORNING, **changes: object) -> UUID:
    order_id = uuid4()
    values = {
        "id": order_id, "number": tx.orders.next_number(), "cart_id": uuid4(), "client_id": buyer.id,
        "placed_by": OLENA, "channel": "viber", "price_type_id": buyer.price_type_id, "placed_at": at,
    } | delivery(**changes)  # fmt: skip
    tx.orders.add(values, lines or (MILK_LINE,), State.PLACED)
    return order_id


async def placed(books: Books, *lines: CartLineView) -> UUID:
    return await books.write(lambda tx: place(tx, RANOK, *lines))


async def view(books: Books, order_id: UUID, buyer: Buyer = RANOK) -> OrderView:
    found = await books.read(lambda tx: tx.orders.view(order_id, buyer.id))
    assert found is not None
    return found


async def test_an_order_comes_back_as_it_was_agreed(stocked: Books) -> None:
    order = await view(stocked, await placed(stocked, MILK_LINE, CREAM_LINE))
    assert (order.number, order.client_id, order.state, order.revision) == ("K-000001", RANOK.id, State.PLACED, 1)
    assert (order.total, order.discount, order.placed_at) == (Money.of("1149.60"), Money(0), MONDAY_MORNING)
    assert (order.delivery_name, order.delivery_address) == ("Ранок на Подолі", "Київ, Поділ, 1")
    assert (order.delivery_date, order.note, order.channel) == (TUESDAY, "до 10", "viber")
    assert (order.point_id, order.placed_by) == (uid("Ранок на Подолі"), "Олена")
    assert order.history == ((State.PLACED, MONDAY_MORNING),)
    assert [(each.sku, each.quantity, each.unit, each.amount) for each in order.lines] == [
        ("10661", Decimal(24), Unit.PACK, Money.of("1149.60")),
        ("11011", Decimal("1.5"), Unit.BASE, Money.of("284.25")),
    ]


async def test_an_order_is_shown_to_its_client_alone(stocked: Books) -> None:
    order_id = await placed(stocked)
    assert await stocked.read(lambda tx: tx.orders.view(order_id, DNIPRO.id)) is None
    assert await stocked.read(lambda tx: tx.orders.view(uuid4(), RANOK.id)) is None
    assert await stocked.read(lambda tx: tx.orders.history(DNIPRO.id, start=0, size=8)) == []
    assert await stocked.read(lambda tx: tx.orders.last(DNIPRO.id)) is None
    assert await stocked.read(lambda tx: tx.orders.usual(DNIPRO.id, orders=10, size=8)) == []
    counts = await stocked.read(lambda tx: [tx.orders.count(who) for who in (RANOK.id, DNIPRO.id, None)])
    assert counts == [1, 0, 1]


async def test_an_order_does_not_follow_the_catalogue(stocked: Books) -> None:
    order_id = await placed(stocked)

    def move_on(tx: Tx) -> None:
        connection = tx.orders._connection
        connection.execute(update(Price).where(Price.article_id == MILK).values(price=Money(9999)))
        connection.execute(update(Article).where(Article.id == MILK).values(name="Інше", active=False))

    await stocked.write(move_on)
    (kept,) = (await view(stocked, order_id)).lines
    assert (kept.name, kept.price, kept.amount, kept.vat) == (
        "Назва 10661",
        Money.of("47.90"),
        Money.of("1149.60"),
        Decimal(20),
    )


async def test_an_order_outlives_its_article(stocked: Books) -> None:
    order_id = await placed(stocked)
    await stocked.write(lambda tx: tx.orders._connection.execute(delete(Article).where(Article.id == MILK)).close())
    (kept,) = (await view(stocked, order_id)).lines
    assert (kept.article_id, kept.sku, kept.packing) == (None, "10661", Packing("шт", Decimal(24)))


async def test_history_is_newest_first_by_pages(stocked: Books) -> None:
    def fill(tx: Tx) -> None:
        for day in range(5):
            place(tx, RANOK, MILK_LINE, *[CREAM_LINE] * day, at=MONDAY_MORNING + timedelta(days=day % 4))

    await stocked.write(fill)
    first = await stocked.read(lambda tx: tx.orders.history(RANOK.id, start=0, size=3))
    second = await stocked.read(lambda tx: tx.orders.history(RANOK.id, start=3, size=3))
    assert [(brief.number, brief.lines) for brief in first] == [("K-000004", 4), ("K-000003", 3), ("K-000002", 2)]
    assert [(brief.number, brief.lines) for brief in second] == [("K-000005", 5), ("K-000001", 1)]


async def test_the_last_order_is_the_newest_that_was_not_cancelled(stocked: Books) -> None:
    def fill(tx: Tx) -> tuple[UUID, UUID]:
        first = place(tx)
        second = place(tx, at=MONDAY_MORNING + timedelta(hours=1))
        tx.orders.set_state(second, State.PLACED, State.CANCELLED, MONDAY_MORNING, OLENA)
        return first, second

    first, _ = await stocked.write(fill)
    assert await stocked.read(lambda tx: tx.orders.last(RANOK.id)) == first


async def test_a_state_moves_once_and_leaves_its_trace(stocked: Books) -> None:
    order_id, later = await placed(stocked), MONDAY_MORNING + timedelta(hours=2)

    def accept(tx: Tx) -> bool:
        return tx.orders.set_state(order_id, State.PLACED, State.ACCEPTED, later, None)

    assert [await stocked.write(accept), await stocked.write(accept)] == [True, False]
    order = await view(stocked, order_id)
    assert order.state is State.ACCEPTED
    assert order.history == ((State.PLACED, MONDAY_MORNING), (State.ACCEPTED, later))


async def test_a_change_keeps_the_number_and_the_state_and_raises_the_revision(stocked: Books) -> None:
    order_id, later = await placed(stocked), MONDAY_MORNING + timedelta(hours=2)

    def change(tx: Tx) -> int | None:
        tx.orders.set_state(order_id, State.PLACED, State.ACCEPTED, later, None)
        new = delivery(total=Money.of("460.00"), note="")
        return tx.orders.amend(order_id, State.ACCEPTED, 1, (FLOUR_LINE,), new, later, ANDRII)

    assert await stocked.write(change) == 2
    order = await view(stocked, order_id)
    assert (order.number, order.revision, order.state) == ("K-000001", 2, State.ACCEPTED)
    assert (order.total, order.note, [each.sku for each in order.lines]) == (Money.of("460.00"), "", ["60010"])
    assert [state for state, _ in order.history] == [State.PLACED, State.ACCEPTED, State.ACCEPTED]


async def test_a_cancelled_order_takes_no_change(stocked: Books) -> None:
    order_id = await placed(stocked)

    def change(tx: Tx) -> int | None:
        tx.orders.set_state(order_id, State.PLACED, State.CANCELLED, MONDAY_MORNING, OLENA)
        return tx.orders.amend(order_id, State.PLACED, 1, (FLOUR_LINE,), delivery(), MONDAY_MORNING, ANDRII)

    assert await stocked.write(change) is None
    order = await view(stocked, order_id)
    assert (order.state, order.revision, [each.sku for each in order.lines]) == (State.CANCELLED, 1, ["10661"])


async def test_a_change_of_another_revision_than_was_seen_is_not_made(stocked: Books) -> None:
    order_id = await placed(stocked)
    await stocked.write(lambda tx: tx.orders.revise(order_id))

    def change(tx: Tx) -> int | None:
        return tx.orders.amend(order_id, State.PLACED, 1, (FLOUR_LINE,), delivery(), MONDAY_MORNING, ANDRII)

    assert await stocked.write(change) is None
    order = await view(stocked, order_id)
    assert (order.revision, [each.sku for each in order.lines]) == (2, ["10661"])


async def test_the_usual_is_what_most_of_the_last_orders_had(stocked: Books) -> None:
    def fill(tx: Tx) -> None:
        place(tx, RANOK, FLOUR_LINE, FLOUR_LINE)  # twice in one order is once
        place(tx, RANOK, FLOUR_LINE, CREAM_LINE, at=MONDAY_MORNING + timedelta(days=1))
        place(tx, RANOK, MILK_LINE, CREAM_LINE, at=MONDAY_MORNING + timedelta(days=2))
        place(tx, RANOK, MILK_LINE, CREAM_LINE, at=MONDAY_MORNING + timedelta(days=3))
        cancelled = place(tx, RANOK, FLOUR_LINE, at=MONDAY_MORNING + timedelta(days=4))
        tx.orders.set_state(cancelled, State.PLACED, State.CANCELLED, MONDAY_MORNING, OLENA)

    await stocked.write(fill)
    usual = await stocked.read(lambda tx: tx.orders.usual(RANOK.id, orders=10, size=8))
    assert usual == [(CREAM, 3), (MILK, 2), (FLOUR, 2)]
    assert await stocked.read(lambda tx: tx.orders.usual(RANOK.id, orders=2, size=1)) == [(MILK, 2)]


async def test_numbers_are_given_once_and_read_alike(stocked: Books) -> None:
    def many(tx: Tx) -> list[str]:
        return [tx.orders.next_number() for _ in range(3)]

    assert await stocked.write(many) == ["K-000001", "K-000002", "K-000003"]


async def test_a_cart_becomes_one_order_only(stocked: Books) -> None:
    cart_id = uuid4()
    await stocked.write(lambda tx: place(tx, cart_id=cart_id))
    with pytest.raises(IntegrityError):
        await stocked.write(lambda tx: place(tx, cart_id=cart_id))
