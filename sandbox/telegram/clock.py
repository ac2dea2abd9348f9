"""The sandbox's clock: a real or injected time that the control side can move forward."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

LONGEST_NAP = 1.0


class Clock:
    """Seconds since the epoch, and waiting that notices when time was moved."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._shift = 0.0
        self._moved = asyncio.Event()

    def time(self) -> float:
        return self._now() + self._shift

    def seconds(self) -> int:
        return int(self.time())

    def advance(self, seconds: float) -> None:
        self._shift += seconds
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    def reset(self) -> None:
        self._shift = 0.0

    async def until(self, moment: float) -> None:
        """Returns once the clock shows `moment`; naps are short, since an injected time may jump unannounced."""
        while (left := moment - self.time()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), min(left, LONGEST_NAP))
