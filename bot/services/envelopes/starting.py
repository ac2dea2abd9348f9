"""Documents that begin by themselves where the office wants it: no contract yet, one that ends, new prices."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.dispatch import KYIV
from bot.domain.envelope import Asked, Asker, Start, Terms
from bot.domain.job import Run
from bot.domain.signing import DocumentKind
from bot.domain.workdays import Workdays
from bot.ports import Clock
from bot.services.envelopes.desk import EnvelopeDesk

START = "start_envelopes"
A_DAY = 20
"""So many documents of a rule begin in a day at most: lawyers have to read them."""
ENDS_WITHIN = timedelta(days=30)
NOT_AGAIN = timedelta(days=60)
"""A contract that was begun and not signed is not begun again for so long."""
PRICES_EVERY = timedelta(days=30)


class Starting:
    """The handler of START, on working mornings."""

    def __init__(self, books: Books, desk: EnvelopeDesk, work: Workdays, now: Clock) -> None:
        self._books = books
        self._desk = desk
        self._work = work
        self._now = now
        self._found: Mapping[Start, tuple[DocumentKind, Callable[[Tx], Sequence[UUID]]]] = {
            Start.NEW: (DocumentKind.CONTRACT, lambda tx: tx.envelopes.starts.without_contract(A_DAY)),
            Start.EXPIRING: (DocumentKind.CONTRACT, self._ending),
            Start.PRICES: (DocumentKind.AMENDMENT, self._with_old_prices),
        }

    async def run(self, _: Run) -> None:
        """Whom a rule concerned yesterday it does not concern today: their document is open."""
        if self._work.is_working(self._now().astimezone(KYIV).date()):
            for start in Start:
                if start in self._desk.rules.starts:
                    await self._books.write(self._start, start)

    def _start(self, tx: Tx, start: Start) -> None:
        kind, found = self._found[start]
        for client_id in found(tx):
            self._desk.asked(tx, client_id, kind, Terms(), Asked(Asker.RULE, start.value))

    def _ending(self, tx: Tx) -> Sequence[UUID]:
        now: datetime = self._now()
        today = now.astimezone(KYIV).date()
        return tx.envelopes.starts.ending(today, today + ENDS_WITHIN, now - NOT_AGAIN, A_DAY)

    def _with_old_prices(self, tx: Tx) -> Sequence[UUID]:
        return tx.envelopes.starts.with_old_prices(self._now() - PRICES_EVERY, A_DAY)
