"""What is remembered of jobs goes when nobody can need it."""

from datetime import timedelta

from bot.db.tx import Tx
from bot.domain.errors import Rejected
from bot.domain.job import JobState
from tests.jobs.floor import Floor, Journal, fails, job

DAY = timedelta(days=1)


async def tidied(floor: Floor) -> dict[str, int]:
    now = floor.clock()

    def body(tx: Tx) -> dict[str, int]:
        return {
            "dropped": tx.upkeep.dropped_jobs(now - 30 * DAY),
            "keys": tx.upkeep.job_keys(now - 30 * DAY, now),
            "limits": tx.upkeep.limits(now),
        }

    return await floor.books.write(body)


async def test_a_key_is_remembered_for_thirty_days_after_the_job_ended(floor: Floor) -> None:
    journal = Journal(dead=fails(lambda: Rejected("onec", "submit", 400), 1))
    async with floor.working(journal):
        await floor.add(job("done"), job("dead"))
        await floor.until_state(JobState.DEAD)
        await floor.until(lambda tx: len(tx.jobs.list()) == 1)
        floor.clock.moment += 29 * DAY
        assert (await tidied(floor))["keys"] == 0
        floor.clock.moment += 2 * DAY
        assert (await tidied(floor))["keys"] == 1
        assert await floor.add(job("done"), job("dead")) == [True, False]
        await floor.books.write(lambda tx: tx.jobs.replay_dead_since(floor.clock() - 60 * DAY, floor.clock()))
        await floor.until_gone()
        floor.clock.moment += 29 * DAY
        assert (await tidied(floor))["keys"] == 0
        assert await floor.add(job("dead")) == [False]
        floor.clock.moment += 2 * DAY
        assert (await tidied(floor))["keys"] == 2


async def test_a_dropped_job_is_pruned_and_then_its_key(floor: Floor) -> None:
    await floor.add(job("a"))
    (waiting,) = await floor.jobs()
    await floor.books.write(lambda tx: tx.jobs.drop(waiting.id, floor.clock()))
    floor.clock.moment += 29 * DAY
    assert await tidied(floor) == {"dropped": 0, "keys": 0, "limits": 0}
    assert await floor.states() == {"a": JobState.DROPPED}
    floor.clock.moment += 2 * DAY
    assert await tidied(floor) == {"dropped": 1, "keys": 0, "limits": 0}
    assert await floor.jobs() == []
    floor.clock.moment += 31 * DAY
    assert (await tidied(floor))["keys"] == 1


async def test_marks_of_effects_stay_while_the_job_may_run_again(floor: Floor) -> None:
    journal = Journal(dead=fails(lambda: Rejected("onec", "submit", 400)))
    async with floor.working(journal):
        await floor.add(job("done"), job("dead"))
        await floor.until_state(JobState.DEAD)
        await floor.until(lambda tx: len(tx.jobs.list()) == 1)
    runs = journal.runs

    def marks(tx: Tx) -> list[bool]:
        return [tx.jobs.first_time(run) for run in sorted(runs, key=lambda run: run.job.key)]

    assert await floor.books.write(marks) == [True, True]
    gone = await floor.books.write(lambda tx: tx.upkeep.job_steps(floor.clock() + 3650 * DAY))
    assert gone == 1
    assert await floor.books.write(marks) == [False, True]


async def test_a_bucket_that_is_full_again_goes(floor: Floor) -> None:
    now = floor.clock()
    await floor.books.write(lambda tx: [tx.limits.reserve(f"chat:{n}", n, 1, now) for n in (1, 2)])
    floor.clock.moment += timedelta(seconds=1)
    assert (await tidied(floor))["limits"] == 1
