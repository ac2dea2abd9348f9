"""A kernel small enough to see through: an honest inbox, one screen for everybody, everything written down."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from markupsafe import Markup

from bot.conversation.event import Event, Kind
from bot.conversation.messenger import Delivery, Kept
from bot.conversation.screen import Screen


@dataclass(slots=True)
class Inbox:
    """What would be a table: it outlives the process. A key is known for ever, a body until it is done."""

    known: set[str] = field(default_factory=set)
    waiting: dict[int, Kept] = field(default_factory=dict)

    def keep(self, key: str, body: str) -> Kept | None:
        if key in self.known:
            return None
        self.known.add(key)
        kept = Kept(len(self.known), body)
        self.waiting[kept.id] = kept
        return kept


class RecordingDesk:
    """Implements Desk; `gate` holds the answers back, `failures` are raised instead of them, one after the other."""

    def __init__(self, inbox: Inbox | None = None) -> None:
        self.inbox = inbox or Inbox()
        self.held: set[int] = set()
        self.screen = Screen(Markup("Вітаємо"))
        self.gate = asyncio.Event()
        self.gate.set()
        self.failures: list[Exception] = []
        self.events: list[Event] = []
        self.finished: list[int] = []
        self.gone: list[tuple[str, str]] = []
        self.out: list[tuple[str, str, str, int | None]] = []
        self.deliveries: list[tuple[str, str, Delivery]] = []
        self.orders_shown: list[tuple[str, str, UUID | None]] = []
        self.busiest = 0
        self._busy: dict[str, int] = {}
        self._changed = asyncio.Event()

    async def answer(self, event: Event) -> Screen | None:
        who = event.sender.external_id
        self._busy[who] = self._busy.get(who, 0) + 1
        self.busiest = max(self.busiest, self._busy[who])
        self.events.append(event)
        self._notice()
        try:
            await self.gate.wait()
            if self.failures:
                raise self.failures.pop(0)
        finally:
            self._busy[who] -= 1
        return None if event.kind is Kind.LEFT else self.screen

    async def keep(self, channel: str, events: Sequence[tuple[str, str]], at: datetime) -> list[Kept]:
        fresh = [kept for key, body in events if (kept := self.inbox.keep(f"{channel} {key}", body))]
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
        self._notice()

    async def leads(self, task: str) -> bool:
        raise AssertionError("Viber calls every process")

    async def resign(self, task: str) -> None:
        raise AssertionError("Viber calls every process")

    async def unreachable(self, channel: str, external_id: str) -> None:
        self.gone.append((channel, external_id))

    async def moved(self, channel: str, old_id: str, new_id: str) -> None:
        raise AssertionError("Viber never moves a chat")

    async def sent(self, channel: str, external_id: str, message_id: str, at: datetime, billing: int | None) -> None:
        self.out.append((channel, external_id, message_id, billing))
        self._notice()

    async def thread_closed(self, channel: str, place: str, thread: str, *, closed: bool) -> None:
        pass

    async def shown(self, channel: str, external_id: str, message_id: str, about: UUID | None) -> None:
        self.orders_shown.append((external_id, message_id, about))

    async def delivered(self, channel: str, message_id: str, delivery: Delivery) -> None:
        self.deliveries.append((channel, message_id, delivery))
        self._notice()

    async def until(self, happened: Callable[[], bool]) -> None:
        """Return once something has happened here; five seconds at most."""
        async with asyncio.timeout(5):
            while not happened():
                self._changed.clear()
                await self._changed.wait()

    async def until_done(self, count: int = 1) -> None:
        await self.until(lambda: len(self.finished) >= count)

    def _notice(self) -> None:
        self._changed.set()
