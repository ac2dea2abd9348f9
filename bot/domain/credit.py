"""Whether an order fits into what a client may owe, and what would have to be paid first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.aging import days_late
from bot.domain.money import ZERO, Money, total


@dataclass(frozen=True, slots=True)
class CreditRules:
    """When a client is warned, if at all: debts later than `overdue_days` count where they are over `overdue_sum`.

    `holds`: what does not fit is taken and held, where others are only warned. `signed_only`: whoever has no signed
    contract pays before the goods leave, whatever limit is set.
    """

    on: bool = False
    overdue_days: int = 0
    overdue_sum: Money = ZERO
    holds: bool = False
    signed_only: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """What a client owes before an order: days to pay and what is left by each, an advance, orders not shipped yet.

    `limit` is None where there is none; `signed`: a contract in force is signed.
    """

    limit: Money | None
    debts: Sequence[tuple[date | None, Money]]
    advance: Money = ZERO
    unshipped: Money = ZERO
    signed: bool = True

    @property
    def owed(self) -> Money:
        return total(tuple(rest for _, rest in self.debts))

    @property
    def used(self) -> Money:
        """Of the limit; below zero where more was paid ahead: that makes room beyond it."""
        return self.owed + self.unshipped - self.advance


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why an order does not fit: it is `over` the limit by so much, or so much is `late`; either may be zero.

    `to_pay` of the debts, the oldest first, is enough, or all that paying debts can do; `beside` is lacking even then.
    """

    limit: Money | None
    used: Money
    order: Money
    over: Money
    late: Money
    to_pay: Money
    beside: Money
    unsigned: bool = False
    """The limit is nothing because no contract is signed."""

    @property
    def enough(self) -> Money:
        """What must come in so that nothing stands in the way: the larger of what is over and what is too late."""
        return self.to_pay + self.beside


class HeldState(StrEnum):
    """Where a held order stands."""

    UNCHECKED = "unchecked"  # agreed on debts that were too old to judge by
    HELD = "held"
    RELEASED = "released"


class Released(StrEnum):
    """Why an order is not held any more."""

    OPENED = "opened"  # it fits: somebody paid, or it was made smaller
    STAFF = "staff"  # a manager said so
    THERE = "there"  # the office moved its document on in the book of record
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class HeldOrder:
    """An order that waits, or waited, for the gate; `since` is when it was held last.

    `total` is what a manager let pass: the order is judged anew only where it is worth more by now.
    """

    order_id: UUID
    client_id: UUID
    state: HeldState
    since: datetime
    released: Released | None = None
    released_at: datetime | None = None
    released_by: str = ""
    total: Money | None = None

    def lets_pass(self, total: Money) -> bool:
        """Whether a manager's word holds for the order at this sum."""
        return self.released is Released.STAFF and self.total is not None and total <= self.total


def judged(position: Position, order: Money, rules: CreditRules, today: date) -> Trouble | None:
    """None where nothing stands in the way of an order of this sum."""
    if not rules.on:
        return None
    late = total(tuple(rest for due, rest in position.debts if days_late(due, today) > rules.overdue_days))
    too_late = max(late - rules.overdue_sum, ZERO)
    unsigned = rules.signed_only and not position.signed
    limit = ZERO if unsigned else position.limit
    room = None if limit is None else limit - position.used
    over = ZERO if room is None else max(order - room, ZERO)
    if not (over or too_late):
        return None
    to_pay = min(max(over, too_late), position.owed)
    return Trouble(
        limit, position.used, order, over, late if too_late else ZERO, to_pay, max(over - to_pay, ZERO), unsigned
    )
