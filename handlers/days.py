"""A day as people type it: 25.11, 25.11.2026, 25/11, or its number alone."""

import re
from contextlib import suppress
from datetime import date, timedelta

from bot.domain.errors import Refused

_DAY = re.compile(r"([0-9]{1,2})(?:[.,/\- ]([0-9]{1,2})(?:[.,/\- ]((?:20)?[0-9]{2}))?)?(?:\s*р?\.?)?")
_NAMED = {
    "сьогодні": 0, "сегодня": 0, "today": 0, "вчора": -1, "вчера": -1, "yesterday": -1, "завтра": 1, "tomorrow": 1,
}  # fmt: skip


def read_day(text: str, today: date, *, ahead: bool = False) -> date:
    """The nearest such day; a number alone is of this month, or, looking `ahead`, of the next where it is over.

    Raises Refused: not_a_day.
    """
    said = text.strip().casefold()
    if said in _NAMED:
        return today + timedelta(days=_NAMED[said])
    found = _DAY.fullmatch(said)
    if found is None:
        raise Refused("not_a_day")
    day, month, year = (int(part) if part else None for part in found.groups())
    assert day is not None
    try:
        if year is not None:
            return date(year if year > 99 else 2000 + year, month or 1, day)
        if month is not None:
            return _nearest(today, month, day)
        return _of_month(today, day, ahead=ahead)
    except ValueError as error:
        raise Refused("not_a_day") from error


def _nearest(today: date, month: int, day: int) -> date:
    """Raises ValueError where no year nearby has such a day."""
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        with suppress(ValueError):
            found.append(date(year, month, day))
    return min(found, key=lambda one: abs(one - today))


def _of_month(today: date, day: int, *, ahead: bool) -> date:
    """Raises ValueError."""
    this = today.replace(day=1)
    if ahead and day < today.day:
        this = (this + timedelta(days=31)).replace(day=1)
    if not ahead and day > today.day:
        this = (this - timedelta(days=1)).replace(day=1)
    return this.replace(day=day)
