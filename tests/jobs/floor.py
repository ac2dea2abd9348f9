"""Where workers work: books, a clock that moves when told, handlers that keep a journal."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.job import Job, JobState, JobView, Queue, Run
from bot.jobs import Handler, Lane, OnDead, Schedule, Worker, worker_for
from tests.support.desk import Clock

PATIENCE = 30.0
QUICK = 0.05
"""Seconds between two looks at the clock, which tests move."""


class Journal:
    """A handler that notes the names of its runs, does what it is told to for them, and can be waited for."""

    def __init__(self, **deeds: Callable[[Run], Any]) -> None:
        self.runs: list[Run] = []
        self._deeds = deeds
        self._told = asyncio.Condition()

    async def __call__(self, run: Run) -> None:
        try:
            deed = self._deeds.get(run.job.key)
            if deed is not None and (doing := deed(run)) is not None:
                await doing
        finally:
            async with self._told:
                self.runs.append(run)
                self._told.notify_all()

    @property
    def keys(self) -> list[str]:
        """The keys of the jobs that ran, in the order in which their runs ended."""
        return [run.job.key for run in self.runs]

    async def reaches(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE), self._told:
            await self._told.wait_for(lambda: len(self.runs) >= count)


class Floor:
    """One database with its books and its clock."""

    def __init__(self, url: str, books: Books) -> None:
        self.url = url
        self.books = books
        self.clock = Clock()

    async def add(self, *jobs: Job) -> list[bool]:
        return await self.books.write(lambda tx: [tx.jobs.add(job, self.clock()) for job in jobs])

    async def jobs(self, *states: JobState) -> list[JobView]:
        """Oldest first; all of them unless states are named."""
        listed = await self.books.read(lambda tx: tx.jobs.list(states or tuple(JobState)))
        return listed[::-1]

    async def states(self) -> dict[str, JobState]:
        return {job.key: job.state for job in await self.jobs()}

    async def until(self, condition: Callable[[Tx], object]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not await self.books.read(condition):  # noqa: ASYNC110 what the books hold rings no bell
                await asyncio.sleep(0.01)

    async def until_state(self, state: JobState, count: int = 1) -> list[JobView]:
        await self.until(lambda tx: len(tx.jobs.list([state])) >= count)
        return await self.jobs(state)

    async def until_gone(self) -> None:
        """All jobs succeeded."""
        await self.until(lambda tx: not tx.jobs.list())

    def worker(
        self,
        handler: Handler | Mapping[str, Handler],
        lanes: Mapping[Queue, Lane] | None = None,
        *,
        schedules: Sequence[Schedule] = (),
        on_dead: OnDead | None = None,
        grace: float = PATIENCE,
        tick: float = QUICK,
    ) -> Worker:
        handlers = handler if isinstance(handler, Mapping) else {"job": handler}
        lanes = lanes or {queue: Lane(2) for queue in Queue}
        worker = worker_for(
            self.url, self.books, handlers, schedules, lanes, now=self.clock, on_dead=on_dead, grace=grace
        )
        worker.tick = tick
        return worker

    @asynccontextmanager
    async def working(self, handler: Handler | Mapping[str, Handler], *rest: Any, **more: Any) -> AsyncIterator[None]:
        async with running(self.worker(handler, *rest, **more)):
            yield


@asynccontextmanager
async def running(worker: Worker) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(worker.run(stop))
    try:
        yield
    finally:
        stop.set()
        async with asyncio.timeout(PATIENCE * 2):
            await task


def job(key: str, queue: Queue = Queue.LOCAL, **more: Any) -> Job:
    return Job("job", queue, {"n": 1}, key, **more)


def fails(error: Callable[[], Exception], times: int = 10**6) -> Callable[[Run], None]:
    """A deed that raises, so many times."""
    left = [times]

    def deed(_: Run) -> None:
        if left[0]:
            left[0] -= 1
            raise error()

    return deed
