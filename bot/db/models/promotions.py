"""Promotions: what was taken off which order, what was granted, and what each promotion has cost so far."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.table import Table
from bot.domain.money import Money


class PromotionCost(Table):
    """What a promotion has cost so far; never beyond its budget, however many confirm at once."""

    __tablename__ = "promotion_costs"

    code: Mapped[str] = mapped_column(primary_key=True)
    spent: Mapped[Money]


class OrderDiscount(Table):
    """What a promotion took off an order, at the terms of that day.

    `once_for` is the client of a promotion that is given once, until the order is cancelled.
    """

    __tablename__ = "order_discounts"
    __table_args__ = (UniqueConstraint("code", "once_for"),)

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    applies: Mapped[str]
    percent: Mapped[Decimal]
    until: Mapped[date | None]
    whole: Mapped[bool]
    amount: Mapped[Money]
    once_for: Mapped[UUID | None] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    taken_at: Mapped[datetime]
    given_back_at: Mapped[datetime | None]


class PromotionGrant(Table):
    """A discount that one client was granted, and the order that used it."""

    __tablename__ = "promotion_grants"
    __table_args__ = (UniqueConstraint("client_id", "kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    kind: Mapped[str]
    why: Mapped[str]
    granted_at: Mapped[datetime]
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id", ondelete="SET NULL"), index=True)


class CardDiscount(Table):
    """What an attempt to pay by card was promised off; `held` is what it has of the promotion's budget by now."""

    __tablename__ = "card_discounts"

    reference: Mapped[str] = mapped_column(ForeignKey("pay_attempts.reference", ondelete="CASCADE"), primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), index=True)
    code: Mapped[str]
    percent: Mapped[Decimal]
    until: Mapped[date | None]
    whole: Mapped[bool]
    amount: Mapped[Money]
    held: Mapped[Money]
    paid_at: Mapped[datetime | None]
