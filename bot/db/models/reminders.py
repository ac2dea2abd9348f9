"""Reminders of debts: what was told at which level, what clients answered, and what finance decided."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.table import Table
from bot.domain.money import Money


class Reminder(Table):
    """One message to a client about its debts, at a level; `rest` is why it was not sent after all.

    `ways` and `worth` are the level's, as they stood when it was drawn up.
    """

    __tablename__ = "reminders"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), index=True)
    level: Mapped[str]
    ways: Mapped[str]
    worth: Mapped[Money]
    made_at: Mapped[datetime] = mapped_column(index=True)
    rest: Mapped[str] = mapped_column(default="")


class ReminderStep(Table):
    """A debt moved up to a level by a reminder, while it was due on `due`."""

    __tablename__ = "reminder_steps"

    reminder_id: Mapped[UUID] = mapped_column(ForeignKey("reminders.id", ondelete="CASCADE"), primary_key=True)
    document: Mapped[str] = mapped_column(primary_key=True)
    due: Mapped[date]
    level: Mapped[str]
    day: Mapped[int]


def _one_open(name: str, *columns: str) -> Index:
    """Only one that has not ended."""
    open_ = text("ended_at IS NULL")
    return Index(name, *columns, unique=True, postgresql_where=open_, sqlite_where=open_)


class Promise(Table):
    """Somebody will pay on a day: which documents, with what was owed by each. `latest`: it cannot be put off further.

    `ended` is kept, broken, replaced by another, or called off.
    """

    __tablename__ = "promises"
    __table_args__ = (_one_open("uq_promises_open", "client_id"), Index(None, "client_id", "ended"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    day: Mapped[date]
    latest: Mapped[date]
    debts: Mapped[dict[str, int]] = mapped_column(JSON)
    made_at: Mapped[datetime]
    ended: Mapped[str | None]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    ended_by: Mapped[str] = mapped_column(default="")


class PaidClaim(Table):
    """Somebody says that it is paid, on `day`, or sent a payment order; nobody is reminded until then."""

    __tablename__ = "paid_claims"
    __table_args__ = (_one_open("uq_paid_claims_open", "client_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    day: Mapped[date | None]
    words: Mapped[str] = mapped_column(default="")
    until: Mapped[date]
    channel: Mapped[str] = mapped_column(default="")
    file_kind: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(default="")
    file_ref: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(default="")


class Dispute(Table):
    """A question about a document, or a quarrel; nobody is reminded of the document until finance closes it."""

    __tablename__ = "disputes"
    __table_args__ = (_one_open("uq_disputes_open", "client_id", "document"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    document: Mapped[str]
    kind: Mapped[str]
    number: Mapped[str]
    dated: Mapped[date | None]
    words: Mapped[str]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(default="")


class ReminderExemption(Table):
    """Finance's word for a client: never, or `grace` days later; `until` is its last day."""

    __tablename__ = "reminder_exemptions"
    __table_args__ = (_one_open("uq_reminder_exemptions_open", "client_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    grace: Mapped[int | None]
    until: Mapped[date | None]
    reason: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    made_by_account: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(default="")


class LadderChange(Table):
    """A field of a level is otherwise than in the file, since `saved_at`; before that it is a draft. Who and when.

    `position` is the order in which changes were saved.
    """

    __tablename__ = "ladder_changes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    level: Mapped[str]
    field: Mapped[str]
    value: Mapped[str]
    by_name: Mapped[str]
    by_account: Mapped[str]
    made_at: Mapped[datetime]
    saved_at: Mapped[datetime | None]
    position: Mapped[int | None] = mapped_column(index=True)
