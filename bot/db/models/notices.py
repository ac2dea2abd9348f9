"""Notices on their way, what people do not want to hear, and addresses that nothing is sent to."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.table import Table
from bot.domain.money import Money


class Dispatch(Table):
    """One notice to one person; `key` tells it apart, `client_id` is whom it concerns.

    Without a person it goes to the client's own address. `price` is what it costs, reckoned before it is sent.
    `tried`: ways that did not take it. `due_at`: when it is looked at again, while it is held or its report is waited
    for. `message_id` is what the way calls it. `arrived_at`: when it arrived, or was given up; `failure_told_at`: when
    staff were told that it was, or that nobody knows; `untold_at`: when it was said in the client's topic.
    """

    __tablename__ = "dispatches"
    __table_args__ = (Index(None, "way", "message_id"), Index(None, "state", "due_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    key: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    about: Mapped[str]
    version: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    way: Mapped[str | None]
    address: Mapped[str | None]
    price: Mapped[Money | None]
    tried: Mapped[str] = mapped_column(default="")
    routed: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[str | None]
    queued_at: Mapped[datetime] = mapped_column(index=True)
    due_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    arrived_at: Mapped[datetime | None]
    failure_told_at: Mapped[datetime | None]
    untold_at: Mapped[datetime | None]


class LostMessage(Table):
    """A message that a way took and did not bring, after which the notice went another way; its cost stays."""

    __tablename__ = "lost_messages"
    __table_args__ = (Index(None, "way", "message_id"),)

    dispatch_id: Mapped[UUID] = mapped_column(ForeignKey("dispatches.id", ondelete="CASCADE"), primary_key=True)
    way: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str]
    message_id: Mapped[str]
    price: Mapped[Money]
    sent_at: Mapped[datetime] = mapped_column(index=True)


class ShownOrder(Table):
    """A message that shows an order, until something else is shown in it, so that it can be brought up to date."""

    __tablename__ = "shown_orders"

    channel: Mapped[str] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]


class Muted(Table):
    """A topic that a person does not want to hear of."""

    __tablename__ = "muted"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)


class StoppedAddress(Table):
    """A phone or a mailbox that nothing is sent to: it does not exist, or its owner said so."""

    __tablename__ = "stopped_addresses"

    way: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    at: Mapped[datetime]


class StockWatch(Table):
    """Somebody waits for an article to be in stock again, for a client.

    `dispatch_id` is the notice that tells of it, once there is one; `said`: it was named there.
    """

    __tablename__ = "stock_watches"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True)
    article_id: Mapped[UUID] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[datetime]
    dispatch_id: Mapped[UUID | None] = mapped_column(ForeignKey("dispatches.id", ondelete="CASCADE"), index=True)
    said: Mapped[bool] = mapped_column(default=False)


class KnownPrice(Table):
    """The price of an article as a person knows it for a client: what the next news of prices is compared with.

    While news is on its way, `dispatch_id` is its notice and `was` what they knew before; `said`: it was named there.
    """

    __tablename__ = "known_prices"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True)
    article_id: Mapped[UUID] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    price: Mapped[Money]
    was: Mapped[Money | None]
    dispatch_id: Mapped[UUID | None] = mapped_column(ForeignKey("dispatches.id", ondelete="SET NULL"), index=True)
    said: Mapped[bool] = mapped_column(default=False)


class Campaign(Table):
    """Telling many people, a few at a time; `running` is set while it goes on, so that only one of a purpose does.

    `clients`: ids of those whose people are told, none means everybody. Who was told after `since` is let be.
    `category_id`: of what an offer is, none means the usual basket.
    """

    __tablename__ = "campaigns"
    __table_args__ = (UniqueConstraint("purpose", "running"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    purpose: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(index=True)
    started_by: Mapped[str]
    clients: Mapped[list[str]] = mapped_column(JSON)
    since: Mapped[datetime]
    pace: Mapped[int]
    most: Mapped[int | None]
    category_id: Mapped[UUID | None] = mapped_column(ForeignKey("categories.id", ondelete="SET NULL"))
    running: Mapped[bool | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(default="")
