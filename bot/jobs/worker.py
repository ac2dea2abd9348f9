"""What every engine's worker is made of and promises."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import partial

from bot.db.books import Books
from bot.domain.job import Queue
from bot.jobs.handling import Handler, Handling, Lane
from bot.jobs.scheduling import Schedule, Scheduler
from bot.jobs.settling import OnDead, Settling
from bot.jobs.steady import ended, steadily
from bot.ports import Clock

GRACE = 20.0
"""Seconds that running jobs get to end by themselves."""
TICK = 1.0


class Worker(ABC):
    """Runs the jobs of its lanes, the schedules, and the gates' watches; looks every `tick` for what became due."""

    tick = TICK

    def __init__(
        self,
        books: Books,
        handlers: Mapping[str, Handler],
        schedules: Sequence[Schedule],
        lanes: Mapping[Queue, Lane],
        *,
        now: Clock,
        on_dead: OnDead | None = None,
        grace: float = GRACE,
    ) -> None:
        self._books = books
        self._lanes = lanes
        self._now = now
        self._grace = grace
        self._handling = Handling(handlers)
        self._settling = Settling(books, now, on_dead)
        self._scheduler = Scheduler(books, schedules, now)
        self.at_work = asyncio.Event()
        """Set while its lanes run."""

    async def run(self, stop: asyncio.Event) -> None:
        """Until told to stop: jobs in hand get a grace, then are given back. No grace where it is cancelled."""
        gates = {lane.gate for lane in self._lanes.values() if lane.gate is not None}
        for gate in gates:
            await gate.recall()
        beside = [asyncio.create_task(steadily("schedules", self.tick, self._scheduler.look))]
        for gate in gates:
            queues = [queue for queue, lane in self._lanes.items() if lane.gate is gate]
            watch = partial(gate.watch, queues, self._opened)
            beside.append(asyncio.create_task(steadily("gate", self.tick, watch)))
        try:
            await self._work(stop)
        finally:
            self.at_work.clear()
            await ended(beside)

    @abstractmethod
    async def _work(self, stop: asyncio.Event) -> None:
        """Run the lanes until told to stop, and say when they are `at_work`."""

    @abstractmethod
    def _opened(self, queue: Queue) -> None:
        """The gate of the queue is open again."""
