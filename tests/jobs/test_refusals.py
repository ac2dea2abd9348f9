"""A system that refuses us as a caller is as good as silent; what it refuses of one job only is not tried for long."""

from datetime import timedelta

import pytest

from bot.db.tx import Tx
from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from bot.domain.job import GIVE_UP, JobState, JobView, Patience, Queue, SystemState
from bot.jobs import Lane
from tests.jobs.floor import Floor, Journal, fails, job
from tests.jobs.onec import Onec, locked_out

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ASKED_AGAIN = {Queue.ONEC_IN: Lane(2, None, Patience(HOUR, 5 * MINUTE, buried=False))}


def untold(_: Tx, view: JobView) -> None:
    raise AssertionError(view.key)


async def test_a_password_changed_there_closes_the_gate_and_buries_nothing(floor: Floor) -> None:
    onec, away = Onec(floor), floor.clock()
    keys = [f"{n:02}" for n in range(30)]
    async with floor.working(journal := Journal(**dict.fromkeys(keys, onec.serve)), onec.lanes, on_dead=untold):
        onec.refuses = True
        await floor.add(*(job(key, Queue.ONEC) for key in keys))
        await floor.until(lambda tx: tx.systems.state("onec").silent_since)
        await floor.until(lambda tx: JobState.RUNNING not in tx.jobs.counts()[Queue.ONEC])
        counts = await floor.books.read(lambda tx: tx.jobs.counts())
        assert counts == {Queue.ONEC: {JobState.RETRYING: 1, JobState.WAITING: 29}}
        floor.clock.moment += GIVE_UP
        onec.refuses = False
        await floor.until_gone()
    assert len(journal.keys) <= 38
    assert onec.changes == [
        SystemState("onec", away, None, "LockedOut onec ping unauthorized"),
        SystemState("onec", None, away + GIVE_UP, ""),
    ]


async def test_a_refusal_of_us_that_the_ping_does_not_meet_is_a_dead_letter_after_a_quarter_of_an_hour(
    floor: Floor,
) -> None:
    onec = Onec(floor)
    onec.refuses_jobs = True
    async with floor.working(Journal(a=onec.serve), onec.lanes):
        await floor.add(job("a", Queue.ONEC), job("b", Queue.ONEC))
        await floor.until_state(JobState.RETRYING)
        await floor.until(lambda tx: len(tx.jobs.list()) == 1)
        floor.clock.moment += 14 * MINUTE
        await floor.until(lambda tx: [view.attempts for view in tx.jobs.list([JobState.RETRYING])] == [2])
        floor.clock.moment += MINUTE
        (dead,) = await floor.until_state(JobState.DEAD)
    assert dead.error == "LockedOut onec submit unauthorized"
    assert onec.changes == []


async def test_without_a_gate_a_refusal_of_us_is_tried_again_too(floor: Floor) -> None:
    async with floor.working(Journal(a=fails(lambda: locked_out("send"))), {Queue.LOCAL: Lane(1)}):
        await floor.add(job("a"))
        await floor.until_state(JobState.RETRYING)
        floor.clock.moment += 15 * MINUTE
        await floor.until_state(JobState.DEAD)


@pytest.mark.parametrize("error", [Unavailable("onec", "page", "timeout"), Ambiguous("onec", "page")])
async def test_what_is_asked_for_again_anyway_holds_its_lock_for_minutes_only_and_is_no_dead_letter(
    floor: Floor, error: OutsideError
) -> None:
    await floor.add(job("first", Queue.ONEC_IN, lock="stock"), job("next", Queue.ONEC_IN, lock="stock"))

    def fail() -> OutsideError:
        return error

    async with floor.working(journal := Journal(first=fails(fail)), ASKED_AGAIN, on_dead=untold):
        for attempt in range(1, 13):
            await floor.until(lambda tx, tries=attempt: _tries(tx) == tries)  # type: ignore[misc]
            (shown,) = await floor.jobs(JobState.RETRYING)
            assert shown.next_at is not None
            assert shown.next_at - floor.clock() <= 5 * MINUTE
            floor.clock.moment += 5 * MINUTE
        await journal.reaches(14)
        await floor.until_gone()
    assert journal.keys == [*["first"] * 13, "next"]


async def test_what_is_asked_for_again_anyway_ends_where_it_is_refused(floor: Floor) -> None:
    await floor.add(job("first", Queue.ONEC_IN, lock="stock"), job("next", Queue.ONEC_IN, lock="stock"))
    journal = Journal(first=fails(lambda: Rejected("onec", "page", 400)))
    async with floor.working(journal, ASKED_AGAIN, on_dead=untold):
        await journal.reaches(2)
        await floor.until_gone()
    assert journal.keys == ["first", "next"]


async def test_a_fault_of_ours_is_a_dead_letter_even_there_but_holds_its_lock_for_minutes_only(floor: Floor) -> None:
    await floor.add(job("faulty", Queue.ONEC_IN))
    async with floor.working(journal := Journal(faulty=fails(ValueError)), ASKED_AGAIN):
        await floor.until_state(JobState.RETRYING)
        floor.clock.moment += GIVE_UP - HOUR
        await journal.reaches(2)
        (shown,) = await floor.until_state(JobState.RETRYING)
        assert shown.next_at is not None
        assert shown.next_at - floor.clock() <= 5 * MINUTE
        floor.clock.moment += HOUR
        await floor.until_state(JobState.DEAD)


def _tries(tx: Tx) -> int:
    return max((view.attempts for view in tx.jobs.list([JobState.RETRYING])), default=0)
