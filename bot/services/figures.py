"""Figures for the owner: of a period on demand, and of the last week on the first working morning of this one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.errors import Outdated
from bot.domain.figures import LONGEST, Dates, Figures, Norms, Period, Saved, dates_of, saved, together
from bot.domain.job import Run
from bot.domain.notice import Notice, NoticeKind
from bot.domain.workdays import KYIV, midnight
from bot.ports import Clock
from bot.services.notices import tell_finance
from bot.services.standing import LastKnown

FIGURES = "figures"
LATE = timedelta(days=1)
EARLIEST = date(2020, 1, 1)
"""Nobody asks of what was before."""


@dataclass(frozen=True, slots=True)
class FiguresView:
    """`days` are those that have anything.

    `orders_as_of`: 1C told of its orders last then, and not since; without a moment never, and shares of orders say
    nothing. `transfers_until`: the last day that a bank statement tells of; None: of none, and no share of payments
    can be said.
    """

    dates: Dates
    days: Mapping[date, Figures]
    orders_as_of: LastKnown | None
    transfers_until: date | None
    today: date
    norms: Norms

    @property
    def total(self) -> Figures:
        return together(self.days.values())

    @property
    def saved(self) -> Saved:
        return saved(self.total, self.norms)

    @property
    def empty(self) -> bool:
        """Nothing was ordered, paid or sent."""
        return not any(one.orders.count or one.payments.count or one.sent for one in self.days.values())

    @property
    def knows_orders(self) -> bool:
        return self.orders_as_of is None or self.orders_as_of.at is not None

    @property
    def transfers_lack(self) -> bool:
        """Whether statements of the last days are not here yet."""
        last = min(self.dates.last, self.today - timedelta(days=1))
        return self.transfers_until is not None and self.transfers_until < last

    def of(self, dates: Dates) -> Figures:
        """A part of the period."""
        return together(figures for day, figures in self.days.items() if dates.first <= day <= dates.last)


class OwnerFigures:
    """For the desks that see money. `works` says whether a day is a working one."""

    def __init__(self, books: Books, norms: Norms, works: Callable[[date], bool], now: Clock) -> None:
        self._books = books
        self._norms = norms
        self._works = works
        self._now = now

    async def of(self, period: Period) -> FiguresView:
        return await self.view(dates_of(period, self._today()))

    async def view(self, dates: Dates) -> FiguresView:
        """Raises Outdated for days that no period has."""
        if not (1 <= dates.count <= LONGEST and EARLIEST <= dates.first <= self._today()):
            raise Outdated("figures")
        return await self._books.read(self._view, dates)

    async def run(self, _: Run) -> None:
        """Every morning; on the first working one of a week finance is told. The handler of FIGURES.

        On the day after it as well, for a worker that stood still: what was told is not told again.
        """
        today = self._today()
        monday = today - timedelta(days=today.weekday())
        first = next((day for day in week_from(monday) if self._works(day)), None)
        if first is not None and self._works(today) and today - first in (timedelta(), LATE):
            await self._books.write(lambda tx: tell_finance(tx, self._notice()))

    async def send(self) -> None:
        """Of the last week, to finance now, whatever day it is."""
        version = self._now().isoformat()
        await self._books.write(lambda tx: tell_finance(tx, self._notice(version)))

    def _notice(self, version: str = "") -> Notice:
        return Notice(NoticeKind.FIGURES, dates_of(Period.LAST_WEEK, self._today()).first.isoformat(), version)

    def _view(self, tx: Tx, dates: Dates) -> FiguresView:
        return FiguresView(
            dates,
            tx.figures.by_day(dates),
            self._orders_as_of(tx, dates),
            tx.figures.statements_until(dates),
            self._today(),
            self._norms,
        )

    def _orders_as_of(self, tx: Tx, dates: Dates) -> LastKnown | None:
        """None where all of these days are known, or as fresh as orders ever are."""
        state = tx.pulls.state(Subject.ORDERS)
        if state is None or state.done_at is None:
            return LastKnown(None)
        known = state.fresh(self._now()) or state.done_at >= midnight(dates.end)
        return None if known else LastKnown(state.done_at)

    def _today(self) -> date:
        return self._now().astimezone(KYIV).date()


def week_from(monday: date) -> Dates:
    return Dates(monday, monday + timedelta(days=6))
