"""Workers killed in the middle of their jobs: nothing is lost, and no local effect happens twice."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from bot.db.opening import open_books
from bot.domain.job import Job, Queue
from tests.conftest import create_schema
from tests.kill.nursery import PATIENCE, ROOT
from tests.kill.world import SIGKILL

JOBS = 500
CHATS = 20
FOUND_WITHIN = 30.0
"""Seconds until the jobs of a dead process are in other hands."""


@pytest.fixture
def base(database_url: str) -> Iterator["Base"]:
    create_schema(database_url)
    url = make_url(database_url)
    plain = "sqlite+pysqlite" if url.get_backend_name() == "sqlite" else "postgresql+psycopg"
    engine = create_engine(url.set(drivername=plain))
    serial = "INTEGER PRIMARY KEY AUTOINCREMENT" if url.get_backend_name() == "sqlite" else "bigserial PRIMARY KEY"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE TABLE effects (id {serial}, job_key TEXT, worker TEXT)"))
    yield Base(database_url, engine)
    engine.dispose()


class Base:
    """A database, and the effects that jobs had in it."""

    def __init__(self, url: str, engine: Engine) -> None:
        self.url = url
        self._engine = engine

    async def fill(self) -> None:
        """Half of the jobs are for chats, in order for each; the other half are on their own."""
        books = open_books(self.url)
        jobs = [
            Job("job", Queue.LOCAL, {}, f"{n:03}", lock=f"chat:{n % CHATS}")
            if n % 2
            else Job("job", Queue.ONEC, {}, f"{n:03}")
            for n in range(JOBS)
        ]
        await books.write(lambda tx: [tx.jobs.add(job) for job in jobs])
        await books.close()

    def effects(self) -> list[tuple[str, str]]:
        """Keys of jobs and the workers that did them, as they happened."""
        with self._engine.connect() as connection:
            rows = connection.execute(text("SELECT job_key, worker FROM effects ORDER BY id"))
            return [(row.job_key, row.worker) for row in rows]

    async def reaches(self, count: int, patience: float = PATIENCE) -> None:
        async with asyncio.timeout(patience):
            while len(await asyncio.to_thread(self.effects)) < count:  # noqa: ASYNC110 another process rings no bell
                await asyncio.sleep(0.02)

    async def left(self) -> int:
        books = open_books(self.url)
        left = await books.read(lambda tx: len(tx.jobs.list()))
        await books.close()
        return left

    @asynccontextmanager
    async def worker(self, *name: str) -> AsyncIterator[asyncio.subprocess.Process]:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.kill.worker", self.url, *name, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )  # fmt: skip
        try:
            assert process.stdout
            async with asyncio.timeout(PATIENCE):
                assert await process.stdout.readline() == b"working\n"
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def dies(process: asyncio.subprocess.Process) -> None:
    process.kill()
    assert await process.wait() == SIGKILL


async def ends(process: asyncio.subprocess.Process) -> None:
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(PATIENCE):
        assert await process.wait() == 0


def require_whole(effects: list[tuple[str, str]]) -> None:
    """Every job had its effect once, and those of one chat in their order."""
    keys = [key for key, _ in effects]
    assert sorted(keys) == [f"{n:03}" for n in range(JOBS)]
    for chat in range(1, CHATS, 2):
        of_chat = [key for key in keys if int(key) % CHATS == chat]
        assert of_chat == sorted(of_chat)


async def test_workers_killed_one_after_another_lose_and_double_nothing(base: Base) -> None:
    await base.fill()
    for life, reached in enumerate((80, 200, 330)):
        async with base.worker(f"life {life}", "quick") as process:
            await base.reaches(reached)
            await dies(process)
    assert len(base.effects()) < JOBS
    async with base.worker("last life", "quick") as process:
        await base.reaches(JOBS)
        await ends(process)
    require_whole(base.effects())
    assert await base.left() == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_the_jobs_of_a_killed_process_are_found_by_the_one_beside_it(base: Base) -> None:
    async with base.worker("one") as one, base.worker("other") as other:
        await base.fill()
        await base.reaches(200)
        await dies(one)
        await base.reaches(JOBS, FOUND_WITHIN)
        await ends(other)
    require_whole(base.effects())
    assert {worker for _, worker in base.effects()} == {"one", "other"}
    assert await base.left() == 0
