"""The one time of the demo: every sandbox and the product go by it, and whoever tries the demo moves it forward."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from zoneinfo import ZoneInfo

KYIV = ZoneInfo("Europe/Kyiv")
MORNING = time_of_day(9, 35)
"""When everything of a morning is due: what the product does at half past six, at nine and at half past nine."""
SATURDAY = 5
FARTHEST = 400 * 86400.0


class MovedTime:
    """Seconds since the epoch, `ahead` of the real ones; `heard` are told how far after each move."""

    def __init__(self, real: Callable[[], float] = time.time) -> None:
        self._real = real
        self.ahead = 0.0
        self.heard: list[Callable[[float], None]] = []

    def __call__(self) -> float:
        return self._real() + self.ahead

    def advance(self, seconds: float) -> None:
        """Raises ValueError: time goes forward only, and not for ever."""
        if not seconds >= 0 or self.ahead + seconds > FARTHEST:
            raise ValueError("seconds")
        self.ahead += seconds
        for tell in self.heard:
            tell(self.ahead)

    def to_morning(self) -> None:
        """The next morning of a working day."""
        now = datetime.fromtimestamp(self(), UTC)
        self.advance((next_morning(now) - now).total_seconds())


def next_morning(now: datetime) -> datetime:
    """The nearest 9:35 in Kyiv that is to come, from Monday to Friday."""
    day = now.astimezone(KYIV).date()
    morning = datetime.combine(day, MORNING, KYIV)
    while morning <= now or morning.weekday() >= SATURDAY:
        day += timedelta(days=1)
        morning = datetime.combine(day, MORNING, KYIV)
    return morning.astimezone(UTC)
