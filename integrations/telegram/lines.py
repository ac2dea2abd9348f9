"""One at a time and in the order of coming, for each chat."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Lines:
    """A queue for each chat that has something to do; nothing is kept of the others."""

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def turn(self, chat: str) -> AsyncIterator[None]:
        lock, waiting = self._locks.get(chat) or (asyncio.Lock(), 0)
        self._locks[chat] = lock, waiting + 1
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._locks.pop(chat)
            if waiting > 1:
                self._locks[chat] = lock, waiting - 1
