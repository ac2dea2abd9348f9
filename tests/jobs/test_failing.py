"""What becomes of a job that fails: again, later, buried, replayed or given up."""

from datetime import timedelta

import pytest

from bot.db.tx import Tx
from bot.domain.errors import Ambiguous, Rejected
from bot.domain.job import GIVE_UP, JobState, JobView, Postponed, Queue, Run, pause
from bot.jobs import Lane
from tests.jobs.floor import Floor, Journal, fails, job

HOUR = timedelta(hours=1)
FULL = {Queue.LOCAL: Lane(4)}


def lost() -> Ambiguous:
    return Ambiguous("onec", "submit", 504)


def refused() -> Rejected:
    return Rejected("onec", "submit", 400)


@pytest.mark.parametrize(
    ("failures", "chance", "seconds"),
    [(1, 0.0, 5), (2, 0.0, 10), (5, 0.0, 80), (10, 0.0, 2560), (11, 0.0, 3600), (400, 0.0, 3600), (2, 0.5, 8.75)],
)
def test_pauses_double_up_to_an_hour(failures: int, chance: float, seconds: float) -> None:
    assert pause(failures, chance) == timedelta(seconds=seconds)


async def test_a_failed_job_tells_why_and_when_it_is_next(floor: Floor) -> None:
    await floor.add(job("a"))
    async with floor.working(Journal(a=fails(lost))):
        (shown,) = await floor.until_state(JobState.RETRYING)
    assert (shown.error, shown.attempts, shown.first_failed_at) == ("Ambiguous onec submit 504", 1, floor.clock())
    assert shown.next_at is not None
    assert timedelta(seconds=3.75) < shown.next_at - floor.clock() <= timedelta(seconds=5)


async def test_an_unforeseen_failure_is_told_by_its_kind_and_never_by_its_words(floor: Floor) -> None:
    await floor.add(job("a"))
    async with floor.working(Journal(a=fails(lambda: ValueError("+380501112233")))):
        (shown,) = await floor.until_state(JobState.RETRYING)
    assert shown.error.startswith("ValueError floor.py:")
    assert "380" not in shown.error


async def test_a_poisoned_job_dies_after_two_days_while_others_flow(floor: Floor) -> None:
    buried: list[JobView] = []
    await floor.add(job("poisoned", lock="p"), job("behind", lock="p"), job("other", lock="o"))
    async with floor.working(journal := Journal(poisoned=fails(lost)), on_dead=lambda _, view: buried.append(view)):
        await journal.reaches(2)
        await floor.until_state(JobState.RETRYING)
        floor.clock.moment += GIVE_UP - HOUR
        await journal.reaches(3)
        await floor.until_state(JobState.RETRYING)
        assert await floor.states() == {"poisoned": JobState.RETRYING, "behind": JobState.WAITING}
        floor.clock.moment += HOUR
        await journal.reaches(5)
        await floor.until(lambda tx: len(tx.jobs.list()) == 1)
    assert sorted(journal.keys[:2]) == ["other", "poisoned"]
    assert journal.keys[2:] == ["poisoned", "poisoned", "behind"]
    (dead,) = await floor.jobs(JobState.DEAD)
    assert (dead.key, dead.attempts, dead.error, dead.next_at) == ("poisoned", 3, "Ambiguous onec submit 504", None)
    assert [view.id for view in buried] == [dead.id]
    assert await floor.books.read(lambda tx: tx.jobs.counts()) == {Queue.LOCAL: {JobState.DEAD: 1}}


async def test_what_is_rejected_is_buried_at_once_together_with_what_on_dead_writes(floor: Floor) -> None:
    def tells(tx: Tx, view: JobView) -> None:
        tx.jobs.add(job(f"notice of {view.key}", Queue.VIBER), floor.clock())

    await floor.add(job("a"))
    async with floor.working(Journal(a=fails(refused)), FULL, on_dead=tells):
        await floor.until_state(JobState.DEAD)
    assert await floor.states() == {"a": JobState.DEAD, "notice of a": JobState.WAITING}


async def test_a_job_whose_burial_cannot_be_told_is_tried_again_and_not_lost(floor: Floor) -> None:
    told: list[str] = []

    def tells_the_second_time(tx: Tx, view: JobView) -> None:
        told.append(view.key)
        tx.jobs.add(job(f"notice {len(told)}", Queue.VIBER), floor.clock())
        if len(told) == 1:
            raise RuntimeError

    await floor.add(job("a"))
    async with floor.working(journal := Journal(a=fails(refused)), FULL, on_dead=tells_the_second_time):
        await floor.until(lambda tx: tx.jobs.list()[0].next_at is not None)
        assert await floor.states() == {"a": JobState.WAITING}
        floor.clock.moment += HOUR
        await journal.reaches(2)
        await floor.until_state(JobState.DEAD)
    assert await floor.states() == {"a": JobState.DEAD, "notice 2": JobState.WAITING}


async def test_a_postponed_job_is_run_at_its_time_and_has_not_failed(floor: Floor) -> None:
    until = floor.clock() + 7 * HOUR
    await floor.add(job("a"))
    async with floor.working(journal := Journal(a=fails(lambda: Postponed(until), 1))):
        await floor.until(lambda tx: tx.jobs.list()[0].next_at is not None)
        (shown,) = await floor.jobs()
        assert (shown.state, shown.next_at, shown.first_failed_at) == (JobState.WAITING, until, None)
        floor.clock.moment = until
        await journal.reaches(2)
        await floor.until_gone()
    assert [run.attempt for run in journal.runs] == [1, 2]


async def test_a_postponed_job_is_not_woken_with_those_that_failed(floor: Floor) -> None:
    until = floor.clock() + 7 * HOUR
    await floor.add(job("later"), job("failed"), job("not yet", not_before=until))
    journal = Journal(later=fails(lambda: Postponed(until), 1), failed=fails(lost, 1))
    async with floor.working(journal):
        await floor.until_state(JobState.RETRYING)
        await floor.until(lambda tx: all(view.next_at for view in tx.jobs.list()))
        await floor.books.write(lambda tx: tx.jobs.wake(Queue.LOCAL))
        await journal.reaches(3)
        await floor.until(lambda tx: len(tx.jobs.list()) == 2)
    assert journal.keys[2:] == ["failed"]


async def test_a_job_without_a_handler_waits_for_a_process_that_has_one(floor: Floor) -> None:
    await floor.add(job("a"))
    async with floor.working({}):
        (shown,) = await floor.until_state(JobState.RETRYING)
    assert shown.error == "no handler"
    floor.clock.moment += HOUR
    async with floor.working(journal := Journal()):
        await journal.reaches(1)
        await floor.until_gone()


async def test_a_dead_job_is_replayed_under_its_own_id_in_front_of_its_lock(floor: Floor) -> None:
    await floor.add(job("a1", lock="a"))
    async with floor.working(journal := Journal(a1=fails(refused, 1))):
        (dead,) = await floor.until_state(JobState.DEAD)
        await floor.add(job("a2", lock="a", not_before=floor.clock() + HOUR, priority=4), job("a3", lock="a"))
        assert await floor.books.write(lambda tx: tx.jobs.replay(dead.id, floor.clock()))
        await journal.reaches(2)
        floor.clock.moment += HOUR
        await journal.reaches(4)
        await floor.until_gone()
    assert journal.keys == ["a1", "a1", "a2", "a3"]
    assert [run.id for run in journal.runs[:2]] == [dead.id, dead.id]
    assert [run.attempt for run in journal.runs[:2]] == [1, 2]
    assert not await floor.books.write(lambda tx: tx.jobs.replay(dead.id, floor.clock()))


async def test_those_that_died_since_a_moment_are_replayed(floor: Floor) -> None:
    journal = Journal(old=fails(refused), new1=fails(refused, 1), new2=fails(refused, 1))
    async with floor.working(journal, {Queue.LOCAL: Lane(1)}):
        await floor.add(job("old"))
        await floor.until_state(JobState.DEAD)
        floor.clock.moment += HOUR
        since = floor.clock()
        await floor.add(job("new1"), job("new2"))
        await floor.until_state(JobState.DEAD, 3)
        assert [view.key for view in await floor.books.read(lambda tx: tx.jobs.list([JobState.DEAD], 9, since))] == [
            "new2",
            "new1",
        ]
        assert await floor.books.write(lambda tx: tx.jobs.replay_dead_since(since, floor.clock())) == 2
        await journal.reaches(5)
        await floor.until(lambda tx: len(tx.jobs.list()) == 1)
    assert journal.keys == ["old", "new1", "new2", "new1", "new2"]


async def test_a_dropped_job_is_given_up_for_good_and_those_behind_it_go_on(floor: Floor) -> None:
    await floor.add(job("a1", lock="a"), job("a2", lock="a"), job("dead"))
    async with floor.working(journal := Journal(a1=fails(lost), dead=fails(refused))):
        await floor.until_state(JobState.DEAD)
        await floor.until_state(JobState.RETRYING)
        ids = {view.key: view.id for view in await floor.jobs()}
        dropped = await floor.books.write(
            lambda tx: [tx.jobs.drop(each, floor.clock()) for each in (ids["a1"], ids["dead"], ids["dead"], "0", "x")]
        )
        assert dropped == [True, True, False, False, False]
        await journal.reaches(3)
        await floor.until(lambda tx: len(tx.jobs.list()) == 2)
    assert journal.keys[2:] == ["a2"]
    assert await floor.states() == {"a1": JobState.DROPPED, "dead": JobState.DROPPED}
    assert not await floor.books.write(lambda tx: tx.jobs.replay(ids["dead"], floor.clock()))
    assert await floor.add(job("a1")) == [False]


async def test_a_running_job_cannot_be_dropped(floor: Floor) -> None:
    dropped: list[bool] = []

    async def drops_itself(run: Run) -> None:
        dropped.append(await floor.books.write(lambda tx: tx.jobs.drop(run.id, floor.clock())))

    await floor.add(job("a"))
    async with floor.working(journal := Journal(a=drops_itself)):
        await journal.reaches(1)
        await floor.until_gone()
    assert dropped == [False]
