"""The day of a moment in Kyiv, said in SQL alike on both databases: neither need know of time zones."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Interval, String, case, cast, func, literal

from bot.domain.figures import Dates
from bot.domain.workdays import KYIV

_HOUR = timedelta(hours=1)


def day_of(connection: Connection, moment: Any, years: tuple[int, int], *, plus: int = 0) -> ColumnElement[str]:
    """YYYY-MM-DD of a column in these years, both included; `plus` is so many days later."""
    first, *later = _offsets(*years)
    before = [first[1], *(offset for _, offset in later)]
    shift = case(*((moment < at, before[place]) for place, (at, _) in enumerate(later)), else_=before[-1])
    if connection.dialect.name == "sqlite":
        return func.date(moment, shift, f"+{plus} days", type_=String)
    local = func.timezone("UTC", moment) + cast(shift, Interval) + cast(literal(f"{plus} days"), Interval)
    return func.to_char(local, "YYYY-MM-DD", type_=String)


def written(day: Any) -> ColumnElement[str]:
    """YYYY-MM-DD of a column of days."""
    return cast(day, String)


def years_of(dates: Dates, *, before: int = 0) -> tuple[int, int]:
    """The years that the days lie in, and so many before them."""
    return dates.first.year - 1 - before, dates.last.year + 1


@cache
def _offsets(first: int, last: int) -> list[tuple[datetime, str]]:
    """From when on Kyiv is how far ahead of UTC."""
    found: list[tuple[datetime, str]] = []
    moment, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    while moment < end:
        offset = moment.astimezone(KYIV).utcoffset() or timedelta()
        ahead = f"+{offset // _HOUR} hours"
        if not found or found[-1][1] != ahead:
            found.append((moment, ahead))
        moment += _HOUR
    return found
