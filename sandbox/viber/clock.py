"""The sandbox's clock: a real or injected time that the control side can move forward."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

LONGEST_NAP = 1.0


class Clock:
    """Seconds since the epoch, and waiting that notices when time was moved."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._offset = 0.0
        self._moved = asyncio.Event()

    def time(self) -> float:
        return self._now() + self._offset

    def milliseconds(self) -> int:
        return int(self.time() * 1000)

    def month(self) -> str:
        """The calendar month in UTC, by which Viber counts free messages."""
        return datetime.fromtimestamp(self.time(), UTC).strftime("%Y-%m")

    def advance(self, seconds: float) -> None:
        self._offset += seconds
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    def reset(self) -> None:
        self._offset = 0.0

    async def until(self, moment: float) -> None:
        """Return once the clock shows `moment`; naps are short, since an injected time may jump unannounced."""
        while (left := moment - self.time()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), min(left, LONGEST_NAP))
