"""What was owed on each day: what a change of debts is measured against."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.table import Table
from bot.domain.money import Money


class DebtDay(Table):
    """All clients together, on the morning of a day in Kyiv; `as_of` is when the debts were taken in whole last."""

    __tablename__ = "debt_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    taken_at: Mapped[datetime]
    as_of: Mapped[datetime | None]
    total: Mapped[Money]
    overdue: Mapped[Money]


class ClientDebtDay(Table):
    """One client who owed something on that day."""

    __tablename__ = "client_debt_days"

    day: Mapped[date] = mapped_column(ForeignKey("debt_days.day", ondelete="CASCADE"), primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True, index=True)
    total: Mapped[Money]
    overdue: Mapped[Money]
