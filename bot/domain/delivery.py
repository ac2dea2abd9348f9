"""When an order can be driven out: working days, holidays, and the cut-off before them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

KYIV = ZoneInfo("Europe/Kyiv")


@dataclass(frozen=True, slots=True)
class DeliveryRules:
    """`weekdays` are ISO days driven on; `holidays` are MM-DD of every year or YYYY-MM-DD; `cutoff` is Kyiv time."""

    cutoff: time
    weekdays: frozenset[int]
    holidays: frozenset[str]
    horizon_days: int

    def works(self, day: date) -> bool:
        return (
            day.isoweekday() in self.weekdays
            and f"{day:%m-%d}" not in self.holidays
            and day.isoformat() not in self.holidays
        )

    def deadline(self, day: date) -> datetime:
        """Until when an order for the day is taken: the cut-off of the last working day before it."""
        eve = day - timedelta(days=1)
        for _ in range(60):
            if self.works(eve):
                break
            eve -= timedelta(days=1)
        return datetime.combine(eve, self.cutoff, KYIV)

    def dates(self, now: datetime) -> tuple[date, ...]:
        """The days an order of this moment can be driven out on."""
        return tuple(day for day in self._horizon(now) if self.works(day) and now < self.deadline(day))

    def offers(self, day: date, now: datetime) -> bool:
        return day in self.dates(now)

    def _horizon(self, now: datetime) -> Iterator[date]:
        today = now.astimezone(KYIV).date()
        return (today + timedelta(days=n) for n in range(1, self.horizon_days + 1))
