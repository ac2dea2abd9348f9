"""Where the book of record stands: silent since when, and how old what we know of it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.pull import PullState
from bot.ports import Clock

SYSTEM = "onec"


@dataclass(frozen=True, slots=True)
class StandingView:
    """For staff: `silent_since` is None while it answers; `waiting` orders are not there yet.

    `instead` is what it did instead of answering.
    """

    silent_since: datetime | None
    pulls: Sequence[PullState]
    waiting: int
    differences: int
    instead: str = ""


@dataclass(frozen=True, slots=True)
class LastKnown:
    """Prices that cannot be checked just now; `at` is None where none ever came from the book of record."""

    at: datetime | None


class Standing:
    """Answers whether prices can be trusted.

    `connected`: there is a book of record to ask, and orders go there by jobs; one that fetches them itself is not.
    """

    def __init__(self, books: Books, now: Clock, *, connected: bool = False) -> None:
        self._books = books
        self._now = now
        self.connected = connected

    async def prices_as_of(self) -> LastKnown | None:
        """Of when the prices are, where they are only the last known; None where they can be trusted."""
        if not self.connected:
            return None
        return await self._books.read(self.prices_as_of_in)

    def prices_as_of_in(self, tx: Tx) -> LastKnown | None:
        """The same within a transaction. Prices that came by a file alone are trusted while 1C answers."""
        if not self.connected:
            return None
        state, silent = tx.pulls.state(Subject.PRICES), tx.systems.state(SYSTEM).silent_since is not None
        if state is None or state.done_at is None:
            return LastKnown(None) if silent else None
        return LastKnown(state.done_at) if silent or not state.fresh(self._now()) else None

    def debts_as_of_in(self, tx: Tx) -> LastKnown | None:
        """Of when the debts are, where they are older than they should be; `at` None where none ever came."""
        state = tx.pulls.state(Subject.RECEIVABLES)
        if state is None or state.done_at is None:
            return LastKnown(None)
        return None if state.fresh(self._now()) else LastKnown(state.done_at)

    def debts_taken_at(self, tx: Tx) -> datetime | None:
        """When debts were taken in whole last."""
        state = tx.pulls.state(Subject.RECEIVABLES)
        return state.done_at if state is not None else None

    async def may_leave(self, subject: Subject) -> bool:
        """Whether something told on this subject's data may leave now: neither price nor reminder goes out on old."""
        if not self.connected:
            return True
        state = await self._books.read(lambda tx: tx.pulls.state(subject))
        return state is not None and state.fresh(self._now())

    async def view(self) -> StandingView:
        return await self._books.read(_view)


def _view(tx: Tx) -> StandingView:
    state = tx.systems.state(SYSTEM)
    return StandingView(
        state.silent_since,
        tx.pulls.all(),
        tx.documents.count_waiting(),
        tx.differences.count_open(),
        state.detail,
    )
