"""A payment is a list of what the gateway said; what came in and what went back is derived from all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.money import ZERO, Money
from bot.domain.payment import Outcome

TAKEN = frozenset({Outcome.PAID, Outcome.REFUNDED})
UNPAID = frozenset({Outcome.DECLINED, Outcome.EXPIRED})
OVER = TAKEN | UNPAID
"""Nothing more is expected of such an attempt; what comes all the same is told by a callback or found in the list."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the gateway said of an attempt at a moment."""

    at: datetime
    outcome: Outcome
    amount: Money
    refunded: Money
    card: str = ""
    bank: str = ""
    code: str = ""
    processed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """What an attempt brought: `charged` came in, `refunded` went back."""

    charged: Money = ZERO
    refunded: Money = ZERO
    card: str = ""
    paid_at: datetime | None = None

    @property
    def kept(self) -> Money:
        return self.charged - self.refunded


def sums(said: Sequence[Said]) -> Sums:
    """Money that came in does not go by a later word that forgets it; only a refund takes it back.

    Words may be repeated and out of order: the most that was ever charged or given back counts.
    """
    taken = [one for one in said if one.outcome in TAKEN]
    if not taken or _let_go(said):
        return Sums()
    first = taken[0]
    charged = max(one.amount for one in taken)
    given_back = [one.refunded if one.outcome is Outcome.PAID else max(one.refunded, one.amount) for one in taken]
    refunded = min(max(given_back), charged)
    return Sums(charged, refunded, first.card, first.processed_at or first.at)


def outcome(said: Sequence[Said]) -> Outcome:
    """Where the attempt stands: paid once is paid, whatever is said of it later but for a refund.

    A held sum that was let go is as one that expired.
    """
    if not said:
        return Outcome.WAITING
    total = sums(said)
    if total.charged:
        return Outcome.PAID if total.kept else Outcome.REFUNDED
    return Outcome.EXPIRED if said[-1].outcome in TAKEN else said[-1].outcome


def is_over(said: Sequence[Said]) -> bool:
    """Whether nobody need ask about the attempt any more; a refund that is under way is waited for."""
    return outcome(said) in OVER and said[-1].outcome is not Outcome.UNDER_WAY


def is_disowned(said: Sequence[Said]) -> bool:
    """Whether the gateway by now calls an attempt unpaid whose money it had said came in."""
    return bool(said) and said[-1].outcome in UNPAID and bool(sums(said).charged)


def _let_go(said: Sequence[Said]) -> bool:
    """A sum that was held and released was never taken, though the gateway calls it given back."""
    known = {one.outcome for one in said}
    return Outcome.HELD in known and Outcome.PAID not in known
