"""Where each conversation stands, and which events have had their effect."""

from datetime import datetime

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.table import Table


class Dialogue(Table):
    """The step at which typed input is awaited, the event that left it so, and how that event found it."""

    __tablename__ = "dialogues"

    channel: Mapped[str] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[str | None]
    data: Mapped[dict[str, str]] = mapped_column(JSON)
    left_by: Mapped[str]
    found_step: Mapped[str | None]
    found_data: Mapped[dict[str, str] | None] = mapped_column(JSON)
    updated_at: Mapped[datetime]


class SeenEvent(Table):
    """An event whose effects are in the books; written in the same transaction."""

    __tablename__ = "seen_events"

    channel: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


class InboxEvent(Table):
    """An event accepted from a messenger but not answered yet; its body is what the messenger sent.

    `held_by` is the process that is to answer it; from `held_until` on any other may take it over.
    """

    __tablename__ = "inbox"
    __table_args__ = (Index(None, "channel", "event_id", unique=True), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    channel: Mapped[str]
    event_id: Mapped[str]
    body: Mapped[str]
    received_at: Mapped[datetime]
    held_by: Mapped[str | None]
    held_until: Mapped[datetime | None]


class SentMessage(Table):
    """What became of a message we sent, where the messenger tells: cost and delivery."""

    __tablename__ = "sent_messages"

    channel: Mapped[str] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(primary_key=True)
    external_id: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(index=True)
    billing_status: Mapped[int | None]
    status: Mapped[str] = mapped_column(default="sent")


class ChatMove(Table):
    """A group that the messenger gave a new id."""

    __tablename__ = "chat_moves"

    channel: Mapped[str] = mapped_column(primary_key=True)
    old_id: Mapped[str] = mapped_column(primary_key=True)
    new_id: Mapped[str]
