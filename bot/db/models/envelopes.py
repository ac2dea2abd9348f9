"""Documents on their way to a signature: each with its history, who signed it, and what is kept of it."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.table import Table

_OPEN = text("ended_at IS NULL")


class Envelope(Table):
    """One document, from the template to its signatures; at most one of a kind is open for a client.

    `sha256`, `file_name`, `file_size` are of what is signed; `source_…` of the DOCX it was drawn of. `doubts` is NULL
    until the container was looked at. `token` opens the page from which the client goes to sign.
    """

    __tablename__ = "envelopes"
    __table_args__ = (
        Index("uq_envelopes_open", "client_id", "kind", unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN),
        Index(None, "stage", "ended_at"),
        Index(None, "client_id", "asked_at"),
        UniqueConstraint("kind", "number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    kind: Mapped[str]
    stage: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    number: Mapped[str]
    dated: Mapped[date]
    since: Mapped[date | None]
    until: Mapped[date | None]
    asked_by: Mapped[str]
    asked_name: Mapped[str] = mapped_column(default="")
    asked_account: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    token: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(default="")
    file_size: Mapped[int] = mapped_column(default=0)
    source_sha256: Mapped[str] = mapped_column(default="")
    source_name: Mapped[str] = mapped_column(default="")
    source_size: Mapped[int] = mapped_column(default=0)
    template: Mapped[str] = mapped_column(default="")
    lacks: Mapped[str] = mapped_column(default="")
    reviewed_by: Mapped[str] = mapped_column(default="")
    reviewed_at: Mapped[datetime | None]
    review_due: Mapped[datetime | None]
    comment: Mapped[str] = mapped_column(default="")
    recipient_code: Mapped[str] = mapped_column(default="")
    recipient_email: Mapped[str] = mapped_column(default="")
    ref: Mapped[str] = mapped_column(default="", index=True)
    page: Mapped[str] = mapped_column(default="")
    said: Mapped[str] = mapped_column(default="")
    said_code: Mapped[str] = mapped_column(default="")
    trouble: Mapped[str] = mapped_column(default="")
    first: Mapped[str]
    sent_at: Mapped[datetime | None]
    sign_by: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    rejection: Mapped[str] = mapped_column(default="")
    doubts: Mapped[str | None]
    accepted_by: Mapped[str] = mapped_column(default="")
    recorded: Mapped[str] = mapped_column(default="")


class EnvelopeEvent(Table):
    """A line of an envelope's history: what happened, by whom, in which words."""

    __tablename__ = "envelope_events"

    envelope_id: Mapped[UUID] = mapped_column(ForeignKey("envelopes.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    what: Mapped[str]
    who: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")


class EnvelopeSignature(Table):
    """A signature as the service lists it; `contained`: its certificate is in the container too."""

    __tablename__ = "envelope_signatures"

    envelope_id: Mapped[UUID] = mapped_column(ForeignKey("envelopes.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    company: Mapped[str]
    name: Mapped[str]
    title: Mapped[str]
    serial: Mapped[str]
    at: Mapped[datetime | None]
    ours: Mapped[bool]
    contained: Mapped[bool]


class EnvelopeFile(Table):
    """What is kept of a signed document, found by its SHA-256."""

    __tablename__ = "envelope_files"

    envelope_id: Mapped[UUID] = mapped_column(ForeignKey("envelopes.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    name: Mapped[str]
    size: Mapped[int]
    kept_at: Mapped[datetime]
