"""The phones that receive: every message as its owner sees it, in order of arrival."""

import asyncio
import itertools
from collections import deque
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sandbox.turbosms.message import SMS, Message, Step

KEPT = 1000


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message on a phone; `at` is ISO 8601 in UTC, `channel` is sms or viber."""

    id: int
    message_id: str
    phone: str
    channel: str
    sender: str
    text: str
    parts: int
    at: str

    def as_json(self) -> dict[str, str | int]:
        return asdict(self)


class Inbox:
    """Keeps the last thousand; `changed` wakes those who watch."""

    def __init__(self) -> None:
        self._arrived: deque[Arrived] = deque(maxlen=KEPT)
        self._ids = itertools.count(1)
        self.life = 0
        self.changed = asyncio.Event()

    def take(self, message: Message, step: Step) -> None:
        part = message.carried(step.channel)
        at = datetime.fromtimestamp(step.at, UTC).isoformat(timespec="seconds")
        parts = message.parts if step.channel == SMS else 0
        self._arrived.append(
            Arrived(next(self._ids), message.id, message.phone, step.channel, part.sender, part.text, parts, at)
        )
        self.wake()

    def messages(self, *, phone: str | None = None, after: int = 0) -> list[Arrived]:
        """Oldest first."""
        return [one for one in self._arrived if one.id > after and phone in (None, one.phone)]

    def clear(self) -> None:
        """Empties every phone and starts a new life: message ids go on, listeners are told."""
        self._arrived.clear()
        self.life += 1
        self.wake()

    def wake(self) -> None:
        changed, self.changed = self.changed, asyncio.Event()
        changed.set()
