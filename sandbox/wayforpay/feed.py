"""Everything that changes, told to whoever watches: the source of the Server-Sent Events."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from sandbox.wayforpay.wire import Json

MOST_WATCHERS = 64
QUEUE_LENGTH = 256


class Watcher:
    """One stream with a bounded queue; a watcher too slow for it is told to look again at the whole."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Json | None] = asyncio.Queue(QUEUE_LENGTH)

    def tell(self, event: Json | None) -> None:
        if event is None or self._queue.full():
            while not self._queue.empty():
                self._queue.get_nowait()
            event = event and {"type": "reset"}
        self._queue.put_nowait(event)

    async def next(self, patience: float) -> Json | None:
        """The next event, {} when nothing happened for `patience` seconds, None when the stream must end."""
        try:
            return await asyncio.wait_for(self._queue.get(), patience)
        except TimeoutError:
            return {}


class Feed:
    """The watchers, at most `MOST_WATCHERS`."""

    def __init__(self) -> None:
        self._watchers: set[Watcher] = set()
        self._closed = False

    @contextmanager
    def watching(self) -> Iterator[Watcher]:
        """Raises OverflowError when there is no room."""
        if self._closed or len(self._watchers) >= MOST_WATCHERS:
            raise OverflowError("too many streams are open")
        watcher = Watcher()
        self._watchers.add(watcher)
        try:
            yield watcher
        finally:
            self._watchers.discard(watcher)

    def tell(self, kind: str, details: Json | None = None) -> None:
        for watcher in self._watchers:
            watcher.tell({"type": kind} | (details or {}))

    def close(self) -> None:
        self._closed = True
        for watcher in self._watchers:
            watcher.tell(None)
