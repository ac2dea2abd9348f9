"""A worker told to stop loses nothing: what ends in time ends, the rest is given back."""

import asyncio
import contextlib

from bot.domain.job import JobState, Queue, Run
from bot.jobs import Lane
from tests.jobs.floor import PATIENCE, Floor, Journal, job, running


class Slow:
    """A deed that lasts until it is let go."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.let_go = asyncio.Event()

    async def __call__(self, _: Run) -> None:
        self.begun.set()
        await self.let_go.wait()


async def test_a_graceful_stop_lets_running_jobs_end_and_begins_no_other(floor: Floor) -> None:
    slow, stop = Slow(), asyncio.Event()
    await floor.add(job("running"), job("waiting"))
    worker = floor.worker(journal := Journal(running=slow), {Queue.LOCAL: Lane(1)})
    working = asyncio.create_task(worker.run(stop))
    async with asyncio.timeout(PATIENCE):
        await slow.begun.wait()
        stop.set()
        assert not (await asyncio.wait([working], timeout=0.1))[0]
        slow.let_go.set()
        await working
    assert journal.keys == ["running"]
    assert await floor.states() == {"waiting": JobState.WAITING}


async def test_a_job_longer_than_the_grace_is_given_back_and_has_not_failed(floor: Floor) -> None:
    slow = Slow()
    await floor.add(job("a", lock="a"), job("b", lock="a"))
    async with running(floor.worker(journal := Journal(a=slow), grace=0.05)):
        await slow.begun.wait()
    assert journal.keys == ["a"]
    shown = await floor.jobs()
    assert [(view.key, view.state, view.next_at) for view in shown] == [
        ("a", JobState.WAITING, None),
        ("b", JobState.WAITING, None),
    ]
    slow.let_go.set()
    async with floor.working(journal):
        await floor.until_gone()
    assert journal.keys == ["a", "a", "b"]
    assert [run.attempt for run in journal.runs] == [1, 2, 1]


async def test_a_cancelled_worker_gives_back_at_once(floor: Floor) -> None:
    slow = Slow()
    await floor.add(job("a"))
    working = asyncio.create_task(floor.worker(Journal(a=slow), grace=3600).run(asyncio.Event()))
    async with asyncio.timeout(PATIENCE):
        await slow.begun.wait()
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working
    assert await floor.states() == {"a": JobState.WAITING}


async def test_a_worker_may_be_run_again(floor: Floor) -> None:
    worker = floor.worker(journal := Journal())
    for count in (1, 2, 3):
        async with running(worker):
            await floor.add(job(f"{count}"))
            await journal.reaches(count)
            await floor.until_gone()


async def test_a_worker_told_to_stop_before_it_begins_ends(floor: Floor) -> None:
    stop = asyncio.Event()
    stop.set()
    async with asyncio.timeout(PATIENCE):
        await floor.worker(Journal()).run(stop)


async def test_a_worker_leaves_the_queues_of_others_alone(floor: Floor) -> None:
    await floor.add(job("notice", Queue.VIBER), job("local"))
    async with floor.working(journal := Journal(), {Queue.LOCAL: Lane(1)}):
        await journal.reaches(1)
        await floor.until(lambda tx: len(tx.jobs.list()) == 1)
    assert await floor.states() == {"notice": JobState.WAITING}
