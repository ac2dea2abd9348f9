"""What staff have the gateway do with money: give it back, take what is held, or let it go."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.money import Money

DONE = "done"
UNCLEAR = "unclear"
"""The answer was lost, and after a while there is still no trace of it at the gateway."""
UNKNOWN = "unknown"
"""The gateway has never heard of the attempt."""
MOVED_ELSEWHERE = "moved_elsewhere"
"""Somebody else moved money of this attempt first."""


class MoveKind(StrEnum):
    REFUND = "refund"
    SETTLE = "settle"
    RELEASE = "release"


class Reason(StrEnum):
    """Why money goes back; the words are in keyboards/staff_money.py."""

    GOODS = "g"
    TWICE = "t"
    CANCELLED = "c"
    MISTAKE = "m"


@dataclass(frozen=True, slots=True)
class MoveView:
    """Who asked for what; `ended` is None while it is under way, DONE, or why it was not done.

    `reason` is one of Reason, or empty where `comment` was written by hand. `before` had gone back already.
    """

    id: UUID
    reference: str
    kind: MoveKind
    amount: Money
    before: Money
    reason: str
    comment: str
    by: str
    asked_at: datetime
    called_at: datetime | None
    ended_at: datetime | None
    ended: str | None
