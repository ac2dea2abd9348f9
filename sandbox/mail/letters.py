"""The letters that arrived, oldest first; the oldest go when there are too many."""

import asyncio
import itertools
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.mail.reading import read

KEPT = 500
KEPT_BYTES = 128 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Received:
    """A letter in somebody's mailbox; `sender` and `recipients` are the envelope's."""

    id: int
    sender: str
    recipients: tuple[str, ...]
    raw: bytes = field(repr=False)
    at: datetime

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "at": self.at.isoformat(timespec="seconds"),
            "envelope_from": self.sender,
            "envelope_to": list(self.recipients),
            "size": len(self.raw),
            **read(self.raw).as_json(),
        }


class Letters:
    """All mailboxes together."""

    def __init__(self) -> None:
        self._kept: dict[int, Received] = {}
        self._bytes = 0
        self._ids = itertools.count(1)
        self.life = 0
        self.changed = asyncio.Event()

    def take(self, sender: str, recipients: tuple[str, ...], raw: bytes, at: datetime) -> Received:
        letter = Received(next(self._ids), sender, recipients, raw, at)
        self._kept[letter.id] = letter
        self._bytes += len(raw)
        while len(self._kept) > KEPT or self._bytes > KEPT_BYTES:
            self._bytes -= len(self._kept.pop(next(iter(self._kept))).raw)
        self.wake()
        return letter

    def get(self, number: int) -> Received | None:
        return self._kept.get(number)

    def all(self, *, to: str | None = None, after: int = 0) -> list[Received]:
        """Oldest first; `to` is a recipient's address."""
        return [one for one in self._kept.values() if one.id > after and (to is None or to in one.recipients)]

    def clear(self) -> None:
        """Starts a new life: numbers go on, listeners are told."""
        self._kept.clear()
        self._bytes = 0
        self.life += 1
        self.wake()

    def wake(self) -> None:
        """Tells those who wait that something may have come."""
        self.changed.set()
        self.changed = asyncio.Event()
