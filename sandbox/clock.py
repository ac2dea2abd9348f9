"""The clock of a provider that calls back: a given time that the control side can move forward."""

import asyncio
from collections.abc import Callable
from contextlib import suppress


class Clock:
    """Seconds since the epoch, and waiting that notices when time was moved."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._ahead = 0.0
        self._moved = asyncio.Event()

    def time(self) -> float:
        return self._now() + self._ahead

    def advance(self, seconds: float) -> None:
        self._ahead += seconds
        self.wake()

    def reset(self) -> None:
        self._ahead = 0.0

    def wake(self) -> None:
        """Whoever waits looks again."""
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    async def nap(self, seconds: float) -> None:
        """At most so long in real time, less when the clock is moved."""
        moved = self._moved
        with suppress(TimeoutError):
            # Not wait_for: on Python 3.11 it can swallow a cancellation that comes together with the wake-up.
            async with asyncio.timeout(seconds):
                await moved.wait()
