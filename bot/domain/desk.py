"""The staff desk: what is passed between a client and the staff, who may do it, and when somebody is there."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.workdays import Workdays

NOTE_MARK = "//"
ROLE = "role"
"""What Forbidden says of somebody who may only read."""
_DAY = timedelta(days=1)
_LOOKED_AHEAD = 366


class PassageKind(StrEnum):
    """Which way a message goes; a note goes nowhere."""

    QUESTION = "question"
    ANSWER = "answer"
    NOTE = "note"


class Passage(StrEnum):
    """How far a message has come."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"


class Role(StrEnum):
    """What somebody of the staff may do in the groups they are in."""

    WATCHER = "watcher"  # reads
    AGENT = "agent"  # also answers and presses


class Heard(StrEnum):
    """What became of words that were written in a staff group."""

    NOT_OURS = "not_ours"  # no topic of a client's
    SENT = "sent"
    NOTED = "noted"
    KEPT = "kept"  # it answered a note, so it is one
    NOBODY = "nobody"  # the client has no chat with us
    NOT_PASSED = "not_passed"  # neither words nor a file
    NOT_CARRIED = "not_carried"  # an edit that the client does not get
    TOO_LATE = "too_late"  # a note only after it had gone


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file in the hands of a messenger: `ref` fetches it there."""

    kind: str
    name: str
    size: int
    ref: str
    channel: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message as it was written: words, a file or both; ids are its messenger's."""

    text: str
    message: str
    reply_to: str = ""
    album: str = ""
    file: Enclosure | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody of the wholesaler's own people, as they act."""

    channel: str
    external_id: str
    name: str
    desk: str
    role: Role = Role.AGENT

    @property
    def key(self) -> str:
        return f"{self.channel}:{self.external_id}"


@dataclass(frozen=True, slots=True)
class TopicView:
    """A client's or an unknown account's topic; without a thread it is not made yet, or the group has none.

    `named` is what the thread is called in the messenger, which may be an earlier title.
    """

    id: UUID
    desk: str
    place: str
    thread: str
    subject: str
    client_id: UUID | None
    channel: str | None
    external_id: str | None
    title: str
    card_message: str | None
    card_shown: str
    card_at: datetime | None
    closed: bool
    named: str | None = None


@dataclass(frozen=True, slots=True)
class TalkView:
    """An account's talk with the staff; `taken_by` is None while the bot answers."""

    channel: str
    external_id: str
    topic_id: UUID
    taken_by: str | None
    taken_name: str
    since: datetime | None
    waiting_since: datetime | None
    last_at: datetime


@dataclass(frozen=True, slots=True)
class PassageView:
    """A message on its way between a client's account and a topic; ids are of each end."""

    id: UUID
    topic_id: UUID
    part: PassageKind
    state: Passage
    channel: str
    external_id: str
    text: str
    file: Enclosure | None
    staff_message: str | None
    client_message: str | None
    answers: UUID | None
    author: str
    author_name: str
    album: str
    first: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class DeskRules:
    """When the staff are there, and how long what may last: silence before the bot speaks again, a client's wait."""

    work: Workdays = field(default_factory=Workdays)
    silence: timedelta = timedelta(hours=2)
    asks_again: timedelta = timedelta(minutes=15)
    escalates: timedelta = timedelta(hours=1)


def is_note(text: str) -> bool:
    """Whether words are for the staff alone: they begin with two strokes, whatever invisible stands before."""
    for place, char in enumerate(plain := unicodedata.normalize("NFKC", text)):
        if unicodedata.category(char)[0] not in "CZ" and not unicodedata.category(char).startswith("M"):
            return plain[place:].startswith(NOTE_MARK)
    return False


def pieces(text: str, limit: int) -> Sequence[str]:
    """The text in parts of at most so many characters, broken between lines or words where that can be."""
    parts: list[str] = []
    while len(text) > limit:
        cut = max(text.rfind("\n", limit // 2, limit), text.rfind(" ", limit // 2, limit))
        cut = cut if cut > 0 else limit
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*parts, text]


def client_subject(client_id: UUID) -> str:
    return f"client:{client_id.hex}"


def account_subject(channel: str, external_id: str) -> str:
    """Of somebody whom nobody knows yet."""
    return f"account:{channel}:{external_id}"
