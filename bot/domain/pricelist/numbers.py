"""Numbers as price lists write them, into whole kopiykas and thousandths."""

import re
from decimal import ROUND_HALF_UP, Decimal

LARGEST = 10**14
_TENS = (1, 10, 100, 1000)
_SPACES = re.compile(r"[\s\u00a0\u2007\u202f'’]")
_WRITTEN = re.compile(r"[+-]?(?:[0-9]{1,15}(?:[.,][0-9]{0,9})?|[.,][0-9]{1,9})")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:([.,])[0-9]{3})+(?!\1)[.,][0-9]{1,4}")


def kopiykas(text: str) -> int:
    """A written sum of hryvnias, rounded half up: '1 234,50' is 123450. Raises ValueError."""
    return _scaled(text, 2)


def thousandths(text: str) -> int:
    """A written quantity, rounded half up: '0,5' is 500. Raises ValueError."""
    return _scaled(text, 3)


def share(amount: int, coefficient: int) -> int:
    """An amount for `coefficient` thousandths of a base unit, as the amount for one, rounded half up."""
    return (2 * amount * 1000 + coefficient) // (2 * coefficient)


def _scaled(text: str, places: int) -> int:
    whole, point, fraction = text.partition(".")
    if whole.isascii() and whole.isdigit() and len(whole) < 13:
        if not point:
            return int(whole) * _TENS[places]
        if len(fraction) == places and fraction.isascii() and fraction.isdigit():
            return int(whole + fraction)
    value = (_exact(text) * _TENS[places]).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    if abs(value) > LARGEST:
        raise ValueError(text)
    return int(value)


def _exact(text: str) -> Decimal:
    bare = _SPACES.sub("", text)
    if _GROUPED.fullmatch(bare):
        cut = max(bare.rfind("."), bare.rfind(","))
        bare = re.sub(r"[.,]", "", bare[:cut]) + "." + bare[cut + 1 :]
    if not _WRITTEN.fullmatch(bare):
        raise ValueError(text)
    return Decimal(bare.replace(",", "."))
