"""The ladder over days that are past: what it would have sent, had debts stood then as they are known now."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from bot.domain.ladder import Ladder, Remind, Standpoint, Step, plan
from bot.domain.receivable import Debt

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class PastDebt:
    """A debt that stood from `since`, and was paid on `paid` where that is known."""

    debt: Debt
    since: date
    paid: date | None = None

    def stood(self, day: date) -> bool:
        return self.since <= day and (self.paid is None or day < self.paid)


@dataclass
class Tally:
    """Messages by level and by day, and how many clients got any."""

    messages: int = 0
    clients: int = 0
    by_level: Counter[str] = field(default_factory=Counter)
    clients_by_level: Counter[str] = field(default_factory=Counter)
    by_day: Counter[date] = field(default_factory=Counter)

    @property
    def most(self) -> tuple[date, int] | None:
        """The fullest day."""
        return max(self.by_day.items(), key=lambda one: (one[1], one[0]), default=None)


def replay(ladder: Ladder, clients: Mapping[C, Sequence[PastDebt]], days: Iterable[date]) -> Tally:
    """Day after day, each client on its own; nobody promises, disputes or is exempted."""
    tally, days = Tally(), list(days)
    for past in clients.values():
        levels = _levels(ladder, past, days)
        if levels:
            tally.clients += 1
            tally.messages += len(levels)
            tally.by_level.update(level for _, level in levels)
            tally.by_day.update(day for day, _ in levels)
            tally.clients_by_level.update({level for _, level in levels})
    return tally


def _levels(ladder: Ladder, past: Sequence[PastDebt], days: Sequence[date]) -> list[tuple[date, str]]:
    """The days on which the client would have been reminded, and the levels."""
    steps: defaultdict[str, list[Step]] = defaultdict(list)
    sent: list[tuple[date, str]] = []
    for day in days:
        debts = [one.debt for one in past if one.stood(day)]
        if not debts:
            continue
        known = [step for debt in debts for step in steps[debt.document]]
        planned = plan(ladder, Standpoint(debts, known, last=sent[-1][0] if sent else None), day)
        if isinstance(planned, Remind):
            sent.append((day, planned.level.name))
            for step in planned.steps:
                steps[step.document].append(step)
    return sent
