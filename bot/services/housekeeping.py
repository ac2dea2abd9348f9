"""What must not grow for ever: events no messenger repeats any more, and traces nobody will look for."""

import asyncio
from datetime import datetime, timedelta

from bot.db.books import Books
from bot.db.tx import Tx
from bot.logs import log
from bot.ports import Clock
from bot.services.kept_files import KeptFiles

UNANSWERED = timedelta(hours=24)
"""An event that could not be answered for so long: nobody waits for the answer any more."""
REMEMBERED = timedelta(days=3)
"""Telegram keeps updates for 24 hours, Viber repeats a callback for about an hour."""
EXPIRED = timedelta(days=30)
TRACED = timedelta(days=90)
JOURNAL = timedelta(days=400)
"""Of notices, so that a year can be compared with the one before; and what was said in talks."""
EVERY = 3600.0
logger = log("housekeeping")


class Housekeeping:
    """Tidies once an hour until cancelled."""

    def __init__(self, books: Books, now: Clock, files: KeptFiles | None = None) -> None:
        self._books = books
        self._now = now
        self._files = files

    async def run(self) -> None:
        while True:
            try:
                await self.tidy()
            except Exception as error:
                logger.error("not tidied", exc_info=error)
            await asyncio.sleep(EVERY)

    async def tidy(self) -> dict[str, int]:
        """How many rows of each kind went, and files that no document needs."""
        gone = await self._books.write(_tidy, self._now())
        if self._files is not None:
            needed = await self._books.read(lambda tx: tx.envelopes.kept_marks())
            gone["files"] = await asyncio.to_thread(self._files.tidy, needed, self._now())
        if gone["unanswered_events"]:
            logger.warning("events dropped unanswered", count=gone["unanswered_events"])
        return gone


def _tidy(tx: Tx, now: datetime) -> dict[str, int]:
    return {
        "unanswered_events": tx.upkeep.unanswered_events(now - UNANSWERED),
        "seen_events": tx.upkeep.seen_events(now - REMEMBERED),
        "sent_messages": tx.upkeep.sent_messages(now - TRACED),
        "dispatches": tx.upkeep.dispatches(now - JOURNAL),
        "shown_orders": tx.upkeep.shown_orders(now - TRACED),
        "relayed_messages": tx.upkeep.relayed_messages(now - JOURNAL),
        "phone_codes": tx.upkeep.phone_codes(now - EXPIRED),
        "invites": tx.upkeep.invites(now - EXPIRED),
        "dropped_carts": tx.upkeep.dropped_carts(now - TRACED),
        "job_keys": tx.upkeep.job_keys(now - EXPIRED, now),
        "job_steps": tx.upkeep.job_steps(now - EXPIRED),
        "dropped_jobs": tx.upkeep.dropped_jobs(now - TRACED),
        "limits": tx.upkeep.limits(now - REMEMBERED),
    }
