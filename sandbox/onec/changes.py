"""The change log of the base: what happened, numbered, for the live stream, the call-backs and the exchange plan."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

KEPT = 100_000


@dataclass(frozen=True, slots=True)
class Event:
    """`action`: created, changed, posted, unposted, marked, unmarked, state, price, stock, deleted. `ref` is the
    object's (of a price or a stock: the article's); `by` is odata, exchange or base."""

    id: int
    kind: str
    action: str
    ref: str
    by: str = "base"


@dataclass(slots=True)
class Changes:
    """The latest events, oldest first; `subscribe` gets each at once, `life` grows when the base was emptied."""

    events: deque[Event] = field(default_factory=lambda: deque(maxlen=KEPT))
    last_id: int = 0
    life: int = 0
    quiet: bool = False
    _listeners: list[Callable[[Event], None]] = field(default_factory=list)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, kind: str, action: str, ref: str, by: str = "base") -> Event | None:
        """Records it, unless the base is being filled (`quiet`)."""
        if self.quiet:
            return None
        self.last_id += 1
        event = Event(self.last_id, kind, action, ref, by)
        self.events.append(event)
        for listener in self._listeners:
            listener(event)
        self.wake()
        return event

    def after(self, event_id: int) -> list[Event]:
        """The events later than that one."""
        if event_id >= self.last_id:
            return []
        found = []
        for event in reversed(self.events):
            if event.id <= event_id:
                break
            found.append(event)
        return found[::-1]

    def subscribe(self, listener: Callable[[Event], None]) -> None:
        self._listeners.append(listener)

    def wake(self) -> None:
        """Whoever waits for news looks now."""
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def wait(self) -> None:
        await self._changed.wait()

    def clear(self) -> None:
        """Forgets the events; ids go on growing."""
        self.events.clear()
        self.life += 1
        self.wake()
