"""An earlier order to be taken once more: what it had, as things are called and counted by now."""

from decimal import ROUND_CEILING, Decimal
from uuid import UUID

from bot.db.tx import Tx
from bot.domain.client import Buyer
from bot.domain.order import RepeatLine, RepeatView
from bot.domain.quantity import checked
from bot.services.orders import compared, require_order


def repeatable_in(tx: Tx, buyer: Buyer, order_id: UUID | None, language: str) -> RepeatView | None:
    order_id = order_id or tx.orders.last(buyer.id)
    if order_id is None:
        return None
    order = require_order(tx, order_id, buyer)
    cart_id = tx.carts.current(buyer.id)
    return RepeatView(
        order.id,
        order.number,
        order.placed_at,
        tuple(compared(tx, order, buyer, language)),
        tx.carts.count(cart_id) if cart_id else 0,
        tx.carts.version(cart_id) if cart_id else 0,
    )


def aligned(line: RepeatLine, present: Decimal = Decimal(0)) -> Decimal:
    """The old quantity beside what is there, rounded up where the article's multiple has changed since."""
    steps = ((present + line.quantity) / line.packing.multiple).to_integral_value(ROUND_CEILING)
    return checked(steps * line.packing.multiple, line.packing)
