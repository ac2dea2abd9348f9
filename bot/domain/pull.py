"""How fresh what we know of the book of record is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.accounting import Subject

LIMITS = {
    Subject.CLIENTS: timedelta(hours=26),
    Subject.CATALOGUE: timedelta(hours=26),
    Subject.PRICES: timedelta(hours=2),
    Subject.STOCK: timedelta(hours=2),
    Subject.RECEIVABLES: timedelta(hours=2),
    Subject.ORDERS: timedelta(hours=1),
}
"""Older than this, a subject is only the last known: no price and no reminder leaves on it."""


@dataclass(frozen=True, slots=True)
class PullState:
    """When a subject was last taken in whole, and what went wrong since."""

    subject: Subject
    began_at: datetime
    done_at: datetime | None
    failed_at: datetime | None
    error: str
    changed: int

    def fresh(self, now: datetime) -> bool:
        return self.done_at is not None and now - self.done_at <= LIMITS[self.subject]


@dataclass
class PullReport:
    """What a pull did; `problems` are codes with the id they are about.

    Not `believed`: it was whole, and too much was missing for it to be true.
    """

    subject: Subject
    seen: int = 0
    changed: int = 0
    gone: int = 0
    problems: list[tuple[str, str]] | None = None
    believed: bool = True

    def trouble(self, code: str, about: str) -> None:
        self.problems = self.problems or []
        if len(self.problems) < 200:
            self.problems.append((code, about))
