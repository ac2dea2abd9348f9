"""When our office works: days of the week, Ukrainian public holidays, and days of our own."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

KYIV = ZoneInfo("Europe/Kyiv")
MONDAY_TO_FRIDAY = frozenset(range(1, 6))
FIXED = ((1, 1), (3, 8), (5, 1), (5, 8), (6, 28), (7, 15), (8, 24), (10, 1), (12, 25))
"""Days of Article 73 of the Labour Code, as it has read since 2023."""
TRINITY = timedelta(days=49)
_YEAR = timedelta(days=366)
_DAY = timedelta(days=1)


def midnight(day: date) -> datetime:
    """When the day begins in Kyiv."""
    return datetime.combine(day, time(), KYIV).astimezone(UTC)


def easter(year: int) -> date:
    """Easter of the Ukrainian churches, by the Julian reckoning (Meeus), in our calendar; 1900 to 2099."""
    a = (19 * (year % 19) + 15) % 30
    b = (2 * (year % 4) + 4 * (year % 7) - a + 34) % 7
    month, day = divmod(a + b + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The holidays of the law, without the days off that weekends move."""
    sunday = easter(year)
    return frozenset({*(date(year, month, day) for month, day in FIXED), sunday, sunday + TRINITY})


@dataclass(frozen=True, slots=True)
class Workdays:
    """`weekdays` are ISO days. `holidays` are days off of our own and `worked` days worked all the same.

    Both are MM-DD of every year or YYYY-MM-DD. `public`: holidays of the law are days off; under martial law they are
    worked (law 2136-IX, Article 6). Hours are Kyiv time.
    """

    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: frozenset[str] = frozenset()
    worked: frozenset[str] = frozenset()
    public: bool = False
    begins: time = time(9)
    ends: time = time(18)

    def is_working(self, day: date) -> bool:
        if _among(day, self.worked):
            return True
        if day.isoweekday() not in self.weekdays or _among(day, self.holidays):
            return False
        return not self.public or not (day in public_holidays(day.year) or self._moved(day))

    def next_working(self, day: date) -> date:
        """The first working day after this one. Raises ValueError where there is none within a year."""
        return self._next(day, _DAY)

    def last_working(self, day: date) -> date:
        """The last working day before this one. Raises ValueError where there is none within a year."""
        return self._next(day, -_DAY)

    def after(self, day: date, days: int) -> date:
        """The working day that comes so many working days after this one."""
        for _ in range(days):
            day = self.next_working(day)
        return day

    def is_open(self, now: datetime) -> bool:
        """Whether somebody is in the office."""
        local = now.astimezone(KYIV)
        return self.is_working(local.date()) and self.begins <= local.time() < self.ends

    def opens(self, now: datetime) -> datetime:
        """Now, where the office is open; else when it opens next."""
        if self.is_open(now):
            return now
        local = now.astimezone(KYIV)
        today = self.is_working(local.date()) and local.time() < self.begins
        day = local.date() if today else self.next_working(local.date())
        return datetime.combine(day, self.begins, KYIV).astimezone(now.tzinfo)

    def later(self, moment: datetime, span: timedelta) -> datetime:
        """When so much of office hours will have passed."""
        while True:
            moment = self.opens(moment)
            closes = datetime.combine(moment.astimezone(KYIV).date(), self.ends, KYIV)
            if moment + span <= closes:
                return moment + span
            span -= closes - moment
            moment = closes.astimezone(moment.tzinfo)

    def _next(self, day: date, step: timedelta) -> date:
        end = day + _YEAR if step > timedelta(0) else day - _YEAR
        while day != end:
            day += step
            if self.is_working(day):
                return day
        raise ValueError("no working day within a year")

    def _moved(self, day: date) -> bool:
        """Whether it is off instead of a holiday that fell on a day off (Labour Code, Article 67)."""
        owed, at = 0, day - timedelta(days=10)
        while at < day:
            off, holiday = at.isoweekday() not in self.weekdays, at in public_holidays(at.year)
            if holiday and off:
                owed += 1
            elif owed and not off and not holiday:
                owed -= 1
            at += _DAY
        return owed > 0


def _among(day: date, named: frozenset[str]) -> bool:
    return f"{day:%m-%d}" in named or day.isoformat() in named
