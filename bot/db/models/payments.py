"""Paying by card: links that can be forwarded, attempts at the gateway, and what became of each."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.table import Table
from bot.domain.money import Money


class PayLink(Table):
    """A page where something is paid; its token is all one needs to know, and it can be revoked.

    `key` says what for: whoever asks for the same once more gets the link that is there.
    """

    __tablename__ = "pay_links"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    token: Mapped[str] = mapped_column(unique=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(index=True)
    made_at: Mapped[datetime]
    lives_until: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class PayTarget(Table):
    """One of the things a link is for; what a document is called is kept, because it is gone once it is paid."""

    __tablename__ = "pay_targets"

    link_id: Mapped[UUID] = mapped_column(ForeignKey("pay_links.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), index=True)
    document: Mapped[str | None] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    dated: Mapped[date | None]
    asked: Mapped[Money | None]


class PayAttempt(Table):
    """One try at the gateway, under a reference of its own; `stirred_at` is when the gateway or the payer last came.

    `held_since`: the sum is held and not taken; `withdrawn_at`: there was nothing left to pay for.
    """

    __tablename__ = "pay_attempts"

    reference: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    link_id: Mapped[UUID] = mapped_column(ForeignKey("pay_links.id", ondelete="CASCADE"), index=True)
    amount: Mapped[Money]
    made_at: Mapped[datetime] = mapped_column(index=True)
    lives_until: Mapped[datetime]
    language: Mapped[str]
    stirred_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    settled: Mapped[bool] = mapped_column(default=False)
    held_since: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class PaymentEvent(Table):
    """What the gateway said of an attempt when it was asked, each new word once, oldest first."""

    __tablename__ = "payment_events"

    reference: Mapped[str] = mapped_column(ForeignKey("pay_attempts.reference", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    outcome: Mapped[str]
    amount: Mapped[Money]
    refunded: Mapped[Money]
    card: Mapped[str]
    bank: Mapped[str]
    code: Mapped[str]
    processed_at: Mapped[datetime | None]


class PaymentPart(Table):
    """What of the money that came in went to what; `seen_at`: what 1C says of debts has it since then."""

    __tablename__ = "payment_parts"

    reference: Mapped[str] = mapped_column(ForeignKey("pay_attempts.reference", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), index=True)
    document: Mapped[str | None]
    amount: Mapped[Money]
    seen_at: Mapped[datetime | None]


class PaymentDocument(Table):
    """The payment's document in the book of record; `posted_at` is when it was first found posted."""

    __tablename__ = "payment_documents"

    reference: Mapped[str] = mapped_column(ForeignKey("pay_attempts.reference", ondelete="CASCADE"), primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(default="")
    version: Mapped[str] = mapped_column(default="")
    posted: Mapped[bool] = mapped_column(default=False)
    handed_at: Mapped[datetime]
    posted_at: Mapped[datetime | None]


class MoneyMove(Table):
    """What somebody of the staff had the gateway do: who, what, when and why; one at a time for an attempt."""

    __tablename__ = "money_moves"
    __table_args__ = (
        Index(
            "uq_money_moves_open",
            "reference",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    reference: Mapped[str] = mapped_column(ForeignKey("pay_attempts.reference", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[str]
    amount: Mapped[Money]
    before: Mapped[Money]
    reason: Mapped[str]
    comment: Mapped[str]
    by_name: Mapped[str]
    by_account: Mapped[str]
    asked_at: Mapped[datetime]
    called_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended: Mapped[str | None]


class StrangeMoney(Table):
    """Money that the gateway has and the books do not know; told of once."""

    __tablename__ = "strange_money"

    reference: Mapped[str] = mapped_column(primary_key=True)
    outcome: Mapped[str]
    amount: Mapped[Money]
    at: Mapped[datetime | None]
    found_at: Mapped[datetime] = mapped_column(index=True)


class ChosenDebt(Table):
    """A debt that somebody is about to pay, among others."""

    __tablename__ = "chosen_debts"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True)
    document: Mapped[str] = mapped_column(primary_key=True)
