"""SQLite: one writer thread that shares commits under load, two reader threads beside it (WAL)."""

import asyncio
import contextlib
import fcntl
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any, Concatenate

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from bot.db.books import P, T, applied
from bot.db.jobs.jobs import WOKEN
from bot.db.tx import Tx
from bot.domain.dialogue import Turn
from bot.domain.job import Queue

SHARED_COMMIT = 64
READERS = 2


class AlreadyRunning(Exception):
    """Another process of Komora holds this SQLite file; PostgreSQL serves several."""


class _Unit:
    """One body on its way through a thread and back to its event loop."""

    __slots__ = ("_error", "_value", "body", "future", "loop")

    def __init__(self, body: Callable[[Tx], Any], loop: asyncio.AbstractEventLoop) -> None:
        self.body = body
        self.loop = loop
        self.future: asyncio.Future[Any] = loop.create_future()
        self._value: Any = None
        self._error: BaseException | None = None

    def run(self, tx: Tx) -> None:
        self._value = self.body(tx)

    def fail(self, error: BaseException) -> None:
        self._error = error

    def settle(self) -> None:
        if self.future.cancelled():
            return
        if self._error is None:
            self.future.set_result(self._value)
        else:
            self.future.set_exception(self._error)


class SqliteBooks:
    """The books of one process on one file; `exclusive` refuses a second such process."""

    def __init__(self, url: URL, *, exclusive: bool = False) -> None:
        self._lock = _hold(url.database) if exclusive and url.database else None
        self._writer = _engine(url, "BEGIN IMMEDIATE")
        self._reader = _engine(url, "BEGIN", "query_only=ON")
        self._closed = False
        self._listeners: list[Callable[[set[Queue]], None]] = []
        self._writes: SimpleQueue[_Unit | None] = SimpleQueue()
        self._reads: SimpleQueue[_Unit | None] = SimpleQueue()
        self._threads = [_thread("books-write", self._write_units)] + [
            _thread(f"books-read-{n}", self._read_units) for n in range(READERS)
        ]

    async def read(self, body: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._hand_in(self._reads, lambda tx: body(tx, *args, **kwargs))

    async def write(self, body: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._hand_in(self._writes, lambda tx: body(tx, *args, **kwargs))

    async def apply(self, turn: Turn, effect: Callable[[Tx], object], view: Callable[[Tx], T]) -> T:
        return await self._hand_in(self._writes, lambda tx: applied(tx, turn, effect, view))

    async def leads(self, name: str) -> bool:
        """There is no other process."""
        return True

    async def resign(self, name: str) -> None:
        """Nobody waits for it."""

    def on_work(self, listener: Callable[[set[Queue]], None]) -> Callable[[], None]:
        """Call the listener, in the writer's thread, after every commit that gives queues work; returns its end."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def close(self) -> None:
        self._closed = True
        self._writes.put(None)
        for _ in range(READERS):
            self._reads.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)
        self._writer.dispose()
        self._reader.dispose()
        if self._lock:
            self._lock.close()

    async def _hand_in(self, queue: "SimpleQueue[_Unit | None]", body: Callable[[Tx], T]) -> T:
        if self._closed:
            raise RuntimeError("the books are closed")
        unit = _Unit(body, asyncio.get_running_loop())
        queue.put(unit)
        result: T = await unit.future
        return result

    def _read_units(self, ready: "Future[None]") -> None:
        with _connected(self._reader, ready) as connection:
            while unit := self._reads.get():
                try:
                    with connection.begin():
                        unit.run(Tx(connection))
                except Exception as error:
                    unit.fail(error)
                _settle([unit])

    def _write_units(self, ready: "Future[None]") -> None:
        with _connected(self._writer, ready) as connection:
            while unit := self._writes.get():
                closing = self._write_batch(connection, unit)
                if closing:
                    return

    def _write_batch(self, connection: Connection, unit: _Unit) -> bool:
        """Run the unit and whatever else already waits under one COMMIT; true when told to close."""
        batch, closing = [unit], False
        try:
            with connection.begin():
                _run_apart(connection, unit)
                while len(batch) < SHARED_COMMIT and not closing:
                    try:
                        following = self._writes.get_nowait()
                    except Empty:
                        break
                    if following is None:
                        closing = True
                    else:
                        batch.append(following)
                        _run_apart(connection, following)
        except Exception as error:
            _roll_back(connection)
            for member in batch:
                member.fail(error)
        self._tell_of_work(connection)
        _settle(batch)
        return closing

    def _tell_of_work(self, connection: Connection) -> None:
        woken: set[Queue] | None = connection.info.pop(WOKEN, None)
        if woken:
            for listener in list(self._listeners):
                with contextlib.suppress(RuntimeError):  # a loop that closed has nobody to be told
                    listener(woken)


def _run_apart(connection: Connection, unit: _Unit) -> None:
    """Run the unit so that its failure undoes it alone."""
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("the connection is gone")
    driver.execute("SAVEPOINT unit")
    try:
        unit.run(Tx(connection))
    except Exception as error:
        driver.execute("ROLLBACK TO unit")
        unit.fail(error)
    driver.execute("RELEASE unit")


def _roll_back(connection: Connection) -> None:
    """A COMMIT that fails (a full disk) leaves its transaction open, and SQLAlchemy lets it be."""
    driver = connection.connection.driver_connection
    if driver is not None and driver.in_transaction:
        driver.rollback()


def _settle(units: list[_Unit]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[_Unit]] = {}
    for unit in units:
        by_loop.setdefault(unit.loop, []).append(unit)
    for loop, mine in by_loop.items():
        with contextlib.suppress(RuntimeError):  # a loop that closed has nobody waiting
            loop.call_soon_threadsafe(_settle_in_loop, mine)


def _settle_in_loop(units: list[_Unit]) -> None:
    for unit in units:
        unit.settle()


def _thread(name: str, work: "Callable[[Future[None]], None]") -> threading.Thread:
    ready: Future[None] = Future()
    thread = threading.Thread(target=work, args=(ready,), name=name, daemon=True)
    thread.start()
    ready.result()
    return thread


@contextlib.contextmanager
def _connected(engine: Engine, ready: "Future[None]") -> Any:
    try:
        connection = engine.connect()
    except Exception as error:
        ready.set_exception(error)
        raise
    ready.set_result(None)
    with connection:
        yield connection


def _hold(database: str) -> IO[str]:
    lock = Path(database + ".lock").open("w")  # noqa: SIM115 held for the life of the process
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise AlreadyRunning(database) from error
    return lock


def _engine(url: URL, begin: str, *pragmas: str) -> Engine:
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"),
        connect_args={"check_same_thread": False},
        hide_parameters=True,  # an error must not carry what people wrote
    )

    @event.listens_for(engine, "connect")
    def prepare(driver: Any, _: object) -> None:
        driver.isolation_level = None  # transactions begin where we say, not where the driver guesses
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "foreign_keys=ON", *pragmas):
            driver.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.connection.driver_connection.execute(begin)  # type: ignore[union-attr]

    return engine
