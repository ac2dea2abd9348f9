"""An order of ours as the office changed it: what of our discounts its document still holds."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from bot.db.tx import Tx
from bot.domain.money import ZERO, Money, total
from bot.domain.order import OrderLineView
from bot.domain.promotion import spread


def carried_over(tx: Tx, order_id: UUID, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The document's rows with their discounts; a promotion that lost some of its own is freed of as much.

    An order without a discount of ours is taken as it stands there.
    """
    order = tx.orders.view(order_id, tx.orders.client(order_id))
    if order is None or not order.discount:
        return list(rows)
    ours = {line.article_id: line for line in order.lines}
    taken = [row | _still(ours.pop(row["article_id"], None), row) for row in rows]
    kept = tx.discounts.kept(order_id)
    amounts = [off.amount.kopiykas for off in kept]
    left = total([row["discount"] - row["card_discount"] for row in taken]).kopiykas
    parts = spread(min(left, sum(amounts)), [Decimal(amount) for amount in amounts], amounts)
    for off, part in zip(kept, parts, strict=True):
        if part != off.amount.kopiykas:
            tx.discounts.change(order_id, off.code, Money(part), whole=False)
            tx.discounts.spend(off.code, Money(part) - off.amount)
    return taken


def _still(our: OrderLineView | None, row: dict[str, Any]) -> dict[str, Any]:
    """The discount of a row: ours where nothing moved, else what its own sum says.

    Where the document has no field for a discount, it was sent at the price that is left, and may have been counted
    anew at that price.
    """
    price: Money = row["price"]
    quantity, amount = row["quantity"], row["amount"]
    if our is not None and (our.quantity, our.amount) == (quantity, amount):
        return {"price": our.price, "discount": our.discount, "card_discount": our.card_discount}
    if our is not None and our.discount and price == _left_price(our) != our.price:
        part = quantity / our.quantity
        return {
            "price": our.price,
            "discount": max(our.price.times(quantity) - amount, ZERO),
            "card_discount": our.card_discount.times(part),
        }
    discount = max(price.times(quantity) - amount, ZERO)
    return {"discount": discount, "card_discount": min(our.card_discount if our is not None else ZERO, discount)}


def _left_price(line: OrderLineView) -> Money:
    return Money.of(line.amount.amount / line.quantity)
