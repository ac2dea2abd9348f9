"""What was owed on each day, all together and by client."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from bot.db.models import ClientDebtDay, DebtDay
from bot.domain.money import Money


@dataclass(frozen=True, slots=True)
class Then:
    """What was owed on an earlier day."""

    day: date
    total: Money
    overdue: Money


class DebtDays:
    """One row a day, and one for each client who owed something then."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, now: Then, at: datetime, as_of: datetime | None, clients: Mapping[UUID, tuple[Money, Money]]) -> None:
        """In place of what was noted for that day; sums of a client are all and overdue."""
        self._connection.execute(delete(ClientDebtDay).where(ClientDebtDay.day == now.day))
        self._connection.execute(delete(DebtDay).where(DebtDay.day == now.day))
        self._connection.execute(
            insert(DebtDay).values(day=now.day, taken_at=at, as_of=as_of, total=now.total, overdue=now.overdue)
        )
        rows = [
            {"day": now.day, "client_id": client_id, "total": sums[0], "overdue": sums[1]}
            for client_id, sums in clients.items()
        ]
        if rows:
            self._connection.execute(insert(ClientDebtDay), rows)

    def latest(self, until: date) -> Then | None:
        """Of the last day noted up to that one, the day itself included."""
        found = select(DebtDay.day, DebtDay.total, DebtDay.overdue).where(DebtDay.day <= until)
        row = self._connection.execute(found.order_by(DebtDay.day.desc()).limit(1)).first()
        return Then(*row) if row else None

    def of_client(self, client_id: UUID, day: date) -> tuple[Money, Money] | None:
        """All and overdue; None where the client owed nothing on that day."""
        found = select(ClientDebtDay.total, ClientDebtDay.overdue)
        row = self._connection.execute(
            found.where(ClientDebtDay.client_id == client_id, ClientDebtDay.day == day)
        ).first()
        return (row.total, row.overdue) if row else None

    def forget(self, before: date) -> int:
        """Clients of days before that one; the sums of all stay."""
        return self._connection.execute(delete(ClientDebtDay).where(ClientDebtDay.day < before)).rowcount
