"""What was accepted and is not answered yet: held by one process for as long as it lives, then by another."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from bot.conversation.messenger import Kept
from bot.db.books import Books
from bot.db.inbox import Hold
from bot.db.tx import Tx
from bot.ports import Clock

HELD = timedelta(seconds=30)
"""A process that did not ask `kept` for so long is taken for dead; adapters ask every ten seconds."""


class Inbox:
    """The inbox as this process sees it."""

    def __init__(self, books: Books, now: Clock) -> None:
        self._books = books
        self._now = now
        self._process = uuid4().hex

    async def keep(self, channel: str, events: Sequence[tuple[str, str]], at: datetime) -> list[Kept]:
        return [Kept(*row) for row in await self._books.write(_keep, channel, list(events), at, self._hold())]

    async def kept(self, channel: str, *, alone: bool = False) -> list[Kept]:
        """What nobody holds any more, now ours; what is ours stays so for another while."""
        return [Kept(*row) for row in await self._books.write(_kept, channel, self._now(), self._hold(), alone)]

    async def done(self, kept_id: int) -> None:
        await self._books.write(_done, kept_id, self._now())

    def _hold(self) -> Hold:
        return Hold(self._process, self._now() + HELD)


def _keep(tx: Tx, channel: str, events: list[tuple[str, str]], at: datetime, hold: Hold) -> list[tuple[int, str]]:
    return tx.inbox.keep(channel, events, at, hold)


def _kept(tx: Tx, channel: str, at: datetime, hold: Hold, alone: bool) -> list[tuple[int, str]]:
    tx.inbox.renew(hold)
    return tx.inbox.claim(channel, at, hold, alone=alone)


def _done(tx: Tx, kept_id: int, at: datetime) -> None:
    tx.inbox.done(kept_id, at)
