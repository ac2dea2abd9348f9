"""Figures for the owner: what is done online, how soon clients pay, what reminders bring, and what all of it saves."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from bot.domain.money import ZERO, Money

ORDERS_GOAL, PAYMENTS_GOAL = 52, 48
"""Per cent online that a wholesaler of this kind once reached, with three and two months of work."""
ONLINE = frozenset({"telegram", "viber"})
"""Channels by which clients order themselves; every other order came to 1C another way."""
AFTER_REMINDER = 3
"""Money that comes within so many days of a reminder is what it brought."""
HOUR = Money(10_500)
"""Four people fewer cost about 70 000 hryvnias a month less: 17 500 for 168 hours."""
LONGEST = 93
"""Days of the longest period."""
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_MONTH = 31


class Period(StrEnum):
    """What figures are asked of; each ends today, or has ended."""

    THIS_WEEK = "this_week"
    LAST_WEEK = "last_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THREE_MONTHS = "three_months"


@dataclass(frozen=True, slots=True)
class Dates:
    """Days in Kyiv, `last` included."""

    first: date
    last: date

    @property
    def end(self) -> date:
        """The first day after them."""
        return self.last + _DAY

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=day) for day in range(self.count))

    @property
    def count(self) -> int:
        return (self.last - self.first).days + 1


def dates_of(period: Period, today: date) -> Dates:
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    match period:
        case Period.THIS_WEEK:
            return Dates(monday, today)
        case Period.LAST_WEEK:
            return Dates(monday - _WEEK, monday - _DAY)
        case Period.THIS_MONTH:
            return Dates(first, today)
        case Period.LAST_MONTH:
            return Dates((first - _DAY).replace(day=1), first - _DAY)
        case Period.THREE_MONTHS:
            return Dates(_three_months_before(today) + _DAY, today)


def _three_months_before(day: date) -> date:
    """The same day of that month, or its last one."""
    year, month = (day.year, day.month - 3) if day.month > 3 else (day.year - 1, day.month + 9)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Counted:
    """How many, and their sum."""

    count: int = 0
    sum: Money = ZERO

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(self.count + other.count, self.sum + other.sum)


@dataclass(frozen=True, slots=True)
class Waits:
    """How many payments came so many days after the order, or the document, that they are for."""

    of: tuple[tuple[int, int], ...] = ()

    def __add__(self, other: "Waits") -> "Waits":
        both = Counter[int](dict(self.of))
        both.update(dict(other.of))
        return Waits(tuple(sorted(both.items())))

    @property
    def count(self) -> int:
        return sum(count for _, count in self.of)

    @property
    def median(self) -> int | None:
        """Within so many days at least a half was paid; None where nothing was."""
        seen = 0
        for days, count in sorted(self.of):
            seen += count
            if seen * 2 >= self.count:
                return days
        return None

    @property
    def soon(self) -> int:
        """How many came on the same day or the next one."""
        return sum(count for days, count in self.of if days <= 1)


@dataclass(frozen=True, slots=True)
class Figures:
    """Of a day or of several together.

    Orders that stand, by `online` and `elsewhere`; payments net of what went back: by `cards`, by `transfers` of
    clients, and `unknown` transfers. `brought`: what came after reminders. `automatic` transfers nobody sorted by hand;
    `messages` went beside reminders and `price_lists`; `sent` are all of them and `cost` is theirs.
    """

    online: Counted = field(default_factory=Counted)
    elsewhere: Counted = field(default_factory=Counted)
    cards: Counted = field(default_factory=Counted)
    transfers: Counted = field(default_factory=Counted)
    unknown: Counted = field(default_factory=Counted)
    brought: Counted = field(default_factory=Counted)
    waits: Waits = field(default_factory=Waits)
    reminders: int = 0
    automatic: int = 0
    price_lists: int = 0
    messages: int = 0
    sent: int = 0
    cost: Money = ZERO

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def orders(self) -> Counted:
        return self.online + self.elsewhere

    @property
    def payments(self) -> Counted:
        return self.cards + self.transfers + self.unknown


def together(figures: Iterable[Figures]) -> Figures:
    return sum(figures, Figures())


def percent(part: int, whole: int) -> int:
    """What there is is never called nothing, a part never all."""
    return max(part * 100 // whole, 1) if part and whole else 0


# --- what it saves ---------------------------------------------------------------------------------------------------


class Task(StrEnum):
    """What the office would do by hand."""

    ORDER = "order"  # taken by phone and typed in
    PAYMENT = "payment"  # looked for and put to its document
    REMINDER = "reminder"  # a call to a debtor
    PRICE_LIST = "price_list"  # made up and sent
    MESSAGE = "message"  # a confirmation, a link to pay, news


@dataclass(frozen=True, slots=True)
class Norms:
    """Minutes that each takes by hand, and what an hour of the office costs."""

    order: int = 6
    payment: int = 4
    reminder: int = 5
    price_list: int = 5
    message: int = 1
    hour: Money = HOUR

    def of(self, task: Task) -> int:
        minutes: int = getattr(self, task.value)
        return minutes


@dataclass(frozen=True, slots=True)
class Saved:
    """By task: how many, and how many minutes each; `money` is what so many minutes cost."""

    tasks: tuple[tuple[Task, int, int], ...]
    money: Money

    @property
    def minutes(self) -> int:
        return sum(count * each for _, count, each in self.tasks)


def saved(figures: Figures, norms: Norms) -> Saved:
    """Tasks that there were and that the norms give time."""
    counts = {
        Task.ORDER: figures.online.count,
        Task.PAYMENT: figures.cards.count + figures.automatic,
        Task.REMINDER: figures.reminders,
        Task.PRICE_LIST: figures.price_lists,
        Task.MESSAGE: figures.messages,
    }
    tasks = tuple((task, count, norms.of(task)) for task, count in counts.items() if count and norms.of(task))
    minutes = sum(count * each for _, count, each in tasks)
    return Saved(tasks, norms.hour.times(Decimal(minutes) / 60))


# --- how it moves ----------------------------------------------------------------------------------------------------


def steps(dates: Dates) -> Sequence[Dates]:
    """A period in parts for a chart: a week in days, a month in weeks, what is longer in months; cut at its ends."""
    parts: list[Dates] = []
    first = dates.first
    while first <= dates.last:
        last = min(_step_end(dates, first), dates.last)
        parts.append(Dates(first, last))
        first = last + _DAY
    return parts


def _step_end(dates: Dates, first: date) -> date:
    if dates.count <= _WEEK.days:
        return first
    if dates.count <= _MONTH:
        return first + timedelta(days=6 - first.weekday())
    return first.replace(day=monthrange(first.year, first.month)[1])
