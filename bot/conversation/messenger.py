"""The seam between the kernel and a messenger's adapter: what each calls of the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from bot.conversation.event import Event, File
from bot.conversation.screen import Screen, Traits


class Messenger(Protocol):
    """An adapter: shows screens to accounts of its channel."""

    channel: str
    traits: Traits

    async def show(self, external_id: str, screen: Screen, *, thread: str = "", reply_to: str = "") -> str:
        """Send a screen that nobody asked for just now to a person or, where the messenger has such, a group.

        `thread` is a topic of the group; `reply_to` the message it answers, which a messenger without quotes ignores.
        Returns the messenger's own id of the message, the last one where there are several; empty where it says none.

        Raises Unavailable, Ambiguous, Rejected; its code is a ThreadFault where the topic is in the way.
        """
        ...

    async def renew(self, external_id: str, message_id: str, screen: Screen) -> bool:
        """Bring a message shown earlier up to date; false where it is gone, or where the messenger cannot edit.

        Raises Unavailable, Rejected, Ambiguous.
        """
        ...

    async def check(self) -> str:
        """Our name there, asked of the messenger. Raises Unavailable, Rejected."""
        ...


class Relay(Messenger, Protocol):
    """A messenger in which people can write to people through us; `topics` is None where its groups have none."""

    @property
    def topics(self) -> "Topics | None": ...

    async def fetch(self, file: File) -> bytes:
        """What somebody sent, up to 20 MB. Raises Unavailable, Rejected: gone, too large, or nothing to fetch."""
        ...


class ThreadFault(StrEnum):
    """Why nothing can be shown in a topic, as the code of a Rejected."""

    GONE = "thread_gone"
    CLOSED = "thread_closed"
    NO_FORUM = "no_forum"  # the group has no topics, or we may not make any


@dataclass(frozen=True, slots=True)
class PlaceRights:
    """What a group lets us do; `member` is false where we are not in it."""

    title: str
    member: bool
    forum: bool
    topics: bool
    pins: bool


class Topics(Protocol):
    """Threads of a group, each with a title. Every call raises Unavailable, Rejected, Ambiguous."""

    async def open(self, place: str, title: str) -> str:
        """A new one; returns its thread."""
        ...

    async def rename(self, place: str, thread: str, title: str) -> None: ...

    async def reopen(self, place: str, thread: str) -> None: ...

    async def pin(self, place: str, message_id: str) -> None:
        """Keep a message in sight of everybody, without a sound."""
        ...

    async def rights(self, place: str) -> PlaceRights: ...


class Delivery(StrEnum):
    """What became of a message; only forward: sent, delivered, seen; failed is final."""

    SENT = "sent"
    DELIVERED = "delivered"
    SEEN = "seen"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Kept:
    """An event in the inbox: accepted, not answered yet. `body` is what the messenger sent."""

    id: int
    body: str


class Desk(Protocol):
    """The kernel, as an adapter sees it."""

    async def answer(self, event: Event) -> Screen | None:
        """The screen for an event; its effects are committed when this returns. Never raises for what people do.

        None only for Kind.LEFT and for what is not ours to answer in a group. The same event again has no second effect
        and gets a fresh screen.
        """
        ...

    async def keep(self, channel: str, events: Sequence[tuple[str, str]], at: datetime) -> list[Kept]:
        """Put (event id, body) pairs into the inbox before the messenger is told they arrived; known ones are left out.

        An event stays in the inbox until `done`, so a crash between the two loses nothing.
        """
        ...

    async def kept(self, channel: str, *, alone: bool = False) -> list[Kept]:
        """What a process that lives no more accepted and did not finish, oldest first; now it is ours.

        To be asked at the start and every ten seconds: it also tells the others that we live, whose events stay ours.
        `alone` says that only one process works for this channel at a time and that it is we.
        """
        ...

    async def done(self, kept_id: int) -> None:
        """The event is answered and may leave the inbox."""
        ...

    async def leads(self, task: str) -> bool:
        """Whether this process is the one to do a task that only one may do; to be asked before every step of it."""
        ...

    async def resign(self, task: str) -> None:
        """Let another process do it at once."""
        ...

    async def unreachable(self, channel: str, external_id: str) -> None:
        """The person blocked the bot or is gone; any event of theirs makes them reachable again."""
        ...

    async def moved(self, channel: str, old_id: str, new_id: str) -> None:
        """The messenger gave a chat a new id: everything stored under the old one follows."""
        ...

    async def thread_closed(self, channel: str, place: str, thread: str, *, closed: bool) -> None:
        """Somebody closed a topic of a group, or opened it again."""
        ...

    async def sent(self, channel: str, external_id: str, message_id: str, at: datetime, billing: int | None) -> None:
        """A message went out where the messenger reports its fate and cost (Viber's billing_status)."""
        ...

    async def shown(self, channel: str, external_id: str, message_id: str, about: UUID | None) -> None:
        """What stands in this message now: an order, or something else. Never raises."""
        ...

    async def delivered(self, channel: str, message_id: str, delivery: Delivery) -> None:
        """The messenger told what became of a message; later news never goes back."""
        ...
