"""The limit of calls: ten a second for a company and all its programs together; we stop short of it."""

import asyncio
import time
from collections.abc import Awaitable, Callable

PER_SECOND = 8
AT_ONCE = 2
LONGEST_HOLD = 20.0
"""Seconds a call waits when the service asks for a pause; for a longer one it gives up at once."""


class Pace:
    """Lets calls go one after another; two may go at once after a silence."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        per_second: float = PER_SECOND,
    ) -> None:
        self._clock = clock
        self._pause = pause
        self._interval = 1 / per_second
        self._next = 0.0
        self._held_until = 0.0

    async def turn(self) -> bool:
        """Returns when a call may go; False where the service wants no calls for longer than is worth waiting."""
        now = self._clock()
        if self._held_until - now > LONGEST_HOLD:
            return False
        ready = max(self._next, self._held_until, now - (AT_ONCE - 1) * self._interval)
        self._next = ready + self._interval
        if ready > now:
            await self._pause(ready - now)
        return True

    def hold(self, seconds: float) -> None:
        """The service asks for a pause."""
        self._held_until = max(self._held_until, self._clock() + seconds)
