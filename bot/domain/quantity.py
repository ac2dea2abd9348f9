"""Quantities: exact decimals in the article's base unit, in steps of its multiple."""

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum

from bot.domain.errors import Refused

THOUSANDTH = Decimal("0.001")
LIMIT = Decimal("99999")
_WRITTEN = re.compile(r"(\d{1,9}(?:[.,]\d{1,6})?)\s*([^\W\d_]{0,12})\.?")
_BASE_WORDS = {"шт": "шт", "штук": "шт", "pcs": "шт", "кг": "кг", "kg": "кг", "л": "л", "уп": "уп"}
_PACK_WORDS = {"ящ", "ящик", "ящика", "ящиків", "ящиков", "кор", "коробка", "міш", "мішок", "мешок", "мішки"}


class Unit(StrEnum):
    """In which unit the person counts: the article's base unit or its pack."""

    BASE = "b"
    PACK = "p"


@dataclass(frozen=True, slots=True)
class Packing:
    """How an article is counted: its base unit, its pack if any, its smallest step (in base units)."""

    base_unit: str
    multiple: Decimal
    pack_unit: str | None = None
    pack_size: Decimal | None = None

    @property
    def has_pack(self) -> bool:
        """A pack that can be ordered: a whole number of steps."""
        if not self.pack_unit or not self.pack_size:
            return False
        return self.pack_unit != self.base_unit and not self.pack_size % self.multiple

    def step(self, unit: Unit) -> Decimal:
        """One press of +1, in base units."""
        return self.pack_size if unit is Unit.PACK and self.has_pack and self.pack_size else self.multiple

    def name(self, unit: Unit) -> str:
        return self.pack_unit if unit is Unit.PACK and self.has_pack and self.pack_unit else self.base_unit

    def in_unit(self, base: Decimal, unit: Unit) -> Decimal:
        """A quantity of base units counted in the unit shown."""
        return base / self.pack_size if unit is Unit.PACK and self.has_pack and self.pack_size else base

    def to_base(self, count: Decimal, unit: Unit) -> Decimal:
        return count * self.pack_size if unit is Unit.PACK and self.has_pack and self.pack_size else count


def stepped(base: Decimal, steps: int, packing: Packing, unit: Unit) -> Decimal:
    """So many steps of the unit further, from the multiple at or below; never under zero.

    A quantity from before the multiple changed comes back into step this way.
    """
    aligned = (base // packing.multiple) * packing.multiple
    return max(aligned + steps * packing.step(unit), Decimal(0))


def checked(base: Decimal, packing: Packing) -> Decimal:
    """The quantity itself, if it may be ordered. Raises Refused: too_much, not_multiple with the nearest two."""
    if base > LIMIT:
        raise Refused("too_much", limit=LIMIT, unit=packing.base_unit)
    if base % packing.multiple:
        lower = (base / packing.multiple).to_integral_value(ROUND_FLOOR) * packing.multiple
        upper = (base / packing.multiple).to_integral_value(ROUND_CEILING) * packing.multiple
        raise Refused("not_multiple", multiple=packing.multiple, unit=packing.base_unit, lower=lower, upper=upper)
    return base.quantize(THOUSANDTH)


def read(text: str, packing: Packing, unit: Unit) -> Decimal:
    """A typed quantity in base units: '12', '2,5', '3 ящ', '5 кг'. Raises Refused: not_a_quantity.

    A named unit wins over the unit of the screen; a bare number is in the unit of the screen.
    """
    match = _WRITTEN.fullmatch(text.strip().lower())
    if not match:
        raise Refused("not_a_quantity", unit=packing.name(unit))
    number, word = Decimal(match[1].replace(",", ".")), match[2]
    if not word:
        return packing.to_base(number, unit)
    if packing.has_pack and (word in _PACK_WORDS or word == (packing.pack_unit or "").lower()):
        return packing.to_base(number, Unit.PACK)
    if word == packing.base_unit.lower() or _BASE_WORDS.get(word) == packing.base_unit:
        return number
    if word in ("г", "гр", "g") and packing.base_unit == "кг":
        return number / 1000
    raise Refused("not_a_quantity", unit=packing.name(unit))
