"""The worker on SQLite: a few slots a lane, each taking a job when there is one."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from typing import cast

from bot.db.jobs.embedded import EmbeddedJobs
from bot.db.sqlite import SqliteBooks
from bot.db.tx import Tx
from bot.domain.job import Queue, Run
from bot.jobs.handling import Handler, Lane
from bot.jobs.scheduling import Schedule
from bot.jobs.settling import Ended, OnDead
from bot.jobs.steady import ended, steadily
from bot.jobs.troubles import named
from bot.jobs.worker import GRACE, Worker
from bot.logs import log
from bot.ports import Clock

logger = log("jobs")


class Bell:
    """Wakes whoever listens; who has a look between listening and waiting misses nothing."""

    def __init__(self) -> None:
        self._rings = asyncio.Event()

    def listen(self) -> asyncio.Event:
        return self._rings

    def ring(self) -> None:
        self._rings.set()
        self._rings = asyncio.Event()


class EmbeddedWorker(Worker):
    """The one process that works on a SQLite file."""

    def __init__(
        self,
        books: SqliteBooks,
        handlers: Mapping[str, Handler],
        schedules: Sequence[Schedule],
        lanes: Mapping[Queue, Lane],
        *,
        now: Clock,
        on_dead: OnDead | None = None,
        grace: float = GRACE,
    ) -> None:
        super().__init__(books, handlers, schedules, lanes, now=now, on_dead=on_dead, grace=grace)
        self._file = books
        self._bells = {queue: Bell() for queue in lanes}
        self._stopping = False

    async def _work(self, stop: asyncio.Event) -> None:
        loop = asyncio.get_running_loop()
        self._stopping = False
        await self._books.write(_take_back)

        def told(queues: set[Queue]) -> None:
            loop.call_soon_threadsafe(self._ring, queues)

        silence = self._file.on_work(told)
        slots = [
            asyncio.create_task(self._slot(queue, lane))
            for queue, lane in self._lanes.items()
            for _ in range(lane.at_once)
        ]
        looking = asyncio.create_task(steadily("due jobs", self.tick, self._look))
        self.at_work.set()
        grace = 0.0
        try:
            await _first(stop, slots)
            grace = self._grace
        finally:
            self._stopping = True
            self._ring(set(self._bells))
            silence()
            if slots:
                await asyncio.wait(slots, timeout=grace)
            await ended([*slots, looking])
            await self._books.write(_take_back)

    async def _slot(self, queue: Queue, lane: Lane) -> None:
        run: Run | None = None
        while True:
            rings = self._bells[queue].listen()
            if run is None:
                run = await self._claimed(queue, lane)
            if run is not None:
                ending = await self._handling.ending(run, lane)
                run = await self._settling.settle(Ended(run, ending), partial(self._next, queue, lane))
            elif self._stopping:
                return
            else:
                await rings.wait()

    async def _claimed(self, queue: Queue, lane: Lane) -> Run | None:
        try:
            return await self._books.write(partial(self._next, queue, lane))
        except Exception as error:
            logger.error("no job taken", queue=queue, error=named(error))
            return None  # looked for again with the next ring

    def _next(self, queue: Queue, lane: Lane, tx: Tx) -> Run | None:
        if self._stopping or not lane.is_open:
            return None
        return _embedded(tx).claim(queue, self._now())

    async def _look(self) -> None:
        """For what has become due meanwhile, or was added by another process."""
        now = self._now()
        self._ring(set(await self._books.read(lambda tx: _embedded(tx).due_queues(now))))

    def _ring(self, queues: set[Queue]) -> None:
        for queue in queues & self._bells.keys():
            self._bells[queue].ring()

    def _opened(self, queue: Queue) -> None:
        self._ring({queue})


async def _first(stop: asyncio.Event, slots: Sequence[asyncio.Task[None]]) -> None:
    """Wait for the stop; a slot that ends before it has a fault of ours in it, which comes out here."""
    stopping = asyncio.create_task(stop.wait())
    try:
        done, _ = await asyncio.wait([stopping, *slots], return_when=asyncio.FIRST_COMPLETED)
        for task in done - {stopping}:
            task.result()
    finally:
        stopping.cancel()


def _embedded(tx: Tx) -> EmbeddedJobs:
    return cast("EmbeddedJobs", tx.jobs)


def _take_back(tx: Tx) -> None:
    _embedded(tx).take_back()
