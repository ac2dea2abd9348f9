"""Clients, the people who act for them, and their messenger accounts."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.table import Table
from bot.domain.money import Money


class Manager(Table):
    """A sales manager, as clients see one: a name and a phone."""

    __tablename__ = "managers"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str]
    phone: Mapped[str | None]


class Assortment(Table):
    """A named set of articles that a client may see."""

    __tablename__ = "assortments"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str]


class AssortmentItem(Table):
    __tablename__ = "assortment_items"

    assortment_id: Mapped[UUID] = mapped_column(ForeignKey("assortments.id", ondelete="CASCADE"), primary_key=True)
    article_id: Mapped[UUID] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Client(Table):
    """The buying business: a legal entity or a ФОП. `full_name` and `address` are as the state knows them."""

    __tablename__ = "clients"
    __table_args__ = (CheckConstraint("kind IN ('legal', 'fop')", name="kind"), UniqueConstraint("external_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    external_id: Mapped[str | None]
    kind: Mapped[str]
    name: Mapped[str]
    tax_code: Mapped[str | None] = mapped_column(index=True)
    price_type_id: Mapped[UUID | None] = mapped_column(ForeignKey("price_types.id"))
    assortment_id: Mapped[UUID | None] = mapped_column(ForeignKey("assortments.id"))
    manager_id: Mapped[UUID | None] = mapped_column(ForeignKey("managers.id"))
    payment_days: Mapped[int] = mapped_column(default=0)
    minimum_order: Mapped[Money | None]
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None]
    credit_limit: Mapped[Money | None]
    full_name: Mapped[str | None]
    address: Mapped[str | None]
    phone: Mapped[str | None]


class DeliveryPoint(Table):
    """A place where an order goes."""

    __tablename__ = "delivery_points"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), index=True)
    external_id: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    address: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class Person(Table):
    """A human who acts for one or more clients; `merged_into` is whom this one turned out to be."""

    __tablename__ = "people"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    external_id: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    phone: Mapped[str | None] = mapped_column(index=True)
    email: Mapped[str | None]
    language: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    merged_into: Mapped[UUID | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)


class PeopleChange(Table):
    """What staff changed about who is who, with what it takes to undo it."""

    __tablename__ = "people_changes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str]
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    other_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str] = mapped_column(default="")
    external_id: Mapped[str] = mapped_column(default="")
    kept: Mapped[dict[str, Any]] = mapped_column(JSON)
    why: Mapped[str] = mapped_column(default="")
    by_account: Mapped[str]
    by_name: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(default="")


class Membership(Table):
    """What a person may do for a client; `contact` is the book of record's id of that person at that client."""

    __tablename__ = "memberships"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True, index=True)
    orders: Mapped[bool] = mapped_column(default=True)
    pays: Mapped[bool] = mapped_column(default=False)
    signs: Mapped[bool] = mapped_column(default=False)
    contact: Mapped[str | None] = mapped_column(index=True)


class Account(Table):
    """One person in one messenger; `person_id` is empty until they have joined."""

    __tablename__ = "accounts"

    channel: Mapped[str] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    client_id: Mapped[UUID | None] = mapped_column(ForeignKey("clients.id", ondelete="SET NULL"))
    language: Mapped[str | None]
    reachable: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    last_event_at: Mapped[datetime | None]
    session_opened_at: Mapped[datetime | None]


class Invite(Table):
    """A one-time personal link; only the hash of its token is kept."""

    __tablename__ = "invites"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class PhoneCode(Table):
    """A phone an account claims, and the hash of the code sent there by SMS."""

    __tablename__ = "phone_codes"

    channel: Mapped[str] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(primary_key=True)
    phone: Mapped[str]
    code_hash: Mapped[str]
    expires_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    sent: Mapped[int] = mapped_column(default=1)
    window_from: Mapped[datetime]


class Lead(Table):
    """Somebody unknown who wrote: for the managers, never a dead end."""

    __tablename__ = "leads"
    __table_args__ = (
        Index(
            None,
            "channel",
            "external_id",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
            sqlite_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    channel: Mapped[str]
    external_id: Mapped[str]
    name: Mapped[str]
    phone: Mapped[str | None]
    words: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
