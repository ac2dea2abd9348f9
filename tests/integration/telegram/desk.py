"""A kernel small enough to see through: an honest inbox, screens by a plain function, everything written down."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from markupsafe import Markup

from bot.conversation.event import Event, Kind
from bot.conversation.messenger import Delivery, Kept
from bot.conversation.screen import Screen


def echo(event: Event) -> Screen:
    """Says what was done."""
    return Screen(Markup("<b>{}</b> {}").format(event.kind.value, event.text or event.action))


@dataclass(slots=True)
class Inbox:
    """What would be a table: it outlives the process. An id is known for ever, a body until it is done."""

    known: list[str] = field(default_factory=list)
    waiting: dict[int, Kept] = field(default_factory=dict)

    def keep(self, event_id: str, body: str) -> Kept | None:
        if event_id in self.known:
            return None
        self.known.append(event_id)
        kept = Kept(len(self.known), body)
        self.waiting[kept.id] = kept
        return kept


class RecordingDesk:
    """Implements Desk; `gate` holds the answers back, `failures` are raised instead of them, one after the other."""

    def __init__(self, inbox: Inbox | None = None, screen: Callable[[Event], Screen | None] = echo) -> None:
        self.inbox = inbox or Inbox()
        self.held: set[int] = set()
        self.leading = True
        self.asked: list[str] = []
        self.screen = screen
        self.gate = asyncio.Event()
        self.gate.set()
        self.failures: list[Exception] = []
        self.keep_failures: list[Exception] = []
        self.events: list[Event] = []
        self.answered: list[str] = []
        self.batches: list[list[str]] = []
        self.finished: list[int] = []
        self.gone: list[str] = []
        self.moves: list[tuple[str, str]] = []
        self.closed: list[tuple[str, str, bool]] = []
        self.orders_shown: list[tuple[str, str, UUID | None]] = []
        self.busiest = 0
        self.most_at_once = 0
        self._busy: dict[str, int] = {}
        self._changed = asyncio.Event()

    async def answer(self, event: Event) -> Screen | None:
        who = event.sender.external_id
        self._busy[who] = self._busy.get(who, 0) + 1
        self.busiest = max(self.busiest, self._busy[who])
        self.most_at_once = max(self.most_at_once, sum(self._busy.values()))
        self.events.append(event)
        self._changed.set()
        try:
            await self.gate.wait()
            if self.failures:
                raise self.failures.pop(0)
        finally:
            self._busy[who] -= 1
        self.answered.append(event.id)
        self._changed.set()
        return None if event.kind is Kind.LEFT else self.screen(event)

    async def keep(self, channel: str, events: Sequence[tuple[str, str]], at: datetime) -> list[Kept]:
        if self.keep_failures:
            raise self.keep_failures.pop(0)
        self.batches.append([event_id for event_id, _ in events])
        self._changed.set()
        fresh = [kept for event_id, body in events if (kept := self.inbox.keep(event_id, body))]
        self.held.update(kept.id for kept in fresh)
        return fresh

    async def kept(self, channel: str, *, alone: bool = False) -> list[Kept]:
        """Of one process: all that is not in its hands already."""
        left = [kept for kept in self.inbox.waiting.values() if kept.id not in self.held]
        self.held.update(kept.id for kept in left)
        return left

    async def done(self, kept_id: int) -> None:
        self.inbox.waiting.pop(kept_id, None)
        self.finished.append(kept_id)
        self._changed.set()

    async def leads(self, task: str) -> bool:
        self.asked.append(task)
        self._changed.set()
        return self.leading

    async def resign(self, task: str) -> None:
        self.asked.append(f"no more {task}")

    async def unreachable(self, channel: str, external_id: str) -> None:
        self.gone.append(external_id)
        self._changed.set()

    async def moved(self, channel: str, old_id: str, new_id: str) -> None:
        self.moves.append((old_id, new_id))
        self._changed.set()

    async def sent(self, channel: str, external_id: str, message_id: str, at: datetime, billing: int | None) -> None:
        raise AssertionError("Telegram reports no delivery")

    async def thread_closed(self, channel: str, place: str, thread: str, *, closed: bool) -> None:
        self.closed.append((place, thread, closed))
        self._changed.set()

    async def shown(self, channel: str, external_id: str, message_id: str, about: UUID | None) -> None:
        self.orders_shown.append((external_id, message_id, about))

    async def delivered(self, channel: str, message_id: str, delivery: Delivery) -> None:
        raise AssertionError("Telegram reports no delivery")

    async def until(self, happened: Callable[[], bool]) -> None:
        """Return once something has happened here; five seconds at most."""
        async with asyncio.timeout(5):
            while not happened():
                self._changed.clear()
                await self._changed.wait()

    async def until_done(self, count: int = 1) -> None:
        await self.until(lambda: len(self.finished) >= count)


def fixed(screen: Screen) -> Callable[[Event], Screen]:
    """The same screen for everybody."""
    return lambda event: screen
