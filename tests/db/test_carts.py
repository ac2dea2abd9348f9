"""Carts: one open cart a client, another's order in change beside it, and today's prices in both."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from bot.db.books import Books
from bot.db.carts import LINES
from bot.db.models import Article, Cart, DeliveryPoint, Price
from bot.db.tx import Tx
from bot.domain.cart import PointView
from bot.domain.client import Buyer
from bot.domain.errors import Outdated, Refused
from bot.domain.money import Money
from bot.domain.order import State
from bot.domain.quantity import Unit
from tests.db.people import BURRATA, CREAM, DNIPRO, MILK, OLENA, RANOK, RICE
from tests.support.desk import MONDAY_MORNING
from tests.support.wholesaler import uid

NOBODY = uuid4()


def put(tx: Tx, buyer: Buyer, article_id: UUID, quantity: str, unit: Unit = Unit.BASE) -> UUID:
    cart_id = tx.carts.require_current(buyer.id, MONDAY_MORNING)
    present = tx.carts.quantity(cart_id, article_id)
    tx.carts.set_line(cart_id, article_id, Decimal(quantity), unit, MONDAY_MORNING, present=present)
    return cart_id


def lines(tx: Tx, cart_id: UUID, buyer: Buyer) -> dict[str, str]:
    cart = tx.carts.view(cart_id, buyer, "uk", Money(0))
    return {line.sku: f"{line.quantity} {line.unit}" for line in cart.lines}


def order_from(tx: Tx, cart_id: UUID, buyer: Buyer, number: str = "K-000001") -> UUID:
    order_id, cart = uuid4(), tx.carts.view(cart_id, buyer, "uk", Money(0))
    tx.carts.close(cart_id, cart.version)
    values = {
        "id": order_id, "number": number, "cart_id": cart_id, "client_id": buyer.id, "placed_by": OLENA,
        "channel": "viber", "price_type_id": buyer.price_type_id, "placed_at": MONDAY_MORNING, "point_id": None,
        "delivery_name": "Ранок", "delivery_address": "Київ", "delivery_date": date(2026, 11, 24), "note": "",
        "total": cart.total,
    }  # fmt: skip
    tx.orders.add(values, cart.orderable, State.PLACED)
    return order_id


async def test_a_client_without_a_cart_has_none_until_it_is_required(stocked: Books) -> None:
    assert await stocked.read(lambda tx: tx.carts.current(RANOK.id)) is None
    opened = await stocked.write(lambda tx: tx.carts.require_current(RANOK.id, MONDAY_MORNING))
    assert await stocked.write(lambda tx: tx.carts.require_current(RANOK.id, MONDAY_MORNING)) == opened
    assert await stocked.read(lambda tx: (tx.carts.current(RANOK.id), tx.carts.current(DNIPRO.id))) == (opened, None)


async def test_a_cart_belongs_to_the_client_who_opened_it(stocked: Books) -> None:
    cart_id = await stocked.write(put, RANOK, MILK, "1")
    assert await stocked.read(lambda tx: (tx.carts.owner(cart_id), tx.carts.owner(NOBODY))) == (RANOK.id, None)


async def test_two_clients_carts_are_apart(stocked: Books) -> None:
    ranok = await stocked.write(put, RANOK, MILK, "1")
    dnipro = await stocked.write(put, DNIPRO, CREAM, "2", Unit.PACK)
    assert await stocked.read(lines, ranok, RANOK) == {"10661": "1 b"}
    assert await stocked.read(lines, dnipro, DNIPRO) == {"11011": "2 p"}


async def test_a_line_is_set_changed_and_taken_out(stocked: Books) -> None:
    cart_id = await stocked.write(put, RANOK, MILK, "0.125")
    assert await stocked.read(lines, cart_id, RANOK) == {"10661": "0.125 b"}
    await stocked.write(put, RANOK, MILK, "24", Unit.PACK)
    assert await stocked.read(lines, cart_id, RANOK) == {"10661": "24 p"}
    await stocked.write(put, RANOK, MILK, "0")
    assert await stocked.read(lambda tx: (tx.carts.count(cart_id), tx.carts.quantity(cart_id, MILK))) == (0, Decimal(0))


async def test_every_change_makes_a_new_version(stocked: Books) -> None:
    cart_id = await stocked.write(put, RANOK, MILK, "1")
    await stocked.write(put, RANOK, MILK, "2")
    assert await stocked.read(lambda tx: tx.carts.version(cart_id)) == 2


async def test_a_cart_holds_no_more_lines_than_a_person_can_read(stocked: Books) -> None:
    def fill(tx: Tx) -> UUID:
        tx.carts._connection.execute(
            insert(Article),
            [
                {"id": uid(f"extra {n}"), "sku": f"x{n}", "name": f"x{n}", "base_unit": "шт", "multiple": Decimal(1),
                 "active": True}
                for n in range(LINES)
            ],
        )  # fmt: skip
        return [put(tx, RANOK, uid(f"extra {n}"), "1") for n in range(LINES)][-1]

    cart_id = await stocked.write(fill)
    with pytest.raises(Refused, match="too_many_lines"):
        await stocked.write(put, RANOK, MILK, "1")
    await stocked.write(put, RANOK, uid("extra 7"), "5")
    assert await stocked.read(lambda tx: tx.carts.count(cart_id)) == LINES


async def test_the_cart_shows_the_clients_own_price_assortment_and_language(stocked: Books) -> None:
    def fill(tx: Tx) -> None:
        for buyer in (RANOK, DNIPRO):
            put(tx, buyer, MILK, "1")
            put(tx, buyer, RICE, "1")

    await stocked.write(fill)

    def seen(tx: Tx, buyer: Buyer, language: str) -> list[tuple[str, Money | None, bool]]:
        cart = tx.carts.view(tx.carts.require_current(buyer.id, MONDAY_MORNING), buyer, language, Money(0))
        return [(line.name, line.price, line.available) for line in cart.lines]

    assert await stocked.write(seen, RANOK, "ru") == [
        ("Мука рисовая 1 кг", Money(7400), True),
        ("Молоко 2,6% 1 л", Money(4790), True),
    ]
    assert await stocked.write(seen, DNIPRO, "en") == [
        ("Борошно рисове 1 кг", None, False),
        ("Молоко 2,6% 1 л «Молочна Криниця»", Money(4595), True),
    ]


async def test_a_price_is_todays_and_what_is_sold_no_more_is_not_available(stocked: Books) -> None:
    def change(tx: Tx) -> UUID:
        put(tx, RANOK, MILK, "2")
        tx.carts._connection.execute(update(Price).where(Price.article_id == MILK).values(price=Money(5000)))
        tx.carts._connection.execute(update(Article).where(Article.id == BURRATA).values(active=False))
        return put(tx, RANOK, BURRATA, "1")

    cart_id = await stocked.write(change)
    cart = await stocked.read(lambda tx: tx.carts.view(cart_id, RANOK, "uk", Money(0)))
    assert {line.sku: (line.amount, line.available, line.stock) for line in cart.lines} == {
        "10661": (Money(10000), True, Decimal(100)),
        "15662": (Money(0), False, Decimal(0)),
    }


async def test_where_when_and_the_note_are_set_apart(stocked: Books) -> None:
    def set_all(tx: Tx) -> UUID:
        cart_id = put(tx, RANOK, MILK, "1")
        tx.carts.set_delivery(cart_id, point_id=uid("Ранок на Подолі"))
        tx.carts.set_delivery(cart_id, day=date(2026, 11, 24))
        tx.carts.set_delivery(cart_id, note="до 10")
        return cart_id

    cart_id = await stocked.write(set_all)
    cart = await stocked.read(lambda tx: tx.carts.view(cart_id, RANOK, "uk", Money(0)))
    address = "Київ, вул. Ранок на Подолі, 1"
    assert cart.point == PointView(uid("Ранок на Подолі"), "Ранок на Подолі", address)
    assert (cart.delivery_date, cart.note) == (date(2026, 11, 24), "до 10")

    await stocked.write(lambda tx: tx.carts.set_delivery(cart_id, note=""))
    cart = await stocked.read(lambda tx: tx.carts.view(cart_id, RANOK, "uk", Money(0)))
    assert (cart.note, cart.delivery_date) == ("", date(2026, 11, 24))


async def test_a_place_given_up_is_chosen_anew_never_replaced_in_silence(stocked: Books) -> None:
    def choose(tx: Tx) -> UUID:
        cart_id = put(tx, RANOK, MILK, "1")
        tx.carts.set_delivery(cart_id, point_id=uid("Ранок на Подолі"))
        return cart_id

    def give_up(tx: Tx, place: str) -> None:
        closed = update(DeliveryPoint).where(DeliveryPoint.id == uid(place)).values(active=False)
        tx.carts._connection.execute(closed)

    async def place() -> str | None:
        cart = await stocked.read(lambda tx: tx.carts.view(cart_id, RANOK, "uk", Money(0)))
        return cart.point.name if cart.point else None

    cart_id = await stocked.write(choose)
    assert await place() == "Ранок на Подолі"
    await stocked.write(give_up, "Ранок на Подолі")
    assert await place() is None


async def test_a_client_with_one_place_is_not_asked(stocked: Books) -> None:
    def fill(tx: Tx) -> UUID:
        closed = update(DeliveryPoint).where(DeliveryPoint.id == uid("Ранок на Подолі")).values(active=False)
        tx.carts._connection.execute(closed)
        return put(tx, RANOK, MILK, "1")

    cart_id = await stocked.write(fill)
    cart = await stocked.read(lambda tx: tx.carts.view(cart_id, RANOK, "uk", Money(0)))
    assert cart.point is not None
    assert cart.point.name == "Ранок на Печерську"


async def test_a_cart_is_closed_once_and_only_at_the_version_seen(stocked: Books) -> None:
    cart_id = await stocked.write(put, RANOK, MILK, "1")
    with pytest.raises(Outdated):
        await stocked.write(lambda tx: tx.carts.close(cart_id, 0))
    await stocked.write(lambda tx: tx.carts.close(cart_id, 1))
    with pytest.raises(Outdated):
        await stocked.write(lambda tx: tx.carts.close(cart_id, 1))
    assert await stocked.read(lambda tx: tx.carts.current(RANOK.id)) is None


async def test_a_closed_cart_knows_its_order(stocked: Books) -> None:
    cart_id = await stocked.write(put, RANOK, MILK, "1")
    assert await stocked.read(lambda tx: tx.carts.order_of(cart_id)) is None
    order_id = await stocked.write(order_from, cart_id, RANOK)
    assert await stocked.read(lambda tx: (tx.carts.order_of(cart_id), tx.carts.order_of(NOBODY))) == (order_id, None)


async def test_a_changing_cart_is_in_hand_before_the_open_one(stocked: Books) -> None:
    def begin(tx: Tx) -> tuple[UUID, UUID, UUID | None]:
        order_id = order_from(tx, put(tx, RANOK, MILK, "1"), RANOK)
        opened = put(tx, RANOK, CREAM, "1")
        changing = tx.carts.amend(RANOK.id, order_id, MONDAY_MORNING, note="до 10")
        assert tx.carts.amending(order_id) == tx.carts.current(RANOK.id) == changing
        return order_id, opened, changing

    order_id, opened, changing = await stocked.write(begin)
    assert changing is not None
    cart = await stocked.read(lambda tx: tx.carts.view(changing, RANOK, "uk", Money(0)))
    assert (cart.amends, cart.amends_id, cart.note) == ("K-000001", order_id, "до 10")
    await stocked.write(lambda tx: tx.carts.drop(changing))
    assert await stocked.read(lambda tx: (tx.carts.current(RANOK.id), tx.carts.amending(order_id))) == (opened, None)


async def test_of_two_orders_the_first_one_begun_is_being_changed(stocked: Books) -> None:
    def begin(tx: Tx) -> tuple[UUID | None, UUID | None]:
        first = order_from(tx, put(tx, RANOK, MILK, "1"), RANOK, "K-000001")
        second = order_from(tx, put(tx, RANOK, MILK, "1"), RANOK, "K-000002")
        tx.carts.amend(RANOK.id, first, MONDAY_MORNING, note="")
        tx.carts.amend(RANOK.id, second, MONDAY_MORNING, note="")
        return tx.carts.amending(first), tx.carts.amending(second)

    first, second = await stocked.write(begin)
    assert (first, second) == (await stocked.read(lambda tx: tx.carts.current(RANOK.id)), None)


async def test_a_cancelled_order_drops_the_cart_that_changes_it(stocked: Books) -> None:
    def begin(tx: Tx) -> UUID:
        order_id = order_from(tx, put(tx, RANOK, MILK, "1"), RANOK)
        tx.carts.amend(RANOK.id, order_id, MONDAY_MORNING, note="")
        tx.carts.drop_amending(order_id)
        return order_id

    order_id = await stocked.write(begin)
    assert await stocked.read(lambda tx: (tx.carts.current(RANOK.id), tx.carts.amending(order_id))) == (None, None)


async def test_a_carts_lines_are_taken_out_together(stocked: Books) -> None:
    def fill_and_clear(tx: Tx) -> tuple[int, int]:
        put(tx, RANOK, MILK, "1")
        cart_id = put(tx, RANOK, CREAM, "1")
        before = tx.carts.count(cart_id)
        tx.carts.clear(cart_id)
        return before, tx.carts.count(cart_id)

    assert await stocked.write(fill_and_clear) == (2, 0)


async def test_a_dropped_cart_takes_no_more_changes(stocked: Books) -> None:
    def drop(tx: Tx) -> tuple[UUID, UUID]:
        first = put(tx, RANOK, MILK, "1")
        tx.carts.drop(first)
        return first, put(tx, RANOK, MILK, "1")

    first, second = await stocked.write(drop)
    assert first != second
    assert await stocked.read(lines, second, RANOK) == {"10661": "1 b"}


async def test_there_is_never_a_second_open_cart(stocked: Books) -> None:
    def open_another(tx: Tx) -> None:
        put(tx, RANOK, MILK, "1")
        tx.carts._connection.execute(
            insert(Cart).values(id=uuid4(), client_id=RANOK.id, status="open", updated_at=MONDAY_MORNING)
        )

    with pytest.raises(IntegrityError):
        await stocked.write(open_another)
