"""Paying by card: links that can be forwarded, attempts at the gateway, and what became of each."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.table import Table
from bot.domain.money import Money


class PayLink(Table):
    """A page where one order is paid; its token is all one needs to know, and it can be revoked."""

    __tablename__ = "pay_links"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    token: Mapped[str] = mapped_column(unique=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), unique=True)
    made_at: Mapped[datetime]
    lives_until: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class PayAttempt(Table):
    """One try at the gateway, under a reference of its own; `stirred_at` is when the gateway or the payer last came."""

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


class PaymentDocument(Table):
    """The payment's document in the book of record; `refunded` is what it was told of given back."""

    __tablename__ = "payment_documents"

    reference: Mapped[str] = mapped_column(ForeignKey("pay_attempts.reference", ondelete="CASCADE"), primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(default="")
    version: Mapped[str] = mapped_column(default="")
    posted: Mapped[bool] = mapped_column(default=False)
    handed_at: Mapped[datetime]
