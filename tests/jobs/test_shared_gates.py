"""One gate for several lanes and processes: whoever finds a silence, its end is found once and for all."""

from datetime import timedelta

from bot.domain.errors import Ambiguous
from bot.domain.job import GIVE_UP, JobState, Queue, SystemState
from tests.jobs.floor import Floor, Journal, fails, job
from tests.jobs.onec import Onec

HOUR = timedelta(hours=1)
AWAY = "Unavailable onec ping 503"


async def test_both_lanes_of_a_system_flow_when_it_is_back_and_that_is_told_once(floor: Floor) -> None:
    onec, away = Onec(floor), floor.clock()
    out, into = [f"out {n}" for n in range(20)], [f"in {n}" for n in range(20)]
    async with floor.working(Journal(**dict.fromkeys([*out, *into], onec.serve)), onec.lanes):
        onec.answers = False
        await floor.add(*(job(key, Queue.ONEC) for key in out), *(job(key, Queue.ONEC_IN) for key in into))
        await floor.until(lambda tx: tx.systems.state("onec").silent_since)
        floor.clock.moment += HOUR
        onec.answers = True
        await floor.until_gone()
    assert onec.changes == [SystemState("onec", away, None, AWAY), SystemState("onec", None, away + HOUR, "")]


async def test_the_system_is_asked_by_one_at_a_time(floor: Floor) -> None:
    onec = Onec(floor)
    onec.answers = False
    async with floor.working(Journal(a=onec.serve), onec.lanes):
        await floor.add(job("a", Queue.ONEC))
        await floor.until(lambda _: onec.pings >= 10)
        onec.answers = True
        await floor.until_gone()
    assert onec.at_once == 1


async def test_the_time_of_silence_is_excused_to_the_jobs_of_both_lanes(floor: Floor) -> None:
    onec = Onec(floor)
    weak = fails(lambda: Ambiguous("onec", "call"))
    journal = Journal(out=weak, **{"in": weak, "probe": onec.serve})
    async with floor.working(journal, onec.lanes):
        await floor.add(job("out", Queue.ONEC), job("in", Queue.ONEC_IN))
        await floor.until_state(JobState.RETRYING, 2)
        onec.answers = False
        await floor.add(job("probe", Queue.ONEC_IN))
        await floor.until(lambda tx: tx.systems.state("onec").silent_since)
        floor.clock.moment += GIVE_UP + HOUR
        onec.answers = True
        await floor.until(lambda tx: [view.attempts for view in tx.jobs.list([JobState.RETRYING])] == [2, 2])
    assert await floor.states() == {"out": JobState.RETRYING, "in": JobState.RETRYING}


async def test_a_silence_that_another_worker_found_and_did_not_live_to_see_end_is_ended_by_us(floor: Floor) -> None:
    onec, since = Onec(floor, look_every=0.05), floor.clock()
    async with floor.working(journal := Journal(), onec.lanes):
        await floor.add(job("before", Queue.ONEC))
        await journal.reaches(1)
        await floor.books.write(lambda tx: tx.systems.silent("onec", since, AWAY))
        floor.clock.moment += HOUR
        await floor.until(lambda tx: tx.systems.state("onec").silent_since is None)
        await floor.add(job("after", Queue.ONEC))
        await journal.reaches(2)
        await floor.until_gone()
    assert onec.changes == [SystemState("onec", None, since + HOUR, "")]


async def test_a_silence_that_another_worker_found_and_that_lasts_stops_our_lanes_too(floor: Floor) -> None:
    onec = Onec(floor, look_every=0.05)
    async with floor.working(journal := Journal(), onec.lanes):
        onec.answers = False
        await floor.books.write(lambda tx: tx.systems.silent("onec", floor.clock(), AWAY))
        await floor.until(lambda _: onec.pings >= 2)
        await floor.add(job("onec", Queue.ONEC), job("viber", Queue.VIBER))
        await journal.reaches(1)
        assert journal.keys == ["viber"]
        onec.answers = True
        await floor.until_gone()
    assert journal.keys == ["viber", "onec"]
