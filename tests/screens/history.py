"""The past orders of the regular client, as handlers/preview/orders.py wants them."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select

from bot.db.models import Article, Counter, Order, OrderLine, OrderState, Price
from bot.db.tx import Tx
from bot.domain.money import Money, total
from bot.domain.order import State
from bot.domain.quantity import Unit
from handlers.preview import Cast
from handlers.preview.orders import ACCEPTED, CANCELLED, GONE, LONG, MOVED, PLACED, SHIPPED
from tests.screens.sample import address, place
from tests.support.desk import MONDAY_MORNING
from tests.support.wholesaler import uid

ORDERS = 12
LONG_ORDER = 40
STATES = {PLACED: State.PLACED, ACCEPTED: State.ACCEPTED, SHIPPED: State.SHIPPED, CANCELLED: State.CANCELLED}
MOVED_BY = (Decimal(1), Decimal("0.9"), Decimal("1.125"))
"""The old price to today's, article by article."""


def past_orders(tx: Tx, cast: Cast, skus: Sequence[str]) -> None:
    """Numbered from the oldest; `skus` are on sale at a price."""
    lines = {nth: [_line(tx, sku) for sku in skus[nth : nth + 3]] for nth in range(ORDERS)}
    withdrawn = _line(tx, cast.withdrawn) | {"article_id": None}
    moved = [_line(tx, sku, by) for sku, by in zip(skus, MOVED_BY, strict=False)]
    lines[MOVED] = [*moved, _line(tx, cast.absent), withdrawn]
    lines[GONE] = [withdrawn]
    lines[LONG] = [_line(tx, sku) for sku in skus[:LONG_ORDER]]
    for number, nth in enumerate(reversed(range(ORDERS)), 1):
        _order(tx, cast.regular, nth, f"K-{number:06d}", lines[nth])
    tx._connection.execute(insert(Counter).values(series="orders", value=ORDERS))


def _order(tx: Tx, phone: str, nth: int, number: str, lines: list[dict[str, Any]]) -> None:
    placed_at = MONDAY_MORNING - timedelta(days=nth, hours=1)
    id, state = uid(number), STATES.get(nth, State.CLOSED).value
    tx._connection.execute(
        insert(Order).values(
            id=id, number=number, cart_id=uid(f"cart of {number}"), client_id=uid(phone), channel="telegram",
            state=state, placed_by=uid(f"person {phone}"), point_id=uid(f"{phone}, point 1"),
            delivery_name=place(1), delivery_address=address(1),
            delivery_date=placed_at.date() + timedelta(days=8 if nth in (PLACED, ACCEPTED) else 1), note="",
            discount=Money(0), total=total([line["amount"] for line in lines]), placed_at=placed_at,
        )
    )  # fmt: skip
    tx._connection.execute(
        insert(OrderLine), [line | {"order_id": id, "position": position} for position, line in enumerate(lines, 1)]
    )
    tx._connection.execute(insert(OrderState).values(order_id=id, position=1, state=state, at=placed_at, note=""))


def _line(tx: Tx, sku: str, moved_by: Decimal = Decimal(1)) -> dict[str, Any]:
    """Twelve packs, or as many steps, at today's price times `moved_by`."""
    row = tx._connection.execute(
        select(Article.id, Article.name, Article.base_unit, Article.pack_size, Article.multiple, Price.price)
        .join(Price, Price.article_id == Article.id)
        .where(Article.sku == sku)
    ).one()
    price = Money.of(row.price.amount * moved_by)
    quantity = 12 * (row.pack_size or row.multiple)
    return {
        "article_id": row.id, "sku": sku, "name": row.name, "base_unit": row.base_unit, "quantity": quantity,
        "unit": (Unit.PACK if row.pack_size else Unit.BASE).value, "price": price, "discount": Money(0),
        "amount": price.times(quantity), "vat": Decimal(20),
    }  # fmt: skip
