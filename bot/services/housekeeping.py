"""What must not grow for ever: events no messenger repeats any more."""

import asyncio
from datetime import timedelta

from bot.db.books import Books
from bot.db.tx import Tx
from bot.logs import log
from bot.ports import Clock

REMEMBERED = timedelta(days=3)
"""Telegram keeps updates for 24 hours, Viber repeats a callback for about an hour."""
EVERY = 3600.0
logger = log("housekeeping")


class Housekeeping:
    """Tidies once an hour until cancelled."""

    def __init__(self, books: Books, now: Clock) -> None:
        self._books = books
        self._now = now

    async def run(self) -> None:
        while True:
            try:
                await self.tidy()
            except Exception as error:
                logger.error("not tidied", exc_info=error)
            await asyncio.sleep(EVERY)

    async def tidy(self) -> int:
        """How many events were forgotten."""
        before = self._now() - REMEMBERED

        def forget(tx: Tx) -> int:
            return tx.dialogues.forget_before(before)

        return await self._books.write(forget)
