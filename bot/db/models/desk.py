"""The staff desk: topics, talks, what was passed on, who of the staff did what, and canned answers."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.table import Table


class DeskTopic(Table):
    """A client's topic in a staff group; an unknown account's has no client. `thread` is empty until it is made.

    `named` is what its thread is called in the messenger; `noting_by` has pressed that their next message is a note.
    """

    __tablename__ = "desk_topics"
    __table_args__ = (UniqueConstraint("desk", "subject"), Index(None, "place", "thread"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    desk: Mapped[str]
    place: Mapped[str]
    thread: Mapped[str] = mapped_column(default="")
    closed: Mapped[bool] = mapped_column(default=False)
    subject: Mapped[str]
    client_id: Mapped[UUID | None] = mapped_column(ForeignKey("clients.id", ondelete="SET NULL"), index=True)
    channel: Mapped[str | None]
    external_id: Mapped[str | None]
    title: Mapped[str]
    named: Mapped[str | None]
    card_message: Mapped[str | None]
    card_shown: Mapped[str] = mapped_column(default="")
    card_at: Mapped[datetime | None]
    checked_at: Mapped[datetime] = mapped_column(index=True)
    last_at: Mapped[datetime]
    noting_by: Mapped[str | None]
    noting_until: Mapped[datetime | None]


class Talk(Table):
    """An account's talk with the staff; `taken_by` is empty while the bot answers."""

    __tablename__ = "talks"

    channel: Mapped[str] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(primary_key=True)
    topic_id: Mapped[UUID] = mapped_column(ForeignKey("desk_topics.id", ondelete="CASCADE"), index=True)
    taken_by: Mapped[str | None]
    taken_name: Mapped[str] = mapped_column(default="")
    since: Mapped[datetime | None]
    waiting_since: Mapped[datetime | None] = mapped_column(index=True)
    asked_again_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    last_at: Mapped[datetime]


class RelayedMessage(Table):
    """A message between a client's account and a topic, with the ids of both ends; a note has only one."""

    __tablename__ = "relayed_messages"
    __table_args__ = (
        Index(None, "topic_id", "staff_message"),
        Index(None, "channel", "external_id", "client_message"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    topic_id: Mapped[UUID] = mapped_column(ForeignKey("desk_topics.id", ondelete="CASCADE"))
    part: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    channel: Mapped[str]
    external_id: Mapped[str]
    text: Mapped[str]
    file: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    staff_message: Mapped[str | None]
    client_message: Mapped[str | None]
    answers: Mapped[UUID | None]
    author: Mapped[str]
    author_name: Mapped[str]
    album: Mapped[str] = mapped_column(default="")
    first: Mapped[bool] = mapped_column(default=False)
    edits: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(index=True)


class OrderDraft(Table):
    """An order that the staff put together for a client; its cart is in nobody's hand until it becomes the order.

    `unread` are the written lines that stand in no cart, with why; `ended_at`: placed, given up, or another took its
    place.
    """

    __tablename__ = "order_drafts"

    cart_id: Mapped[UUID] = mapped_column(ForeignKey("carts.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[UUID] = mapped_column(ForeignKey("desk_topics.id", ondelete="CASCADE"), index=True)
    by_account: Mapped[str]
    by_name: Mapped[str]
    unread: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class StaffMember(Table):
    """Somebody of the wholesaler's own people, met in a staff group."""

    __tablename__ = "staff_members"

    channel: Mapped[str] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[str]
    met_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class StaffAct(Table):
    """Who of the staff did what, when and about whom; also what was refused, and strangers who tried."""

    __tablename__ = "staff_acts"
    __table_args__ = (UniqueConstraint("channel", "event_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(index=True)
    channel: Mapped[str]
    event_id: Mapped[str]
    external_id: Mapped[str]
    name: Mapped[str]
    desk: Mapped[str]
    what: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")


class CannedAnswer(Table):
    """An answer kept by the staff under a short name."""

    __tablename__ = "canned_answers"

    name: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    kept_by: Mapped[str]
    kept_at: Mapped[datetime]
