"""A silent system: its lane rests, others flow, and everything flows again as soon as it answers."""

from datetime import timedelta

from bot.db.tx import Tx
from bot.domain.errors import Ambiguous, Unavailable
from bot.domain.job import GIVE_UP, JobState, Queue, SystemState
from tests.jobs.floor import Floor, Journal, fails, job
from tests.jobs.onec import Onec

HOUR = timedelta(hours=1)
MANY = 100


def of_onec(count: int) -> list[str]:
    return [f"{number:03}" for number in range(count)]


async def test_a_silent_system_stops_its_own_lane_only(floor: Floor) -> None:
    onec = Onec(floor)
    onec.answers = False
    journal = Journal(**dict.fromkeys(of_onec(20), onec.serve))
    async with floor.working(journal, onec.lanes):
        await floor.add(*(job(key, Queue.ONEC) for key in of_onec(20)))
        await floor.until(lambda tx: tx.systems.state("onec").silent_since)
        tried = len(journal.keys)
        await floor.add(*(job(f"notice {n}", Queue.VIBER) for n in range(5)))
        await floor.until(lambda tx: Queue.VIBER not in tx.jobs.counts())
    assert tried <= 8
    assert [key for key in journal.keys if key.startswith("notice")] == [f"notice {n}" for n in range(5)]
    counts = await floor.books.read(lambda tx: tx.jobs.counts())
    assert counts == {Queue.ONEC: {JobState.RETRYING: 1, JobState.WAITING: 19}}
    assert onec.changes == [SystemState("onec", floor.clock(), None, "Unavailable onec ping 503")]


async def test_all_that_waits_flows_when_the_system_is_back_whatever_its_backoff(floor: Floor) -> None:
    onec, away = Onec(floor), floor.clock()
    keys = of_onec(MANY)
    journal = Journal(**dict.fromkeys(keys, onec.serve))
    async with floor.working(journal, onec.lanes):
        onec.answers = False
        await floor.add(*(job(key, Queue.ONEC) for key in keys))
        await floor.until(lambda tx: tx.systems.state("onec").silent_since)
        floor.clock.moment += 10 * HOUR
        tried = len(journal.keys)
        onec.answers = True
        await floor.until_gone()
    assert len(journal.keys) <= tried + MANY + 4
    back = away + 10 * HOUR
    assert onec.changes == [
        SystemState("onec", away, None, "Unavailable onec ping 503"),
        SystemState("onec", None, back, ""),
    ]
    assert await floor.books.read(lambda tx: tx.systems.all()) == [SystemState("onec", None, back, "")]


async def test_a_job_with_an_hour_to_wait_is_due_when_the_system_is_back(floor: Floor) -> None:
    onec = Onec(floor)
    journal = Journal(slow=fails(lambda: Ambiguous("onec", "submit"), 1), probe=onec.serve)
    async with floor.working(journal, onec.lanes):
        await floor.add(job("slow", Queue.ONEC))
        await floor.until_state(JobState.RETRYING)
        onec.answers = False
        await floor.add(job("probe", Queue.ONEC))
        await floor.until(lambda tx: tx.systems.state("onec").silent_since)
        onec.answers = True
        await floor.until_gone()
    assert journal.keys.count("slow") == 2


async def test_a_fault_of_one_job_does_not_close_the_gate(floor: Floor) -> None:
    onec = Onec(floor)
    journal = Journal(faulty=fails(lambda: Unavailable("onec", "submit", 500)))
    async with floor.working(journal, onec.lanes):
        await floor.add(job("faulty", Queue.ONEC), job("good", Queue.ONEC))
        await floor.until_state(JobState.RETRYING)
        await floor.until(lambda tx: len(tx.jobs.list()) == 1)
    assert onec.pings == 1
    assert onec.changes == []


async def test_the_time_of_silence_does_not_bring_a_job_nearer_to_its_end(floor: Floor) -> None:
    onec, began = Onec(floor), floor.clock()
    journal = Journal(weak=fails(lambda: Ambiguous("onec", "submit")), probe=onec.serve)
    async with floor.working(journal, onec.lanes):
        await floor.add(job("weak", Queue.ONEC))
        await floor.until_state(JobState.RETRYING)
        onec.answers = False
        await floor.add(job("probe", Queue.ONEC))
        await floor.until(lambda tx: tx.systems.state("onec").silent_since)
        floor.clock.moment += GIVE_UP + HOUR
        onec.answers = True
        await floor.until(lambda tx: tx.systems.state("onec").last_answer_at)
        await floor.until(lambda tx: [view.attempts for view in tx.jobs.list([JobState.RETRYING])] == [2])
        (weak,) = await floor.jobs()
        assert (weak.key, weak.first_failed_at) == ("weak", began)
        floor.clock.moment += GIVE_UP
        await floor.until_state(JobState.DEAD)


async def test_a_gate_found_closed_by_an_earlier_process_opens_when_the_system_answers(floor: Floor) -> None:
    onec, since = Onec(floor), floor.clock()
    await floor.books.write(lambda tx: tx.systems.silent("onec", since, "Unavailable onec ping"))
    onec.answers = False
    async with floor.working(journal := Journal(), onec.lanes):
        await floor.add(job("a", Queue.ONEC), job("b", Queue.VIBER))
        await journal.reaches(1)
        floor.clock.moment += HOUR
        onec.answers = True
        await journal.reaches(2)
        await floor.until_gone()
    assert journal.keys == ["b", "a"]
    assert onec.changes == [SystemState("onec", None, since + HOUR, "")]


async def test_a_system_is_noted_as_silent_or_back_once(floor: Floor) -> None:
    at = floor.clock()

    def life(tx: Tx) -> list[object]:
        told: list[object] = [tx.systems.answered("onec", at)]
        told += [tx.systems.silent("onec", at + HOUR, "first"), tx.systems.silent("onec", at + 2 * HOUR, "second")]
        told.append(tx.systems.state("onec"))
        told += [tx.systems.answered("onec", at + 3 * HOUR), tx.systems.answered("onec", at + 4 * HOUR)]
        return [*told, tx.systems.state("onec"), tx.systems.state("viber")]

    assert await floor.books.write(life) == [
        None, True, False, SystemState("onec", at + HOUR, at, "first"),
        2 * HOUR, None, SystemState("onec", None, at + 4 * HOUR, ""), SystemState("viber"),
    ]  # fmt: skip
