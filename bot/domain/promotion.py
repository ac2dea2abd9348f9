"""Promotions: who gets how much off and until when, how that is spread over the lines, and the floor under all of it.

A percentage is of the full price, so two promotions stack by adding up. All of them together stop at the floor: no
line goes below the price it may not be sold under, nor loses more than the agreed part of its full price.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from fractions import Fraction

from bot.domain.money import ZERO, Money, total


class Applies(StrEnum):
    """What a promotion is for."""

    ONLINE_ORDER = "online_order"  # an order that was made here
    ONLINE_PAYMENT = "online_payment"  # one that is paid by card
    GRANT = "grant"  # something that was granted to one client, for the next order


KOPIYKA = Money(1)
VCHASNO = "vchasno"
"""The grant for registering there."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """A rule. `since` and `until` are whole days, both included; None is without an end.

    `budget` is the most that all orders together may take of it. `min_order` is looked at before any discount.
    A GRANT is called by the kind of what was granted.
    """

    code: str
    percent: Decimal
    applies: Applies
    since: date | None = None
    until: date | None = None
    once_per_client: bool = False
    budget: Money | None = None
    min_order: Money | None = None

    def runs(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def reached(self, goods: Money) -> bool:
        """Whether there is enough in the order, at full prices."""
        return self.min_order is None or goods >= self.min_order


@dataclass(frozen=True, slots=True)
class Rules:
    """All promotions of a wholesaler, in the order they are taken.

    `most` is how many percent of a line may go in all; `floor_prices` is the price type no line goes below, if any.
    """

    promotions: tuple[Promotion, ...] = ()
    most: Decimal = Decimal(10)
    floor_prices: str = ""

    def of(self, code: str) -> Promotion | None:
        return next((one for one in self.promotions if one.code == code), None)

    def running(self, applies: Applies, day: date) -> list[Promotion]:
        return [one for one in self.promotions if one.applies is applies and one.runs(day)]


@dataclass(frozen=True, slots=True)
class Off:
    """What one promotion takes off; not `whole` where the floor or the budget left less than its percentage."""

    code: str
    applies: Applies
    percent: Decimal
    amount: Money
    until: date | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Worth:
    """What a line costs, and the most that may still be taken off it."""

    amount: Money
    room: Money


@dataclass(frozen=True, slots=True)
class Term:
    """A promotion with what is left of its budget; None is no end of it."""

    promotion: Promotion
    left: Money | None = None


@dataclass(frozen=True, slots=True)
class Discount:
    """What comes off, by promotion and by line: both add up to the same."""

    offs: tuple[Off, ...] = ()
    lines: tuple[Money, ...] = ()

    @property
    def total(self) -> Money:
        return total([off.amount for off in self.offs])


@dataclass(frozen=True, slots=True)
class Earning:
    """A payment that was promised so much off, if it was paid whole; so much of it was `kept`."""

    promised: Money
    charged: Money
    kept: Money


@dataclass(frozen=True, slots=True)
class Cost:
    """What a promotion has cost in a month, `2026-11`: net of what was given back. `goods` are at full prices."""

    month: str
    code: str
    applies: Applies
    orders: int
    goods: Money
    discount: Money


def room(amount: Money, quantity: Decimal, most: Decimal, floor: Money | None = None) -> Money:
    """The most that may come off a line: `most` percent of it, and never below its `floor` price where one is known."""
    part = Decimal(amount.kopiykas) * most / 100
    allowed = int(part.to_integral_value(ROUND_FLOOR))
    if floor is not None:
        lowest = Decimal(floor.kopiykas) * quantity
        allowed = min(allowed, amount.kopiykas - int(lowest.to_integral_value(ROUND_CEILING)))
    return Money(max(allowed, 0), amount.currency)


def discounted(lines: Sequence[Worth], terms: Iterable[Term]) -> Discount:
    """What the promotions take off together, the first before the next; one that takes nothing is left out.

    A promotion's sum is rounded once, half up, and then divided among the lines without losing a kopiyka.
    """
    rooms = [line.room.kopiykas for line in lines]
    offs: list[Off] = []
    for term in terms:
        rule = term.promotion
        shares = [Decimal(line.amount.kopiykas) * rule.percent / 100 for line in lines]
        wanted = [min(share, Decimal(left)) for share, left in zip(shares, rooms, strict=True)]
        full, possible = _whole(shares), min(_whole(wanted), sum(rooms))
        amount = max(possible if term.left is None else min(possible, term.left.kopiykas), 0)
        if not amount:
            continue
        for number, part in enumerate(spread(amount, wanted, rooms)):
            rooms[number] -= part
        offs.append(Off(rule.code, rule.applies, rule.percent, Money(amount), rule.until, amount == full))
    taken = tuple(Money(line.room.kopiykas - left) for line, left in zip(lines, rooms, strict=True))
    return Discount(tuple(offs), taken)


def spread(amount: int, weights: Sequence[Decimal], rooms: Sequence[int]) -> list[int]:
    """So many kopiykas in parts by weight, none above its room; what is left over goes to the largest remainders.

    Raises ValueError where the rooms together are too small.
    """
    if amount > sum(rooms):
        raise ValueError("no room")
    whole = sum(map(Fraction, weights))
    exact = [Fraction(weight) * amount / whole if whole else Fraction(0) for weight in weights]
    parts = [min(int(part), space) for part, space in zip(exact, rooms, strict=True)]
    nearest = sorted(range(len(parts)), key=lambda number: (parts[number] - exact[number], number))
    while rest := amount - sum(parts):
        able = [number for number in nearest if parts[number] < rooms[number]]
        for number in able[:rest]:
            parts[number] += min(max(rest // len(able), 1), rooms[number] - parts[number])
    return parts


def part_of(amount: Money, kept: Money, charged: Money) -> Money:
    """The part of a discount that stays where so much of a payment was kept, half up."""
    return amount.times(Decimal(kept.kopiykas) / charged.kopiykas) if charged else ZERO


def earned(worth: Money, besides: Money, payments: Sequence[Earning]) -> list[Money]:
    """What each payment has off an order that is worth so much; `besides` was paid for it without a promise.

    The payment that keeps the most of its promise counts first, and one that nothing is left to pay for has nothing:
    who pays twice has the discount once, and has it as long as either payment stands.
    """
    offs = [part_of(one.promised, one.kept, one.charged) for one in payments]
    left = worth - besides
    fullest = sorted(range(len(offs)), key=lambda one: (-offs[one].kopiykas, -payments[one].kept.kopiykas, one))
    for number in fullest:
        offs[number] = max(min(offs[number], left), ZERO)
        left -= payments[number].kept + offs[number]
    for number, one in enumerate(payments):
        if left == KOPIYKA and one.kept and offs[number] < one.promised:
            offs[number] += KOPIYKA  # what rounding left over is nobody's debt
            left = ZERO
    return offs


def _whole(shares: Sequence[Decimal]) -> int:
    """Their sum in kopiykas, rounded where all money is."""
    return Money.of(sum(shares, Decimal(0)) / 100).kopiykas
