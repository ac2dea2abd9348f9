"""Bank statements: each line once, what it was decided to be, what it went to, and its document in 1C."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.table import Table
from bot.domain.money import Money


class BankLine(Table):
    """A line of a statement. `number` is what people call it by; `paper` is the payment order's own.

    `currency` says of what `amount` is: foreign money is never added up. `booking` grows with every booking.
    """

    __tablename__ = "bank_lines"
    __table_args__ = (
        Index(
            "uq_bank_lines_bank_id",
            "our_account",
            "bank_id",
            unique=True,
            postgresql_where=text("bank_id <> ''"),
            sqlite_where=text("bank_id <> ''"),
        ),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    fingerprint: Mapped[str] = mapped_column(index=True)
    bank_id: Mapped[str]
    our_account: Mapped[str]
    booked_on: Mapped[date]
    amount: Mapped[Money]
    currency: Mapped[str]
    payer: Mapped[str]
    payer_code: Mapped[str]
    payer_account: Mapped[str]
    purpose: Mapped[str]
    paper: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    apart: Mapped[str] = mapped_column(default="")
    client_id: Mapped[UUID | None] = mapped_column(ForeignKey("clients.id", ondelete="SET NULL"), index=True)
    booking: Mapped[int] = mapped_column(default=0)
    taken_at: Mapped[datetime]


class BankDecision(Table):
    """What somebody, or the matching itself where `by_account` is empty, made of a line; oldest first."""

    __tablename__ = "bank_decisions"

    number: Mapped[int] = mapped_column(ForeignKey("bank_lines.number", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    state: Mapped[str]
    by_name: Mapped[str]
    by_account: Mapped[str]
    client_id: Mapped[UUID | None] = mapped_column(ForeignKey("clients.id", ondelete="SET NULL"))
    detail: Mapped[str]


class BankPart(Table):
    """What of a booked line went to what, and what that was called; `seen_at`: 1C's debts have it since then."""

    __tablename__ = "bank_parts"

    number: Mapped[int] = mapped_column(ForeignKey("bank_lines.number", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), index=True)
    document: Mapped[str | None]
    kind: Mapped[str]
    called: Mapped[str]
    dated: Mapped[date | None]
    amount: Mapped[Money]
    seen_at: Mapped[datetime | None]


class BankDocument(Table):
    """A line's document in 1C; `theirs`: 1C had loaded it itself. `posted_at` is when it was first found posted."""

    __tablename__ = "bank_documents"

    number: Mapped[int] = mapped_column(ForeignKey("bank_lines.number", ondelete="CASCADE"), primary_key=True)
    ref: Mapped[str] = mapped_column(index=True)
    called: Mapped[str]
    version: Mapped[str]
    theirs: Mapped[bool] = mapped_column(default=False)
    handed_at: Mapped[datetime]
    posted_at: Mapped[datetime | None]


class BankReturn(Table):
    """A part of a line that is to go back to the payer: one open at a time. Who asked, and who said that it is done."""

    __tablename__ = "bank_returns"

    number: Mapped[int] = mapped_column(ForeignKey("bank_lines.number", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[Money]
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    asked_by_account: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(default="")
    ended_by_account: Mapped[str] = mapped_column(default="")


class BankRule(Table):
    """A payer whose money somebody put to a client."""

    __tablename__ = "bank_rules"

    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True)
    learned_at: Mapped[datetime]
    learned_by: Mapped[str]
