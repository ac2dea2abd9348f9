"""Work that goes on beside the jobs, whatever goes wrong with one round of it."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.jobs.troubles import named
from bot.logs import log

logger = log("jobs")


async def steadily(what: str, every: float, work: Callable[[], Awaitable[object]]) -> None:
    """The work every so many seconds until cancelled; a failure is said and does not end it."""
    while True:
        try:
            await work()
        except Exception as error:
            logger.error("background work failed", what=what, error=named(error))
        await asyncio.sleep(every)


async def ended(tasks: list[asyncio.Task[None]]) -> None:
    """Cancel them and see them go."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
