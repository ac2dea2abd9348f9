"""The journal of notices for staff: what went where, what it cost, and what was saved by not sending text messages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.books import Books
from bot.db.journal import JournalRow, Tally
from bot.db.tx import Tx
from bot.domain.dispatch import SMS_PARTS, SMS_PRICE, SURELY, WENT, DispatchState, Way, month_of
from bot.domain.errors import NotFound
from bot.domain.job import Run
from bot.domain.money import ZERO, Money
from bot.domain.notice import Notice, NoticeKind
from bot.ports import Clock
from bot.services.notices import tell_staff

FAILURES = "tell_failures"
UNSURE = "tell_unsure"
SETTLES = timedelta(minutes=15)
"""So long news may still come of a message whose answer was lost."""
CAME = frozenset({DispatchState.DELIVERED, DispatchState.SEEN})


@dataclass(frozen=True, slots=True)
class WayFigures:
    """Of one way, or of those for whom none was found: `sent` left, the rest is what is known of them."""

    way: Way | None
    sent: int = 0
    delivered: int = 0
    seen: int = 0
    failed: int = 0
    unsure: int = 0
    cost: Money = ZERO


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """`saved`: what the messages that cost nothing would have cost as text messages."""

    month: datetime
    ways: Sequence[WayFigures]
    saved: Money

    @property
    def cost(self) -> Money:
        return sum((way.cost for way in self.ways), ZERO)


class Journal:
    """`part` is what one part of an SMS costs."""

    def __init__(self, books: Books, now: Clock, part: Money = SMS_PRICE) -> None:
        self._books = books
        self._now = now
        self.part = part

    async def listed(
        self,
        states: Collection[DispatchState] = frozenset(DispatchState),
        *,
        client: str = "",
        since: datetime | None = None,
        limit: int = 50,
    ) -> Sequence[JournalRow]:
        """Newest first; `client` is a code. Raises NotFound where nobody has it."""

        def read(tx: Tx) -> list[JournalRow]:
            client_id = tx.journal.client(client) if client else None
            if client and client_id is None:
                raise NotFound("client")
            return tx.journal.listed(states, client_id=client_id, since=since, limit=limit)

        return await self._books.read(read)

    async def require(self, dispatch_id: UUID) -> JournalRow:
        """Raises NotFound."""
        found = await self._books.read(lambda tx: tx.journal.row(dispatch_id))
        if found is None:
            raise NotFound("dispatch")
        return found

    async def month(self, of: datetime | None = None) -> MonthFigures:
        """The calendar month in Kyiv that this moment is in; the present one."""
        since = month_of(of or self._now())
        until = month_of(since + timedelta(days=32))
        return self._figures(since, await self._books.read(lambda tx: tx.journal.tallies(since, until)))

    async def tell_failures(self, _: Run) -> None:
        """The managers hear once of everybody who did not get what they must be told."""
        now = self._now()

        def tell(tx: Tx) -> None:
            people = tx.dispatches.tell_failures(now)
            if people:
                tell_staff(tx, Notice(NoticeKind.UNREACHED, now.isoformat(), str(people)))

        await self._books.write(tell)

    async def tell_unsure(self, _: Run) -> None:
        """The managers hear once, as a list, of notices that may have arrived or not."""
        now = self._now()

        def tell(tx: Tx) -> None:
            count = tx.untold.tell_unsure(now, now - SETTLES)
            if count:
                tell_staff(tx, Notice(NoticeKind.UNSURE, now.isoformat(), str(count)))

        await self._books.write(tell)

    async def unsure(self, told_at: datetime, limit: int) -> Sequence[JournalRow]:
        """Those that were told at that moment and that no news came of since."""
        return await self._books.read(lambda tx: tx.journal.unsure(told_at, limit))

    def _figures(self, month: datetime, tallies: Sequence[Tally]) -> MonthFigures:
        ways = [_way(way, [one for one in tallies if one.way is way]) for way in (*Way, None)]
        free = sum(one.free for one in tallies if one.state in SURELY and one.way is not Way.SMS)
        shown = [one for one in ways if one.sent or one.failed or one.unsure]
        return MonthFigures(month, shown, Money(free * SMS_PARTS * self.part.kopiykas))


def _way(way: Way | None, tallies: Sequence[Tally]) -> WayFigures:
    def count(*states: DispatchState) -> int:
        return sum(one.count for one in tallies if one.state in states)

    return WayFigures(
        way,
        sent=count(*SURELY),
        delivered=count(*CAME),
        seen=count(DispatchState.SEEN),
        failed=count(DispatchState.FAILED),
        unsure=count(DispatchState.UNSURE),
        cost=sum((one.cost for one in tallies if one.state in WENT), ZERO),
    )
