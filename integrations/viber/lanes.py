"""Background work in lanes: one at a time and in order for each person, a few people at once."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")
Work = Callable[[T, int], Awaitable[float | None]]
"""Does one item, given how often it was tried before; returns seconds until the next try, or None. Never raises."""


@dataclass(slots=True)
class _Lane(Generic[T]):
    items: deque[T] = field(default_factory=deque)
    tries: int = 0


class Lanes(Generic[T]):
    """A queue per person; a lane that waits for its next try holds no worker."""

    def __init__(self, work: Work[T], *, workers: int, limit: int) -> None:
        self._work = work
        self._workers = workers
        self._limit = limit
        self._lanes: dict[str, _Lane[T]] = {}
        self._ready: asyncio.Queue[str] = asyncio.Queue()
        self._size = 0
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def full(self) -> bool:
        return self._size >= self._limit

    def put(self, who: str, item: T) -> None:
        """To the end of a person's lane."""
        lane = self._lanes.setdefault(who, _Lane())
        lane.items.append(item)
        self._size += 1
        if len(lane.items) == 1:
            self._ready.put_nowait(who)

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._serve()) for _ in range(self._workers)]

    async def stop(self, grace: float) -> None:
        """Finish what can be finished in `grace` seconds; lanes that wait for another try are left."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ready.join(), grace)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self) -> None:
        while True:
            who = await self._ready.get()
            lane = self._lanes[who]
            pause = await self._work(lane.items[0], lane.tries)
            if pause is None:
                self._next(who, lane)
            else:
                lane.tries += 1
                asyncio.get_running_loop().call_later(pause, self._ready.put_nowait, who)
            self._ready.task_done()

    def _next(self, who: str, lane: _Lane[T]) -> None:
        lane.items.popleft()
        lane.tries = 0
        self._size -= 1
        if lane.items:
            self._ready.put_nowait(who)
        else:
            del self._lanes[who]
