"""What staff have the gateway do with money: give it back, take what is held, or let it go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.money import ZERO, Money

DONE = "done"
UNCLEAR = "unclear"
"""The answer was lost, and after a while there is still no trace of it at the gateway."""
UNKNOWN = "unknown"
"""The gateway has never heard of the attempt."""
LAGS = "lags"
"""The gateway did not show what had gone back before, so it was not asked for more."""
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
    `accepted_at`: the gateway said that it does it, and may show it later.
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
    accepted_at: datetime | None
    ended_at: datetime | None
    ended: str | None

    @property
    def goes_back(self) -> bool:
        """Whether it is a refund that the gateway has accepted and that is not known to be done."""
        return self.kind is MoveKind.REFUND and self.accepted_at is not None and self.ended is None


def on_the_way(moves: Iterable[MoveView], refunded: Money) -> Money:
    """What was accepted to go back beyond what is known to have gone."""
    gone = max((move.before + move.amount for move in moves if move.goes_back), default=ZERO)
    return max(gone - refunded, ZERO)
