"""Numbers in a folded name and the other ways people say them: 0.5 for 500мл, 32 for 32х32х3.5."""

import re
from functools import lru_cache

_MEASURE = re.compile(r"(\d+)(?:\.(\d+))?(г|мл|мм)$")
_DIVISORS = {"г": (1000,), "мл": (1000,), "мм": (10, 1000)}


@lru_cache(maxsize=8192)
def spoken_forms(number: str) -> tuple[str, ...]:
    """Return the bare numbers a person may write for this measure or size; nothing for a word or a bare number."""
    if found := _MEASURE.match(number):
        return _bare_values(found[1], found[2] or "", found[3])
    if number[0].isdigit() and "х" in number:
        return tuple(dict.fromkeys(number.split("х")))
    return ()


def _bare_values(whole: str, fraction: str, unit: str) -> tuple[str, ...]:
    if fraction:
        return (f"{whole}.{fraction}",)
    value = int(whole)
    smaller = (_divided(value, divisor) for divisor in _DIVISORS[unit] if value * 10 >= divisor)
    return tuple(dict.fromkeys((whole, *smaller)))


def _divided(value: int, divisor: int) -> str:
    whole, rest = divmod(value, divisor)
    return f"{whole}.{rest:0{len(str(divisor)) - 1}d}".rstrip("0").rstrip(".")
