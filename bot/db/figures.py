"""What the owner's figures are made of, counted by the database, a row for each day in Kyiv at most."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Subquery, case, distinct, func, or_, select, type_coerce
from sqlalchemy.types import BigInteger

from bot.db.handover import NOT_OURS
from bot.db.kyiv import day_of, years_of
from bot.db.models import BankLine, Dispatch, LostMessage, Order
from bot.db.paid_parts import cards, named_in_reminders, parts, reminders
from bot.domain.bank import BOOKED, UNIDENTIFIED, Apart, LineState
from bot.domain.dispatch import SURELY, WENT
from bot.domain.figures import ONLINE, Counted, Dates, Figures, Waits
from bot.domain.money import ZERO, Money
from bot.domain.notice import MAILED, NoticeKind
from bot.domain.order import State
from bot.domain.workdays import midnight

_DAY = "kyiv_day"
_NOT_LOOKED_AT = UNIDENTIFIED | {LineState.NEW}


@dataclass(frozen=True, slots=True)
class _Span:
    """The days with their moments, and the years that they lie in."""

    dates: Dates

    @property
    def begin(self) -> datetime:
        return midnight(self.dates.first)

    @property
    def end(self) -> datetime:
        return midnight(self.dates.end)

    @property
    def years(self) -> tuple[int, int]:
        return years_of(self.dates)


class FigureTables:
    """Reads alone; a question scans a table once and answers with days, however many rows they hold."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_day(self, dates: Dates) -> dict[date, Figures]:
        """Of those days that have anything."""
        span, found = _Span(dates), defaultdict[date, Figures](Figures)
        for reads in (self._orders, self._cards, self._transfers, self._waits, self._reminders, self._brought,
                      self._messages, self._lost):  # fmt: skip
            for day, figures in reads(span):
                found[date.fromisoformat(day)] += figures
        return dict(found)

    def came_by_card(self, begin: datetime, end: datetime) -> Counted:
        """Payments whose money came in within that time, less what went back; of those given back wholly none."""
        paid = cards(begin, end)
        row = self._connection.execute(select(func.count(), func.sum(paid.c.kept)).where(paid.c.kept > 0)).one()
        return Counted(row[0], _money(row[1]))

    def statements_until(self, dates: Dates) -> date | None:
        """The last of these days that a bank statement tells of; None where none does."""
        found = select(func.max(BankLine.booked_on)).where(_within(BankLine.booked_on, dates))
        return self._connection.execute(found).scalar()

    def _orders(self, span: _Span) -> Iterator[tuple[str, Figures]]:
        online = case((Order.channel.in_(ONLINE), 1), else_=0).label("is_online")
        rows = self._connection.execute(
            select(self._day(Order.placed_at, span), online, func.count(), _sum(Order.total))
            .where(
                Order.placed_at >= span.begin,
                Order.placed_at < span.end,
                Order.state != State.CANCELLED.value,
                Order.channel.not_in(NOT_OURS),
            )
            .group_by(_DAY, "is_online")
        )
        for day, ours, count, sum_ in rows:
            counted = Counted(count, _money(sum_))
            yield day, Figures(online=counted) if ours else Figures(elsewhere=counted)

    def _cards(self, span: _Span) -> Iterator[tuple[str, Figures]]:
        paid = cards(span.begin, span.end)
        rows = self._connection.execute(
            select(self._day(paid.c.at, span), func.count(), func.sum(paid.c.kept))
            .where(paid.c.kept > 0)
            .group_by(_DAY)
        )
        return ((day, Figures(cards=Counted(count, _money(sum_)))) for day, count, sum_ in rows)

    def _transfers(self, span: _Span) -> Iterator[tuple[str, Figures]]:
        rows = self._connection.execute(
            select(BankLine.booked_on, BankLine.state, BankLine.apart, func.count(), _sum(BankLine.amount))
            .where(_within(BankLine.booked_on, span.dates), BankLine.amount > ZERO, BankLine.currency == "UAH")
            .group_by(BankLine.booked_on, BankLine.state, BankLine.apart)
        )
        for day, state, apart, count, sum_ in rows:
            counted, automatic = Counted(count, _money(sum_)), count if state == LineState.AUTOMATIC.value else 0
            if LineState(state) in BOOKED or apart == Apart.THERE.value:
                yield day.isoformat(), Figures(transfers=counted, automatic=automatic)
            elif LineState(state) in _NOT_LOOKED_AT:
                yield day.isoformat(), Figures(unknown=counted)

    def _waits(self, span: _Span) -> Iterator[tuple[str, Figures]]:
        paid = self._parts(span)
        rows = self._connection.execute(
            select(paid.c.day, paid.c.for_day, func.count())
            .where(paid.c.for_day.is_not(None))
            .group_by(paid.c.day, paid.c.for_day)
        )
        for day, since, count in rows:
            waited = max((date.fromisoformat(day) - date.fromisoformat(since)).days, 0)
            yield day, Figures(waits=Waits(((waited, count),)))

    def _reminders(self, span: _Span) -> Iterator[tuple[str, Figures]]:
        told = reminders(self._connection, span.begin, span.end)
        rows = self._connection.execute(select(self._day(told.c.at, span), func.count()).group_by(_DAY))
        return ((day, Figures(reminders=count)) for day, count in rows)

    def _brought(self, span: _Span) -> Iterator[tuple[str, Figures]]:
        """A part that several reminders had named counts once; of what was given back in part nothing counts."""
        paid, named = self._parts(span), named_in_reminders(self._connection, span.dates)
        after = (
            named.c.document == paid.c.document,
            paid.c.day >= named.c.day,
            paid.c.day <= named.c.until,
            or_(paid.c.at.is_(None), paid.c.at >= named.c.at),
        )
        matched = (
            select(paid.c.key, paid.c.position, paid.c.day, paid.c.amount)
            .join_from(paid, named, onclause=after[0] & after[1] & after[2] & after[3])
            .where(paid.c.back == 0)
            .distinct()
            .subquery()
        )
        rows = self._connection.execute(
            select(matched.c.day, func.count(distinct(matched.c.key)), func.sum(matched.c.amount)).group_by(
                matched.c.day
            )
        )
        return ((day, Figures(brought=Counted(count, _money(sum_)))) for day, count, sum_ in rows)

    def _messages(self, span: _Span) -> Iterator[tuple[str, Figures]]:
        """As the journal tells them: on the day they were wanted."""
        surely = Dispatch.state.in_([one.value for one in SURELY])
        went = Dispatch.state.in_([one.value for one in WENT])
        rows = self._connection.execute(
            select(
                self._day(Dispatch.queued_at, span),
                Dispatch.kind,
                func.count().filter(surely),
                _sum(Dispatch.price).filter(went),
            )
            .where(Dispatch.queued_at >= span.begin, Dispatch.queued_at < span.end)
            .group_by(_DAY, Dispatch.kind)
        )
        for day, kind, count, cost in rows:
            mailed, reminder = NoticeKind(kind) in MAILED, kind == NoticeKind.REMINDER.value
            other = 0 if mailed or reminder else count
            yield day, Figures(price_lists=count if mailed else 0, messages=other, sent=count, cost=_money(cost))

    def _lost(self, span: _Span) -> Iterator[tuple[str, Figures]]:
        """What messages cost that did not come, and whose notices went another way."""
        rows = self._connection.execute(
            select(self._day(Dispatch.queued_at, span), _sum(LostMessage.price))
            .join(Dispatch, Dispatch.id == LostMessage.dispatch_id)
            .where(Dispatch.queued_at >= span.begin, Dispatch.queued_at < span.end)
            .group_by(_DAY)
        )
        return ((day, Figures(cost=_money(cost))) for day, cost in rows)

    def _parts(self, span: _Span) -> Subquery:
        return parts(self._connection, span.dates)

    def _day(self, moment: Any, span: _Span) -> ColumnElement[str]:
        return day_of(self._connection, moment, span.years).label(_DAY)


def _within(column: Any, dates: Dates) -> ColumnElement[bool]:
    inside: ColumnElement[bool] = column.between(dates.first, dates.last)
    return inside


def _sum(column: Any) -> Any:
    return func.sum(type_coerce(column, BigInteger))


def _money(kopiykas: Any) -> Money:
    """PostgreSQL adds whole numbers up to a decimal; of nothing the sum is none."""
    return Money(int(kopiykas or 0))
