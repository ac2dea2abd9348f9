"""How far a price has moved, and whether that is worth telling."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from bot.domain.money import Money
from bot.domain.quantity import Packing

WORTH_TELLING = 1
"""Percent; less than this is not told, and adds up until it is."""


@dataclass(frozen=True, slots=True)
class PriceMove:
    """The price of a base unit, as it was known and as it is."""

    article_id: UUID
    name: str
    packing: Packing
    was: Money
    now: Money

    @property
    def percent(self) -> Decimal:
        """With one place, half up; less than nothing where it fell."""
        share = Decimal(self.now.kopiykas - self.was.kopiykas) * 100 / self.was.kopiykas
        return share.quantize(Decimal("0.1"), ROUND_HALF_UP)


def moved(was: Money, now: Money) -> bool:
    """A price that was nothing cannot be compared with."""
    return was.kopiykas > 0 and abs(now.kopiykas - was.kopiykas) * 100 >= was.kopiykas * WORTH_TELLING
