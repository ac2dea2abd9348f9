"""A job is there when its transaction is, it starts at once, and a key is never used twice."""

import asyncio

import pytest

from bot.db.tx import Tx
from bot.domain.job import Job, JobState, Queue
from tests.jobs.floor import PATIENCE, Floor, Journal, job


class Refusal(Exception):
    pass


def adds_and_fails(tx: Tx) -> None:
    tx.jobs.add(job("never"))
    raise Refusal


async def test_a_transaction_rolled_back_leaves_no_job(floor: Floor) -> None:
    async with floor.working(journal := Journal()):
        with pytest.raises(Refusal):
            await floor.books.write(adds_and_fails)
        assert await floor.add(job("after")) == [True]
        await journal.reaches(1)
        await floor.until_gone()
    assert journal.keys == ["after"]


async def test_a_committed_job_is_there_without_any_worker(floor: Floor) -> None:
    await floor.add(Job("job", Queue.ONEC, {"order": "7", "lines": [1, 2]}, "k", lock="order:7", priority=3))
    (waiting,) = await floor.jobs()
    assert (waiting.name, waiting.queue, waiting.key, waiting.lock) == ("job", Queue.ONEC, "k", "order:7")
    assert (waiting.args, waiting.state, waiting.attempts) == ({"order": "7", "lines": [1, 2]}, JobState.WAITING, 0)
    assert (waiting.added_at, waiting.next_at, waiting.error) == (floor.clock(), None, "")


async def test_an_idle_worker_starts_at_the_commit_and_not_at_its_next_look(floor: Floor) -> None:
    async with floor.working(journal := Journal(), tick=PATIENCE * 2):
        for count in range(1, 6):
            await floor.add(job(f"{count}"))
            await journal.reaches(count)
        await floor.until_gone()
    assert journal.keys == ["1", "2", "3", "4", "5"]


async def test_a_handler_is_given_the_job_and_the_attempt(floor: Floor) -> None:
    await floor.add(Job("job", Queue.VIBER, {"chat": "5"}, "k", lock="chat:5", priority=2))
    async with floor.working(journal := Journal()):
        await journal.reaches(1)
        await floor.until_gone()
    (run,) = journal.runs
    assert run.job == Job("job", Queue.VIBER, {"chat": "5"}, "k", lock="chat:5", priority=2)
    assert run.attempt == 1


async def test_a_key_is_never_used_twice_even_after_success(floor: Floor) -> None:
    assert await floor.add(job("a"), job("a"), job("b")) == [True, False, True]
    assert await floor.add(job("a")) == [False]
    async with floor.working(journal := Journal()):
        await journal.reaches(2)
        await floor.until_gone()
        assert await floor.add(job("a"), job("c")) == [False, True]
        await journal.reaches(3)
        await floor.until_gone()
    assert sorted(journal.keys) == ["a", "b", "c"]


async def test_those_who_add_one_key_at_once_add_one_job(floor: Floor) -> None:
    added = await asyncio.gather(*(floor.add(job("same")) for _ in range(20)))
    assert sorted(added) == [[False]] * 19 + [[True]]
    assert len(await floor.jobs()) == 1


async def test_a_key_taken_by_a_transaction_rolled_back_is_free(floor: Floor) -> None:
    with pytest.raises(Refusal):
        await floor.books.write(adds_and_fails)
    assert await floor.add(job("never")) == [True]


async def test_a_local_effect_of_a_run_is_told_apart_from_its_repetition(floor: Floor) -> None:
    async with floor.working(journal := Journal()):
        await floor.add(job("a"), job("b"))
        await journal.reaches(2)
    first, second = journal.runs

    def marks(tx: Tx) -> list[bool]:
        return [tx.jobs.first_time(run, step) for run in (first, first, second) for step in ("", "notice")]

    assert await floor.books.write(marks) == [True, True, False, False, True, True]
    assert await floor.books.write(marks) == [False] * 6
