"""The clock of a sandbox: a given time that the control side can move forward."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

LONGEST_NAP = 1.0


class Clock:
    """Seconds since the epoch, and waiting that notices when time was moved."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._ahead = 0.0
        self._moved = asyncio.Event()

    def time(self) -> float:
        return self._now() + self._ahead

    def seconds(self) -> int:
        return int(self.time())

    def milliseconds(self) -> int:
        return int(self.time() * 1000)

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

    async def until(self, moment: float) -> None:
        """Returns once the clock shows `moment`; naps are short, since the given time may jump unannounced."""
        while (left := moment - self.time()) > 0:
            await self.nap(min(left, LONGEST_NAP))
