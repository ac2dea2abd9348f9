"""A process says that it lives."""

import asyncio
import os
import socket
from datetime import timedelta
from uuid import uuid4

from bot.db.books import Books
from bot.db.jobs.schedules import Alive
from bot.db.tx import Tx
from bot.jobs.steady import steadily
from bot.ports import Clock

EVERY = 5.0
FORGOTTEN = timedelta(hours=1)


class Heartbeat:
    """Beats every five seconds until cancelled, and takes its leave then; `role` is web, worker or run.

    It does not beat while there is no work `at_work` that it is to speak for.
    """

    def __init__(self, books: Books, role: str, now: Clock, at_work: asyncio.Event | None = None) -> None:
        self._books = books
        self._role = role
        self._now = now
        self._at_work = at_work
        self.id = uuid4().hex

    async def run(self) -> None:
        try:
            await steadily("heartbeat", EVERY, self.beat)
        finally:
            await asyncio.shield(self._books.write(lambda tx: tx.processes.ended(self.id)))

    async def beat(self) -> None:
        if self._at_work is not None:
            await self._at_work.wait()
        now = self._now()
        await self._books.write(_beat, Alive(self.id, self._role, f"{socket.gethostname()}:{os.getpid()}", now))


def _beat(tx: Tx, process: Alive) -> None:
    tx.processes.beat(process)
    tx.processes.forget(process.beat_at - FORGOTTEN)
