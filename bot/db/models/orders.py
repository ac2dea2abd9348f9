"""Carts before the confirm, orders after it, and those that are held."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.table import Table
from bot.domain.money import ZERO, Money

_OPEN = text("status = 'open' AND amends_order_id IS NULL")
_AMENDING = text("status = 'open' AND amends_order_id IS NOT NULL")


class Cart(Table):
    """What a client's people are putting together; at most one open and one amending cart a client."""

    __tablename__ = "carts"
    __table_args__ = (
        CheckConstraint("status IN ('open', 'placed', 'dropped')", name="status"),
        Index("uq_carts_open", "client_id", unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN),
        Index("uq_carts_amending", "client_id", unique=True, postgresql_where=_AMENDING, sqlite_where=_AMENDING),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    status: Mapped[str] = mapped_column(default="open")
    amends_order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"))
    point_id: Mapped[UUID | None] = mapped_column(ForeignKey("delivery_points.id", ondelete="SET NULL"))
    delivery_date: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime]


class CartLine(Table):
    __tablename__ = "cart_lines"

    cart_id: Mapped[UUID] = mapped_column(ForeignKey("carts.id", ondelete="CASCADE"), primary_key=True)
    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    quantity: Mapped[Decimal]
    unit: Mapped[str] = mapped_column(default="b")
    added_at: Mapped[datetime]


class Order(Table):
    """What was agreed by one confirm; its id is the idempotency key everywhere outside.

    `staff_by` is who of the staff placed it for the client, with no person of the client's in `placed_by`.

    `provisional`: agreed on prices that could not be checked; `prices_asked_at`: the client was asked about new ones.
    """

    __tablename__ = "orders"
    __table_args__ = (Index(None, "client_id", "placed_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    number: Mapped[str] = mapped_column(unique=True)
    cart_id: Mapped[UUID] = mapped_column(unique=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id"))
    placed_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    staff_by: Mapped[str | None]
    channel: Mapped[str]
    state: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    price_type_id: Mapped[UUID | None] = mapped_column(ForeignKey("price_types.id"))
    point_id: Mapped[UUID | None] = mapped_column(ForeignKey("delivery_points.id", ondelete="SET NULL"))
    delivery_name: Mapped[str]
    delivery_address: Mapped[str]
    delivery_date: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    total: Mapped[Money]
    discount: Mapped[Money]
    placed_at: Mapped[datetime]
    provisional: Mapped[bool] = mapped_column(default=False)
    prices_asked_at: Mapped[datetime | None]


class OrderLine(Table):
    """A line as agreed: the names, price and discount do not follow the catalogue any more.

    `card_discount` is the part of the discount that is for paying by card.
    """

    __tablename__ = "order_lines"

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[UUID | None] = mapped_column(ForeignKey("articles.id", ondelete="SET NULL"), index=True)
    sku: Mapped[str]
    name: Mapped[str]
    base_unit: Mapped[str]
    unit: Mapped[str] = mapped_column(default="b")
    quantity: Mapped[Decimal]
    price: Mapped[Money]
    discount: Mapped[Money]
    card_discount: Mapped[Money] = mapped_column(default=ZERO, server_default="0")
    amount: Mapped[Money]
    vat: Mapped[Decimal | None]


class OrderState(Table):
    """The history of an order, oldest first."""

    __tablename__ = "order_states"

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
    at: Mapped[datetime]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    note: Mapped[str] = mapped_column(default="")


class HeldOrder(Table):
    """An order that waits, or waited, for the credit gate; `total` is what a manager let pass."""

    __tablename__ = "held_orders"
    __table_args__ = (
        CheckConstraint("state IN ('unchecked', 'held', 'released')", name="state"),
        Index(None, "client_id", "state"),
    )

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    state: Mapped[str]
    since: Mapped[datetime]
    released: Mapped[str | None]
    released_at: Mapped[datetime | None]
    released_by: Mapped[str] = mapped_column(default="")
    total: Mapped[Money | None]


class Counter(Table):
    """The last number given out in a series; whoever takes the next one waits for whoever took this."""

    __tablename__ = "counters"

    series: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
