"""Orders as far as paying for them needs to know, many in one look."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, func, select

from bot.db.models import Order, OrderState
from bot.domain.money import Money
from bot.domain.order import SENT, State


@dataclass(frozen=True, slots=True)
class PayableRow:
    """Is a `bot.domain.order.Payable`."""

    id: UUID
    client_id: UUID
    state: State
    total: Money
    shipped_at: datetime | None


class PayableOrders:
    """What an order costs now, and whether it was shipped."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, order_ids: Collection[UUID]) -> dict[UUID, PayableRow]:
        shipped = (
            select(func.min(OrderState.at))
            .where(OrderState.order_id == Order.id, OrderState.state.in_([state.value for state in SENT]))
            .scalar_subquery()
        )
        rows = self._connection.execute(
            select(Order.id, Order.client_id, Order.state, Order.total, shipped.label("shipped_at")).where(
                Order.id.in_(list(order_ids))
            )
        )
        return {row.id: PayableRow(row.id, row.client_id, State(row.state), row.total, row.shipped_at) for row in rows}
