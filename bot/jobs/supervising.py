"""A worker that ends by itself is a fault of ours: it is said aloud, and the work begins again."""

import asyncio
from contextlib import suppress

from bot.jobs.troubles import named
from bot.jobs.worker import Worker
from bot.logs import log

PAUSE = 5.0
logger = log("jobs")


async def supervised(worker: Worker, stop: asyncio.Event, pause: float = PAUSE) -> None:
    """Run the worker until told to stop, however often it takes."""
    while not stop.is_set():
        try:
            await worker.run(stop)
        except asyncio.CancelledError as error:
            if _cancelled():
                raise
            _say(error, pause)
        except Exception as error:
            _say(error, pause)
        else:
            if stop.is_set():
                return
            _say(None, pause)
        with suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await stop.wait()


def _cancelled() -> bool:
    """Whether it is we who are to end, and not something of the worker that was cancelled."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _say(error: BaseException | None, pause: float) -> None:
    logger.critical("worker ended by itself", error=named(error) if error else "", again_in=pause)
