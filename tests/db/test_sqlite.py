"""SQLite: one process on a file, one writer, commits shared by what waits."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from bot.db.books import Books
from bot.db.opening import open_books
from bot.db.sqlite import SHARED_COMMIT, AlreadyRunning, SqliteBooks
from bot.db.tx import Tx
from tests.conftest import create_schema
from tests.support.desk import MONDAY_MORNING
from tests.support.wholesaler import uid

OTHER_PROCESS = """
import asyncio, sys
from bot.db.opening import open_books

async def main():
    books = open_books(sys.argv[1], exclusive=True)
    print(await books.write(lambda tx: tx.orders.next_number()), flush=True)
    sys.stdin.read()

asyncio.run(main())
"""


def number(tx: Tx) -> str:
    return tx.orders.next_number()


def number_and_fail(tx: Tx) -> str:
    tx.orders.next_number()
    raise LookupError


def break_at_commit(tx: Tx) -> None:
    tx.orders._connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    tx.accounts.add_invite("hash", uid("nobody"), MONDAY_MORNING, MONDAY_MORNING)


@pytest.fixture
async def lite(sqlite_url: str) -> AsyncIterator[SqliteBooks]:
    create_schema(sqlite_url)
    books = open_books(sqlite_url)
    assert isinstance(books, SqliteBooks)
    yield books
    await books.close()


class Queue:
    """Writes that wait behind one that is held, and how many commits they then take."""

    def __init__(self, books: SqliteBooks) -> None:
        self.commits = 0
        self._books = books
        self._began, self._go_on = threading.Event(), threading.Event()
        event.listen(books._writer, "commit", self._count)

    async def hold(self) -> "asyncio.Task[None]":
        task = asyncio.create_task(self._books.write(self._wait))
        await asyncio.to_thread(self._began.wait, 10)
        return task

    def let_go(self) -> None:
        self._go_on.set()

    def _wait(self, _: Tx) -> None:
        self._began.set()
        self._go_on.wait(10)

    def _count(self, _: object) -> None:
        self.commits += 1


async def test_writes_that_wait_share_commits(lite: SqliteBooks) -> None:
    queue = Queue(lite)
    await queue.hold()
    waiting = [asyncio.ensure_future(lite.write(number)) for _ in range(2 * SHARED_COMMIT)]
    await asyncio.sleep(0)
    queue.let_go()
    assert await asyncio.gather(*waiting) == [f"K-{n:06d}" for n in range(1, 2 * SHARED_COMMIT + 1)]
    assert queue.commits == 3


async def test_a_failure_inside_a_shared_commit_undoes_itself_alone(lite: SqliteBooks) -> None:
    queue = Queue(lite)
    await queue.hold()
    bodies = [number, number_and_fail, number, number_and_fail, number]
    waiting = [asyncio.ensure_future(lite.write(body)) for body in bodies]
    await asyncio.sleep(0)
    queue.let_go()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [str(result) for result in results] == ["K-000001", "", "K-000002", "", "K-000003"]
    assert queue.commits == 1


async def test_a_commit_that_fails_is_told_to_everybody_in_it(lite: SqliteBooks) -> None:
    queue = Queue(lite)
    held = await queue.hold()
    waiting = [asyncio.ensure_future(lite.write(body)) for body in (number, break_at_commit, number)]
    await asyncio.sleep(0)
    queue.let_go()
    results = await asyncio.gather(held, *waiting, return_exceptions=True)
    assert [type(result) for result in results] == [IntegrityError] * 4
    assert await lite.write(number) == "K-000001"


async def test_somebody_who_stopped_waiting_holds_nobody_up(lite: SqliteBooks) -> None:
    queue = Queue(lite)
    await queue.hold()
    gone = asyncio.ensure_future(lite.write(number))
    await asyncio.sleep(0)
    gone.cancel()
    queue.let_go()
    assert await lite.write(number) == "K-000002"
    assert gone.cancelled()


async def test_closing_finishes_what_was_handed_in_and_takes_no_more(lite: SqliteBooks) -> None:
    queue = Queue(lite)
    await queue.hold()
    waiting = [asyncio.ensure_future(lite.write(number)) for _ in range(3)]
    await asyncio.sleep(0)
    closing = asyncio.ensure_future(lite.close())
    await asyncio.sleep(0)
    queue.let_go()
    await closing
    assert await asyncio.gather(*waiting) == ["K-000001", "K-000002", "K-000003"]
    for late in (lite.write, lite.read):
        with pytest.raises(RuntimeError, match="the books are closed"):
            await late(number)


async def test_the_disk_is_written_with_every_commit(lite: SqliteBooks) -> None:
    def pragma(tx: Tx, name: str) -> object:
        return tx.orders._connection.exec_driver_sql(f"PRAGMA {name}").scalar()

    names = ("journal_mode", "synchronous", "foreign_keys")
    assert [await lite.write(pragma, name) for name in names] == ["wal", 2, 1]


async def test_a_second_process_on_the_file_is_refused_until_the_first_is_gone(sqlite_url: str) -> None:
    create_schema(sqlite_url)
    with _other_process(sqlite_url) as other:
        assert _said(other) == "K-000001"
        with pytest.raises(AlreadyRunning, match=r"komora\.db"):
            open_books(sqlite_url, exclusive=True)
        other.kill()
    books: Books = open_books(sqlite_url, exclusive=True)
    assert await books.write(number) == "K-000002"  # and what it had committed is there
    await books.close()
    with _other_process(sqlite_url) as after:
        assert _said(after) == "K-000003"
        after.kill()


def _other_process(url: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", OTHER_PROCESS, url]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _said(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()
