"""Everything that changes, told to whoever watches: the source of the Server-Sent Events."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

Json = dict[str, Any]
MOST_WATCHERS = 64
QUEUE_LENGTH = 256


class Watcher:
    """One stream with a bounded queue; a watcher too slow for it is told to look again at the whole."""

    def __init__(self, chat: int | None) -> None:
        self.chat = chat
        self._queue: asyncio.Queue[Json | None] = asyncio.Queue(QUEUE_LENGTH)

    def tell(self, event: Json) -> None:
        if self.chat is not None and event["chat"] not in (None, self.chat):
            return
        if self._queue.full():
            self._empty()
            event = {"type": "resync", "chat": None}
        self._queue.put_nowait(event)

    def close(self) -> None:
        self._empty()
        self._queue.put_nowait(None)

    async def next(self, patience: float) -> Json | None:
        """The next event, {} when nothing happened for `patience` seconds, None when the stream must end."""
        try:
            return await asyncio.wait_for(self._queue.get(), patience)
        except TimeoutError:
            return {}

    def _empty(self) -> None:
        while not self._queue.empty():
            self._queue.get_nowait()


class Feed:
    """The watchers, at most `MOST_WATCHERS`."""

    def __init__(self) -> None:
        self._watchers: set[Watcher] = set()
        self._closed = False

    @contextmanager
    def watching(self, chat: int | None) -> Iterator[Watcher]:
        """Raises OverflowError when too many watch."""
        if self._closed or len(self._watchers) >= MOST_WATCHERS:
            raise OverflowError("too many streams are open")
        watcher = Watcher(chat)
        self._watchers.add(watcher)
        try:
            yield watcher
        finally:
            self._watchers.discard(watcher)

    def tell(self, kind: str, chat: int | None = None, **details: Any) -> None:
        for watcher in self._watchers:
            watcher.tell({"type": kind, "chat": chat, **details})

    def close(self) -> None:
        self._closed = True
        for watcher in self._watchers:
            watcher.close()
