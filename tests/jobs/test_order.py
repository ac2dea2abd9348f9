"""Which job comes next: in order for a lock, by priority otherwise, and never before its time."""

from datetime import timedelta

from bot.domain.errors import Ambiguous
from bot.domain.job import JobState, Queue
from bot.jobs import Lane
from tests.jobs.floor import Floor, Journal, fails, job

ONE_BY_ONE = {Queue.LOCAL: Lane(1)}
SECONDS = timedelta(seconds=1)


def lost() -> Ambiguous:
    return Ambiguous("onec", "submit", 504)


async def test_order_holds_for_a_lock_through_failures_while_others_flow(floor: Floor) -> None:
    await floor.add(
        job("a1", lock="a"),
        job("a2", lock="a"),
        job("a3", lock="a"),
        job("b1", lock="b"),
        job("free"),
        job("b2", lock="b"),
    )
    async with floor.working(journal := Journal(a1=fails(lost, 2)), {Queue.LOCAL: Lane(4)}):
        await journal.reaches(4)
        assert sorted(journal.keys) == ["a1", "b1", "b2", "free"]
        await floor.until_state(JobState.RETRYING)
        floor.clock.moment += 5 * SECONDS
        await journal.reaches(5)
        await floor.until_state(JobState.RETRYING)
        assert journal.keys[4:] == ["a1"]
        floor.clock.moment += 10 * SECONDS
        await journal.reaches(8)
        await floor.until_gone()
    assert journal.keys[4:] == ["a1", "a1", "a2", "a3"]


async def test_jobs_of_one_lock_follow_each_other_without_waiting_for_a_look(floor: Floor) -> None:
    async with floor.working(journal := Journal(), tick=3600):
        await floor.add(*(job(f"{n:02}", lock="chat") for n in range(20)))
        await journal.reaches(20)
        await floor.until_gone()
    assert journal.keys == [f"{n:02}" for n in range(20)]


async def test_a_higher_priority_comes_first(floor: Floor) -> None:
    await floor.add(job("low", priority=-1), job("first"), job("second"), job("high", priority=5))
    async with floor.working(journal := Journal(), ONE_BY_ONE):
        await journal.reaches(4)
        await floor.until_gone()
    assert journal.keys == ["high", "first", "second", "low"]


async def test_priority_does_not_overtake_within_a_lock(floor: Floor) -> None:
    await floor.add(job("a1", lock="a"), job("a2", lock="a", priority=9), job("free", priority=5))
    async with floor.working(journal := Journal(), ONE_BY_ONE):
        await journal.reaches(3)
        await floor.until_gone()
    assert journal.keys == ["free", "a1", "a2"]


async def test_a_job_is_not_run_before_its_time(floor: Floor) -> None:
    await floor.add(job("later", not_before=floor.clock() + timedelta(days=3)), job("now"))
    async with floor.working(journal := Journal(), ONE_BY_ONE):
        await journal.reaches(1)
        floor.clock.moment += timedelta(days=3) - SECONDS
        await floor.add(job("meanwhile"))
        await journal.reaches(2)
        await floor.until(lambda tx: len(tx.jobs.list()) == 1)
        (waiting,) = await floor.jobs(JobState.WAITING)
        assert (waiting.key, waiting.next_at) == ("later", floor.clock() + SECONDS)
        floor.clock.moment += SECONDS
        await journal.reaches(3)
        await floor.until_gone()
    assert journal.keys == ["now", "meanwhile", "later"]


async def test_a_job_that_waits_for_its_time_holds_its_lock(floor: Floor) -> None:
    await floor.add(job("a1", lock="a", not_before=floor.clock() + timedelta(days=1)), job("a2", lock="a"), job("free"))
    async with floor.working(journal := Journal(), ONE_BY_ONE):
        await journal.reaches(1)
        await floor.until(lambda tx: len(tx.jobs.list()) == 2)
        assert await floor.states() == {"a1": JobState.WAITING, "a2": JobState.WAITING}
        floor.clock.moment += timedelta(days=1)
        await journal.reaches(3)
        await floor.until_gone()
    assert journal.keys == ["free", "a1", "a2"]
