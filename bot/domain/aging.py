"""How old debts are: not due yet, or so many days past their day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.money import ZERO, Money, total


class Age(StrEnum):
    """From the youngest; a debt without a day to pay is not due."""

    NOT_DUE = "not_due"
    WEEK = "week"  # 1 to 7 days late
    FORTNIGHT = "fortnight"  # 8 to 14
    MONTH = "month"  # 15 to 30
    TWO_MONTHS = "two_months"  # 31 to 60
    OLDER = "older"


LAST_DAY = ((7, Age.WEEK), (14, Age.FORTNIGHT), (30, Age.MONTH), (60, Age.TWO_MONTHS))
"""Up to so many days late, that day included."""


@dataclass(frozen=True, slots=True)
class Aging:
    """What is owed by age, in the order of ages; together it is all that is owed."""

    sums: tuple[Money, ...]

    @property
    def total(self) -> Money:
        return total(self.sums)

    @property
    def overdue(self) -> Money:
        return total(self.sums[1:])

    def of(self, age: Age) -> Money:
        return self.sums[list(Age).index(age)]


def days_late(due: date | None, today: date) -> int:
    """Zero where it is not due yet: on its day a debt is not late."""
    return max((today - due).days, 0) if due is not None else 0


def age_of(due: date | None, today: date) -> Age:
    late = days_late(due, today)
    if not late:
        return Age.NOT_DUE
    return next((age for last, age in LAST_DAY if late <= last), Age.OLDER)


def aging(debts: Iterable[tuple[date | None, Money]], today: date) -> Aging:
    """Of days to pay and what is left by each."""
    sums = dict.fromkeys(Age, ZERO)
    for due, rest in debts:
        sums[age_of(due, today)] += rest
    return Aging(tuple(sums.values()))
