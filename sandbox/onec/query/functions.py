"""Functions of the filter language that the program knows; `contains`, `length`, `tolower` are not among them."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

Function = tuple[tuple[int, ...], str, Callable[..., Any]]
"""How many arguments, the kind of the result, and what it does."""


def _text(value: Any) -> str:
    return str(value or "").casefold()


def _like(value: Any, pattern: Any) -> bool:
    """% is anything, _ one sign, [..] one of them."""
    signs = {"%": ".*", "_": "."}
    made = "".join(signs.get(one) or (one if one in "[]^-" else re.escape(one)) for one in _text(pattern))
    try:
        return re.fullmatch(made, _text(value), re.DOTALL) is not None
    except re.error:
        return False


def _substring(value: Any, start: Any, length: Any = None) -> str:
    begin = max(int(start) - 1, 0)
    return _text(value)[begin : None if length is None else begin + int(length)]


def _added(value: datetime, unit: str, count: Any) -> datetime:
    return value + timedelta(seconds=_SECONDS.get(unit, 86400) * int(count))


def _difference(one: datetime, other: datetime, unit: str) -> Decimal:
    return Decimal(int((other - one).total_seconds()) // _SECONDS.get(unit, 86400))


_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}


def _part(name: str) -> Function:
    return (1,), "number", lambda value: Decimal(getattr(value, name))


FUNCTIONS: dict[str, Function] = {
    "substringof": ((2,), "bool", lambda part, whole: _text(part) in _text(whole)),
    "startswith": ((2,), "bool", lambda whole, part: _text(whole).startswith(_text(part))),
    "endswith": ((2,), "bool", lambda whole, part: _text(whole).endswith(_text(part))),
    "like": ((2,), "bool", _like),
    "concat": ((2,), "string", lambda one, other: _text(one) + _text(other)),
    "substring": ((2, 3), "string", _substring),
    "round": ((1,), "number", lambda value: Decimal(value).quantize(Decimal(1), "ROUND_HALF_UP")),
    "dateadd": ((3,), "date", _added),
    "datedifference": ((3,), "number", _difference),
    "year": _part("year"),
    "month": _part("month"),
    "day": _part("day"),
    "hour": _part("hour"),
    "minute": _part("minute"),
    "second": _part("second"),
    "quarter": ((1,), "number", lambda value: Decimal((value.month + 2) // 3)),
    "dayofweek": ((1,), "number", lambda value: Decimal(value.isoweekday())),
    "dayofyear": ((1,), "number", lambda value: Decimal(value.timetuple().tm_yday)),
}
