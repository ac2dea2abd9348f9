"""Whose turn it is: one at a time in each conversation, and nobody faster than a human."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

PER_SECOND = 3.0
REMEMBERED = 10_000


class Lines:
    """A queue of one per conversation: a person's, or a group's."""

    def __init__(self) -> None:
        self._locks: dict[tuple[str, str], tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def one_at_a_time(self, key: tuple[str, str]) -> AsyncIterator[None]:
        lock, waiting = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = lock, waiting + 1
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._locks[key]
            if waiting == 1:
                del self._locks[key]
            else:
                self._locks[key] = lock, waiting - 1


class Throttle:
    """A bucket of turns per person: a burst of thumbs passes, a machine does not."""

    def __init__(self, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._clock = clock
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def allows(self, key: tuple[str, str]) -> bool:
        moment = self._clock()
        tokens, last = self._buckets.pop(key, (float(self._burst), moment))
        tokens = min(self._burst, tokens + (moment - last) * PER_SECOND)
        allowed = tokens >= 1
        self._buckets[key] = (tokens - 1 if allowed else tokens, moment)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return allowed
