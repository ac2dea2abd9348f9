"""JSON whose numbers keep their digits: what is signed and what is sent must be the same text."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.money import Money


class Number(str):
    """A number as it is written: `1000`, `1000.0` and `1000.00` are three different signatures."""

    __slots__ = ()


Value = str | Sequence[str]
"""A text, a Number, or a list of them."""


def amount_text(money: Money) -> Number:
    """Hryvnias as PHP prints them, without trailing zeros and exponent: right whether the gateway signs
    the literal or the number it made of it.
    """
    whole, rest = divmod(abs(money.kopiykas), 100)
    sign = "-" if money.kopiykas < 0 else ""
    return Number(f"{sign}{whole}.{rest:02}".rstrip("0").rstrip(".") if rest else f"{sign}{whole}")


def encoded(body: Mapping[str, Value]) -> bytes:
    """A JSON object; a Number leaves as it is written."""
    return ("{" + ",".join(f"{json.dumps(name)}:{_literal(value)}" for name, value in body.items()) + "}").encode()


def decoded(raw: bytes | str) -> dict[str, Any]:
    """A JSON object with Numbers in it. Raises ValueError."""
    text = raw if isinstance(raw, str) else raw.decode("utf-8-sig")
    try:
        read = json.loads(text, parse_float=Number, parse_int=Number, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(read, dict):
        raise ValueError("not an object")
    return read


def form(body: Mapping[str, Value]) -> dict[str, Value]:
    """The same as fields of a browser's form: a list is its name with brackets, repeated."""
    return {name if isinstance(value, str) else f"{name}[]": value for name, value in body.items()}


def _literal(value: Value) -> str:
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return "[" + ",".join(_literal(item) for item in value) + "]"


def _refuse(constant: str) -> None:
    raise ValueError(constant)
