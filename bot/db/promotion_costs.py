"""What promotions have cost, order by order, for the report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select

from bot.db.models import CardDiscount, Order, OrderDiscount
from bot.domain.money import Money
from bot.domain.promotion import Applies

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Spent:
    """What one promotion took off one order, when; `goods` are the order's at full prices."""

    at: datetime
    order_id: UUID
    code: str
    applies: Applies
    goods: Money
    amount: Money


class PromotionCosts:
    """Reads of what was taken off and not given back."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def spent(self) -> Iterator[Spent]:
        """Of orders at the moment they were placed, of payments at the moment they came in."""
        ordered = self._connection.execute(
            select(
                Order.placed_at,
                Order.id,
                OrderDiscount.code,
                OrderDiscount.applies,
                Order.total,
                Order.discount,
                OrderDiscount.amount,
            )
            .join(Order, Order.id == OrderDiscount.order_id)
            .where(OrderDiscount.given_back_at.is_(None))
            .execution_options(yield_per=_AT_ONCE)
        )
        for row in ordered:
            goods = row.total + row.discount
            yield Spent(row.placed_at, row.id, row.code, Applies(row.applies), goods, row.amount)
        paid = self._connection.execute(
            select(CardDiscount.paid_at, Order.id, CardDiscount.code, Order.total, Order.discount, CardDiscount.held)
            .join(Order, Order.id == CardDiscount.order_id)
            .where(CardDiscount.paid_at.is_not(None))
            .execution_options(yield_per=_AT_ONCE)
        )
        for at, order_id, code, total, discount, held in paid:
            assert at is not None
            yield Spent(at, order_id, code, Applies.ONLINE_PAYMENT, total + discount, held)
