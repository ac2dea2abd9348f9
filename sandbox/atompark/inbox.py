"""The phones that receive: every text message as its owner sees it, in order of arrival."""

import asyncio
import heapq
import itertools
from collections import deque
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sandbox.atompark.delivery import DELIVERED, Delivery

KEPT = 1000


@dataclass(frozen=True, slots=True)
class Message:
    """A text message on a phone; `at` is ISO 8601 in UTC."""

    id: int
    phone: str
    sender: str
    text: str
    parts: int
    at: str

    def as_json(self) -> dict[str, str | int]:
        return asdict(self)


class Inbox:
    """Holds messages back until their moment comes; keeps the last thousand."""

    def __init__(self) -> None:
        self._arrived: deque[Message] = deque(maxlen=KEPT)
        self._on_the_way: list[tuple[float, int, str, Delivery]] = []
        self._order = itertools.count()
        self._ids = itertools.count(1)
        self.life = 0
        self.changed = asyncio.Event()

    def expect(self, sender: str, delivery: Delivery) -> None:
        """Takes a message that will show on the phone when it is delivered; others never show."""
        if delivery.outcome == DELIVERED and delivery.done_at is not None:
            heapq.heappush(self._on_the_way, (delivery.done_at, next(self._order), sender, delivery))

    def messages(self, now: float, *, phone: str | None = None, after: int = 0) -> list[Message]:
        """What has arrived by `now`, oldest first."""
        self._receive(now)
        return [one for one in self._arrived if one.id > after and phone in (None, one.phone)]

    def clear(self) -> None:
        """Empties every phone and starts a new life: message ids go on, listeners are told."""
        self._arrived.clear()
        self._on_the_way.clear()
        self.life += 1
        self.wake()

    def wake(self) -> None:
        """Tells those who wait that something may have come."""
        self.changed.set()
        self.changed = asyncio.Event()

    def _receive(self, now: float) -> None:
        while self._on_the_way and self._on_the_way[0][0] <= now:
            moment, _, sender, delivery = heapq.heappop(self._on_the_way)
            at = datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")
            message = Message(next(self._ids), delivery.phone, sender, delivery.text, delivery.parts, at)
            self._arrived.append(message)
