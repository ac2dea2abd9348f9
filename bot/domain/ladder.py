"""The reminder ladder: which debts are reminded of on a day, at which level, and why nobody is reminded."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.dispatch import Way
from bot.domain.money import ZERO, Money, total
from bot.domain.receivable import Debt


class Tone(StrEnum):
    """How a level speaks; never threatening."""

    KIND = "kind"
    PLAIN = "plain"
    FIRM = "firm"


@dataclass(frozen=True, slots=True)
class Level:
    """A rung. `day` is how many days after the due date it begins; below zero before it.

    `texts` and `sms` are by language. `ways` are those it may go by, and a message may cost `worth` at most.
    `escalates`: the managers hear of it too. `statement`: a letter brings the client's statement.
    """

    name: str
    day: int
    tone: Tone
    texts: Mapping[str, str] = field(hash=False)
    sms: Mapping[str, str] = field(default_factory=dict, hash=False)
    ways: frozenset[Way] = frozenset(Way)
    worth: Money = ZERO
    escalates: bool = False
    statement: bool = False
    on: bool = True


@dataclass(frozen=True, slots=True)
class Ladder:
    """The levels by their days. A client is reminded once in `apart` days at most.

    Reminders rest for `hold_days` working days after somebody said that it is paid; nobody may promise a day further
    off than `promise_days`.
    """

    levels: tuple[Level, ...]
    apart: int = 1
    hold_days: int = 3
    promise_days: int = 14

    @property
    def live(self) -> tuple[Level, ...]:
        """Those that are on."""
        return tuple(level for level in self.levels if level.on)

    def level(self, name: str) -> Level | None:
        return next((level for level in self.levels if level.name == name), None)

    def of(self, days_late: int) -> Level | None:
        """The newest level that a debt has come to; None before the first."""
        return next((level for level in reversed(self.live) if level.day <= days_late), None)

    def above(self, day: int) -> Level | None:
        """The level after one that began on this day; the last where there is none after it."""
        return next((level for level in self.live if level.day > day), self.live[-1] if self.live else None)


@dataclass(frozen=True, slots=True)
class Step:
    """A debt was reminded of at a level, while it was due on `due`; `day` is where the level stood then."""

    document: str
    due: date
    level: str
    day: int


@dataclass(frozen=True, slots=True)
class Exemption:
    """Finance's own word for a client: never, or so many days later; `until` is its last day."""

    grace: int | None
    until: date | None = None

    def holds(self, today: date) -> bool:
        return self.until is None or today <= self.until


class Rest(StrEnum):
    """Why nobody is reminded today."""

    NOTHING = "nothing"  # no debt that any level speaks of
    TOLD = "told"  # at this level, and the next has not come
    LATELY = "lately"  # a reminder went out or is on its way
    PROMISED = "promised"
    SAID_PAID = "said_paid"
    DISPUTED = "disputed"
    STOPPED = "stopped"
    UNDER_WAY = "under_way"  # a payment is


@dataclass(frozen=True, slots=True)
class Remind:
    """One message to a client: at this level, of all these debts; `steps` says which of them moved up and where to."""

    level: Level
    debts: tuple[Debt, ...]
    steps: tuple[Step, ...]

    @property
    def total(self) -> Money:
        return total(tuple(debt.rest for debt in self.debts))

    @property
    def overdue(self) -> Money:
        return total(tuple(debt.rest for debt in self.debts if debt.overdue))

    @property
    def oldest(self) -> date:
        """When the first of them was or is due."""
        return min(debt.due for debt in self.debts if debt.due is not None)


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What is known of a client on a day.

    `last`: when they were reminded last, `waiting`: a reminder is on its way. `promised` and `held` are the last days
    of a promise and of the rest after "it is paid". `lifted`: debts whose promise was broken and that were not reminded
    of since. `under_way`: a payment is.
    """

    debts: Sequence[Debt]
    steps: Sequence[Step] = ()
    last: date | None = None
    waiting: bool = False
    promised: date | None = None
    held: date | None = None
    disputed: Collection[str] = frozenset()
    lifted: Collection[str] = frozenset()
    exemption: Exemption | None = None
    under_way: bool = False


def plan(ladder: Ladder, seen: Standpoint, today: date) -> Remind | Rest:
    """One message for all debts, at the level of the most overdue of those that came to a new level.

    Each debt has each level once. Levels that were missed are passed over for the newest.
    """
    exemption = seen.exemption if seen.exemption and seen.exemption.holds(today) else None
    grace = (exemption.grace or 0) if exemption else 0
    ripe = [debt for debt in seen.debts if debt.due and ladder.of(late(debt.due, today) - grace)]
    spoken = tuple(debt for debt in ripe if debt.document not in seen.disputed)
    if rest := _rest(seen, exemption, today, ripe=bool(ripe), spoken=bool(spoken)):
        return rest
    steps = [step for debt in spoken if (step := _step(ladder, seen, debt, today, grace))]
    if not steps:
        return Rest.TOLD
    if seen.waiting or (seen.last is not None and late(seen.last, today) < ladder.apart):
        return Rest.LATELY
    level = ladder.level(max(steps, key=lambda step: step.day).level)
    assert level is not None
    return Remind(level, spoken, tuple(steps))


def late(due: date, today: date) -> int:
    """Days after it; below zero before it."""
    return (today - due) // timedelta(days=1)


def _rest(seen: Standpoint, exemption: Exemption | None, today: date, *, ripe: bool, spoken: bool) -> Rest | None:
    """What keeps the whole client from being reminded."""
    if not ripe:
        return Rest.NOTHING
    if exemption and exemption.grace is None:
        return Rest.STOPPED
    if seen.under_way:
        return Rest.UNDER_WAY
    if seen.promised is not None and today <= seen.promised:
        return Rest.PROMISED
    if seen.held is not None and today <= seen.held:
        return Rest.SAID_PAID
    return None if spoken else Rest.DISPUTED


def _step(ladder: Ladder, seen: Standpoint, debt: Debt, today: date, grace: int) -> Step | None:
    """The level this debt has newly come to; one higher than the last where a promise was broken."""
    assert debt.due is not None
    level = ladder.of(late(debt.due, today) - grace)
    assert level is not None
    behind = [_day(ladder, step) for step in seen.steps if (step.document, step.due) == (debt.document, debt.due)]
    if debt.document in seen.lifted and (above := ladder.above(max(behind, default=level.day))):
        level = max(level, above, key=lambda one: one.day)
    elif behind and level.day <= max(behind):
        return None
    return Step(debt.document, debt.due, level.name, level.day)


def _day(ladder: Ladder, step: Step) -> int:
    """Where the level of the step stands now; where it stood then if there is no such level any more."""
    level = ladder.level(step.level)
    return level.day if level else step.day
