"""What a person did, in plain words; every messenger's adapter speaks these."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """The closed set of what can happen; a new kind is a decision record."""

    STARTED = "started"  # pressed start or opened the chat; `text` is the link's payload
    TAPPED = "tapped"  # a button; `action` is its payload, which anyone can forge
    WROTE = "wrote"
    SHARED_PHONE = "shared_phone"
    SENT_FILE = "sent_file"
    LEFT = "left"  # blocked the bot or unsubscribed
    EDITED = "edited"  # other words for what was said before: `message` is which


@dataclass(frozen=True, slots=True)
class Sender:
    """An account in a messenger; `language` is a hint of its program, not a choice."""

    channel: str
    external_id: str
    name: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A shared phone; `proven` only where the messenger vouches that it is the sender's own."""

    phone: str
    proven: bool


@dataclass(frozen=True, slots=True)
class File:
    """Something sent that is not text; `ref` fetches it from the messenger."""

    kind: str
    name: str = ""
    size: int = 0
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """The message a tap came from, where the messenger can edit it; one with a file is left as it is."""

    message_id: str
    has_media: bool = False
    has_file: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One thing a person did, once: `id` is unique in its channel; `place` is the group where, "" in a private chat.

    `thread` is the topic of that group, `message` the messenger's own id of what was said, `reply_to` of what it
    answers; messages of one `album` were sent together.
    """

    id: str
    sender: Sender
    kind: Kind
    at: datetime
    text: str = ""
    action: str = ""
    contact: Contact | None = None
    file: File | None = None
    origin: Origin | None = None
    place: str = ""
    thread: str = ""
    message: str = ""
    reply_to: str = ""
    album: str = ""

    def storable(self) -> "Event":
        """The same without what JSON can carry and no database stores: NUL, and one half of a surrogate pair."""
        return replace(self, text=_storable(self.text), sender=replace(self.sender, name=_storable(self.sender.name)))


def _storable(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()
