"""A worker that ends by itself begins again, aloud; while it does not work, nobody says that it does."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.domain.job import Queue
from bot.jobs import Heartbeat, Worker, supervised
from bot.services.readiness import Readiness
from tests.jobs.floor import PATIENCE, Floor, Journal, job, running

MISSING = {"worker": "no background worker is alive"}


class Frail(Worker):
    """A worker whose lanes end so many times, each in its way, before they run until the stop."""

    ends: Iterator[Callable[[], None]]

    async def _work(self, stop: asyncio.Event) -> None:
        end = next(self.ends, None)
        if end is not None:
            end()
            return
        self.at_work.set()
        await stop.wait()

    def _opened(self, queue: Queue) -> None:
        pass


def raises(error: type[BaseException]) -> Callable[[], None]:
    def end() -> None:
        raise error

    return end


def frail(floor: Floor, *ends: Callable[[], None]) -> Frail:
    worker = Frail(floor.books, {}, [], {}, now=floor.clock)
    worker.ends = iter(ends)
    return worker


@pytest.mark.parametrize(
    ("end", "said"),
    [(raises(ValueError), "ValueError"), (raises(asyncio.CancelledError), "CancelledError"), (lambda: None, "")],
)
async def test_a_worker_that_ends_by_itself_begins_again(floor: Floor, end: Callable[[], None], said: str) -> None:
    worker, stop = frail(floor, end, end), asyncio.Event()
    with capture_logs() as lines:
        working = asyncio.create_task(supervised(worker, stop, pause=0.0))
        async with asyncio.timeout(PATIENCE):
            await worker.at_work.wait()
            stop.set()
            await working
    assert [(line["event"], line["log_level"]) for line in lines] == [("worker ended by itself", "critical")] * 2
    assert [line["error"].partition(" ")[0] for line in lines] == [said] * 2


async def test_several_faults_at_once_are_all_named(floor: Floor) -> None:
    def end() -> None:
        raise ExceptionGroup("lanes", [ValueError(), KeyError()])

    worker, stop = frail(floor, end), asyncio.Event()
    with capture_logs() as lines:
        working = asyncio.create_task(supervised(worker, stop, pause=0.0))
        async with asyncio.timeout(PATIENCE):
            await worker.at_work.wait()
            stop.set()
            await working
    assert [line["error"] for line in lines] == ["ValueError, KeyError"]


async def test_whoever_is_cancelled_ends_and_whoever_is_told_to_stop_does_not_wait(floor: Floor) -> None:
    worker, stop = frail(floor), asyncio.Event()
    cancelled = asyncio.create_task(supervised(worker, stop))
    async with asyncio.timeout(PATIENCE):
        await worker.at_work.wait()
        cancelled.cancel()
        await asyncio.gather(cancelled, return_exceptions=True)
        assert cancelled.cancelled()
        pausing = asyncio.create_task(supervised(frail(floor, raises(ValueError)), stop, pause=3600))
        await asyncio.wait([pausing], timeout=0.1)
        stop.set()
        await pausing


async def test_a_worker_is_at_work_from_its_start_to_its_end(floor: Floor) -> None:
    worker = floor.worker(journal := Journal())
    assert not worker.at_work.is_set()
    async with running(worker):
        await floor.add(job("a"))
        await journal.reaches(1)
        assert worker.at_work.is_set()
    assert not worker.at_work.is_set()


async def test_a_process_whose_worker_does_not_work_is_not_ready(floor: Floor) -> None:
    at_work, readiness = asyncio.Event(), Readiness(floor.books, floor.clock)
    heartbeat = Heartbeat(floor.books, "run", floor.clock, at_work)
    beating = asyncio.create_task(heartbeat.beat())
    await asyncio.wait([beating], timeout=0.1)
    assert await readiness.missing() == MISSING
    at_work.set()
    await beating
    assert await readiness.missing() == {}
    at_work.clear()
    floor.clock.moment += timedelta(seconds=21)
    beating = asyncio.create_task(heartbeat.beat())
    await asyncio.wait([beating], timeout=0.1)
    assert await readiness.missing() == MISSING
    beating.cancel()
