"""Files and pictures that people send to the bot, hosted by the sandbox as Viber hosts them, within bounds."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass

LARGEST = 10 * 1024 * 1024
LARGEST_TOGETHER = 64 * 1024 * 1024


@dataclass(frozen=True)
class Stored:
    """One hosted file."""

    id: str
    name: str
    content_type: str
    content: bytes


class Media:
    """Hosted files under unguessable ids; the oldest ones leave when room is needed."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, Stored] = OrderedDict()
        self._bytes = 0

    def add(self, name: str, content_type: str, content: bytes) -> Stored:
        stored = Stored(secrets.token_urlsafe(24), name, content_type, content)
        self._files[stored.id] = stored
        self._bytes += len(content)
        while self._bytes > LARGEST_TOGETHER:
            _, oldest = self._files.popitem(last=False)
            self._bytes -= len(oldest.content)
        return stored

    def get(self, id: str) -> Stored | None:
        return self._files.get(id)

    def clear(self) -> None:
        self._files.clear()
        self._bytes = 0
