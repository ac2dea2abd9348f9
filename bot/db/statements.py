"""What the books know of a client's orders and payments in a time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select

from bot.db.models import BankDocument, BankLine, BankPart, Client, Order, PayAttempt, PayLink, PaymentEvent
from bot.domain.money import Money
from bot.domain.order import State
from bot.domain.paying import TAKEN


@dataclass(frozen=True, slots=True)
class OrderedRow:
    """An order as a statement names it."""

    number: str
    placed_at: datetime
    total: Money


class Statements:
    """Reads for one client alone."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def orders(self, client_id: UUID, since: datetime, limit: int) -> list[OrderedRow]:
        """Oldest first, of those that stand; of more than `limit` the newest."""
        rows = self._connection.execute(
            select(Order.number, Order.placed_at, Order.total)
            .where(Order.client_id == client_id, Order.placed_at >= since, Order.state != State.CANCELLED.value)
            .order_by(Order.placed_at.desc(), Order.number.desc())
            .limit(limit)
        )
        return [OrderedRow(*row) for row in reversed(rows.all())]

    def unshipped(self, client_id: UUID) -> list[tuple[UUID, Money]]:
        """Orders that stand and have not left, with their sums, oldest first."""
        waiting = (State.PLACED.value, State.ACCEPTED.value)
        rows = self._connection.execute(
            select(Order.id, Order.total)
            .where(Order.client_id == client_id, Order.state.in_(waiting))
            .order_by(Order.placed_at, Order.number)
        )
        return [(row.id, row.total) for row in rows]

    def paid(self, client_id: UUID, since: datetime) -> list[tuple[str, UUID]]:
        """Attempts of which the gateway said since then that money had come in or gone back, with their links."""
        rows = self._connection.execute(
            select(PayAttempt.reference, PayAttempt.link_id)
            .join(PayLink, PayLink.id == PayAttempt.link_id)
            .join(PaymentEvent, PaymentEvent.reference == PayAttempt.reference)
            .where(
                PayLink.client_id == client_id,
                PaymentEvent.at >= since,
                PaymentEvent.outcome.in_([one.value for one in TAKEN]),
            )
            .distinct()
            .order_by(PayAttempt.reference)
        )
        return [(row.reference, row.link_id) for row in rows]

    def client_there(self, client_id: UUID) -> str:
        """The client's id in the book of record; empty where it has none."""
        found = select(Client.external_id).where(Client.id == client_id)
        return self._connection.execute(found).scalar() or ""

    def transfers_unseen(self, client_id: UUID) -> list[tuple[str | None, Money]]:
        """Parts of transfers that 1C's debts do not know of yet, with their documents there."""
        rows = self._connection.execute(
            select(BankDocument.ref, BankPart.amount)
            .select_from(BankPart)
            .join(BankLine, BankLine.number == BankPart.number)
            .outerjoin(BankDocument, BankDocument.number == BankLine.number)
            .where(BankLine.client_id == client_id, BankPart.seen_at.is_(None))
        )
        return [(row.ref, row.amount) for row in rows]
