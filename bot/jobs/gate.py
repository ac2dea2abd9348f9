"""An outside system as its lanes see it: while it is silent, no job is started for it."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.errors import Unavailable
from bot.domain.job import Queue, SystemState
from bot.jobs.troubles import named
from bot.logs import log
from bot.ports import Clock

Told = Callable[[Tx, SystemState], None]
PATIENCE = 30.0
"""Seconds in which a system that answers has answered."""
logger = log("jobs")


class Gate:
    """Closes when the system does not answer `ping` after a job found it unavailable; opens when it does again.

    `told` is called once for every change, in the transaction that notes it. Pings are `first_pause` to
    `longest_pause` seconds apart. While it is open, it looks every `look_every` seconds whether another process found
    the system silent, because that one may not live to see its end.
    """

    def __init__(
        self,
        system: str,
        ping: Callable[[], Awaitable[None]],
        books: Books,
        now: Clock,
        *,
        told: Told | None = None,
        first_pause: float = 2.0,
        longest_pause: float = 30.0,
        look_every: float = 15.0,
    ) -> None:
        self.system = system
        self._ping = ping
        self._books = books
        self._now = now
        self._told = told
        self._pauses = (first_pause, longest_pause)
        self._look_every = look_every
        self._asking = asyncio.Lock()
        self._closed = asyncio.Event()

    @property
    def is_open(self) -> bool:
        return not self._closed.is_set()

    async def ask(self) -> bool:
        """After a job found the system unavailable; false where it was known to be, so that says nothing of the job."""
        async with self._asking:
            if not self.is_open:
                return False
            try:
                await self._asked()
            except Exception as error:
                self._closed.set()
                await self._note(named(error))
            return True

    async def recall(self) -> None:
        """Closed where the books say that the system is silent, before any job is started for it."""
        if await self._books.read(self._is_silent):
            self._closed.set()

    async def watch(self, queues: Collection[Queue], opened: Callable[[Queue], None]) -> None:
        """Open for all the queues whenever the system answers again, until cancelled; one watch is enough."""
        while True:
            await self._closing()
            await self._answer()
            if await self._books.write(self._back, queues):
                logger.warning("system is back", system=self.system)
            self._closed.clear()
            for queue in queues:
                opened(queue)

    async def _closing(self) -> None:
        """Until a job of ours closes it, or the books say that the system is silent."""
        while self.is_open:
            await self.recall()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._look_every):
                    await self._closed.wait()

    async def _answer(self) -> None:
        pause, longest = self._pauses
        while True:
            await asyncio.sleep(pause * (1 - random.random() / 4))  # noqa: S311 jitter
            pause = min(pause * 2, longest)
            try:
                return await self._asked()
            except Exception as error:
                logger.debug("still silent", system=self.system, error=named(error))

    async def _asked(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._ping()
        except TimeoutError:
            raise Unavailable(self.system, "ping", "timeout") from None

    def _is_silent(self, tx: Tx) -> bool:
        return tx.systems.state(self.system).silent_since is not None

    def _back(self, tx: Tx, queues: Collection[Queue]) -> bool:
        """True where this is what ends the silence; whatever waited for it is due in the same transaction."""
        silence = tx.systems.answered(self.system, self._now())
        for queue in queues:
            tx.jobs.wake(queue)
            if silence is not None:
                tx.jobs.excuse(queue, silence)
        if silence is None:
            return False
        if self._told:
            self._told(tx, tx.systems.state(self.system))
        return True

    async def _note(self, detail: str) -> None:
        try:
            gone = await self._books.write(self._gone, detail)
        except Exception as error:
            logger.error("background work failed", what="gate", error=named(error))
            return
        if gone:
            logger.warning("system is silent", system=self.system, detail=detail)

    def _gone(self, tx: Tx, detail: str) -> bool:
        changed = tx.systems.silent(self.system, self._now(), detail)
        if changed and self._told:
            self._told(tx, tx.systems.state(self.system))
        return changed
