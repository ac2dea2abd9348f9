"""Readings are asked again where the service was away."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import stamina

from bot.domain.errors import Unavailable

_Read = TypeVar("_Read")


async def again(reading: Callable[[], Awaitable[_Read]]) -> _Read:
    """Three times at most. Raises what the last of them did."""
    async for attempt in stamina.retry_context(on=Unavailable, attempts=3, timeout=60, wait_initial=0.5):
        with attempt:
            result = await reading()
    return result
