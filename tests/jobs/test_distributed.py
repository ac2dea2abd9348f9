"""Several processes on PostgreSQL: what is taken from the dead, and what becomes of those taken for dead."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, cast

import pytest
from sqlalchemy import text

from bot.db.jobs.distributed import DistributedJobs
from bot.db.opening import open_books
from bot.db.tx import Tx
from bot.domain.errors import Rejected
from bot.domain.job import Queue, Run
from bot.jobs import Lane, distributed
from tests.jobs.floor import PATIENCE, Floor, Journal, job, running


@pytest.fixture
async def floor(on_postgres: str) -> AsyncIterator[Floor]:
    books = open_books(on_postgres)
    yield Floor(on_postgres, books)
    await books.close()


def rescue(tx: Tx) -> int:
    return cast("DistributedJobs", tx.jobs).rescue(12.0)


def falls_silent(tx: Tx) -> None:
    """Every worker's last heartbeat was a minute ago."""
    tx._connection.execute(
        text("UPDATE procrastinate.procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    )


def is_forgotten(tx: Tx) -> None:
    tx._connection.execute(text("DELETE FROM procrastinate.procrastinate_workers"))


def silently(tx: Tx) -> int:
    """Before a heartbeat can come between."""
    falls_silent(tx)
    return rescue(tx)


def _found_dead(tx: Tx, dies: Callable[[Tx], None]) -> int:
    """Before it beats again."""
    dies(tx)
    return rescue(tx)


class Twice:
    """A deed that hangs in its first run until it is let go, and then is refused; the second run succeeds."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.let_go = asyncio.Event()
        self.runs = 0

    async def __call__(self, _: Run) -> None:
        self.runs += 1
        if self.runs == 1:
            self.begun.set()
            await self.let_go.wait()
            raise Rejected("onec", "submit", 400)


@pytest.mark.parametrize("dies", [falls_silent, is_forgotten])
async def test_a_job_of_a_worker_taken_for_dead_is_run_by_another_and_the_first_ones_failure_is_nothing(
    floor: Floor, dies: Callable[[Tx], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(distributed, "BEAT", 0.1)
    deed = Twice()
    await floor.add(job("a", lock="a"))
    async with floor.working(journal := Journal(a=deed), {Queue.LOCAL: Lane(2)}):
        await deed.begun.wait()
        assert await floor.books.write(_found_dead, dies) == 1
        await journal.reaches(1)
        await floor.until_gone()
        deed.let_go.set()
        await journal.reaches(2)
        await floor.add(job("b", lock="a"))
        await journal.reaches(3)
        await floor.until_gone()
    assert [run.attempt for run in journal.runs] == [2, 1, 1]


async def test_the_jobs_of_the_dead_are_found_once_by_any_number_of_the_living(floor: Floor) -> None:
    deed = Twice()
    await floor.add(job("a"), job("b"))
    async with floor.working(Journal(a=deed), {Queue.LOCAL: Lane(1)}):
        await deed.begun.wait()
        found = await asyncio.gather(*(floor.books.write(silently) for _ in range(5)))
        deed.let_go.set()
        await floor.until_gone()
    assert sum(found) == 1


async def test_two_workers_share_the_jobs_and_run_each_once(floor: Floor) -> None:
    journal = Journal()
    async with running(floor.worker(journal)), running(floor.worker(journal)):
        await floor.add(*(job(f"{n:02}", lock=f"{n % 7}") for n in range(60)))
        await journal.reaches(60)
        await floor.until_gone()
    assert sorted(journal.keys) == [f"{n:02}" for n in range(60)]
    for lock in range(7):
        of_lock = [key for key in journal.keys if int(key) % 7 == lock]
        assert of_lock == sorted(of_lock)


async def test_a_worker_goes_on_after_the_server_closed_all_its_connections(floor: Floor) -> None:
    async with floor.working(journal := Journal()):
        await floor.add(job("first"))
        await journal.reaches(1)
        other = open_books(floor.url)
        await other.write(
            lambda tx: tx._connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        )
        await other.write(lambda tx: [tx.jobs.add(job(f"{n}", queue)) for n, queue in enumerate(Queue)])
        await journal.reaches(1 + len(Queue))
        async with asyncio.timeout(PATIENCE):
            while await other.read(lambda tx: tx.jobs.list()):  # noqa: ASYNC110 what the books hold rings no bell
                await asyncio.sleep(0.01)
        await other.close()
    assert sorted(journal.keys) == [*(str(n) for n in range(len(Queue))), "first"]


async def test_a_job_added_before_anybody_listened_is_found_as_soon_as_somebody_does(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, added = asyncio.Event(), asyncio.Event()
    look, listen = distributed.Lanes.fetch_job, distributed.Connector.listen_notify

    async def fetch_job(self: Any, **kwargs: Any) -> Any:
        found = await look(self, **kwargs)
        looked.set()
        return found

    async def listen_notify(self: Any, *args: Any, **kwargs: Any) -> None:
        await added.wait()
        await listen(self, *args, **kwargs)

    monkeypatch.setattr(distributed.Lanes, "fetch_job", fetch_job)
    monkeypatch.setattr(distributed.Connector, "listen_notify", listen_notify)
    async with floor.working(journal := Journal(), {Queue.LOCAL: Lane(1)}, tick=PATIENCE * 2):
        async with asyncio.timeout(PATIENCE):
            await looked.wait()
        await floor.add(job("a"))
        added.set()
        await journal.reaches(1)
        await floor.until_gone()
    assert journal.keys == ["a"]
