"""What moved between a client and us, as far as the books know: goods that left, and payments by transfer."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, func, select

from bot.db.models import BankLine, Order, OrderDocument, OrderState
from bot.domain.bank import BOOKED
from bot.domain.money import Money
from bot.domain.order import SENT


class Settlements:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def shipped(self, client_id: UUID, since: datetime) -> list[tuple[datetime, str, Money]]:
        """Orders that left since then: when first, the document's number there or ours, and the sum."""
        left = [state.value for state in SENT]
        at = func.min(OrderState.at)
        rows = self._connection.execute(
            select(at.label("at"), Order.number, OrderDocument.number.label("theirs"), Order.total)
            .join(OrderState, OrderState.order_id == Order.id)
            .outerjoin(OrderDocument, OrderDocument.order_id == Order.id)
            .where(Order.client_id == client_id, Order.state.in_(left), OrderState.state.in_(left))
            .group_by(Order.id, Order.number, OrderDocument.number, Order.total)
            .having(at >= since)
        )
        return [(row.at, row.theirs or row.number, row.total) for row in rows]

    def transfers(self, client_id: UUID, since: date) -> list[tuple[date, str, Money]]:
        """Payments by bank transfer that were booked for the client."""
        booked = [state.value for state in BOOKED]
        rows = self._connection.execute(
            select(BankLine.booked_on, BankLine.paper, BankLine.amount).where(
                BankLine.client_id == client_id, BankLine.state.in_(booked), BankLine.booked_on >= since,
                BankLine.currency == "UAH",
            )
        )  # fmt: skip
        return [(row.booked_on, row.paper, row.amount) for row in rows]
