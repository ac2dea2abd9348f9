"""Small JSON schema checks that complain in the words of Viber's validator."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

type_names: dict[type, str] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    list: "array",
    dict: "object",
}
Check = Callable[[Any], Iterator[str]]
LONGEST_URL = 2000
SHOWN = 60


@dataclass(frozen=True)
class Field:
    """One property of a schema: the api level that knows it and what its value must be."""

    level: int
    check: Check


def _type_is(value: Any, *allowed: str) -> Iterator[str]:
    found = type_names.get(type(value), "null")
    if found not in allowed:
        yield f"instance type ({found}) does not match any allowed primitive type (allowed: {quoted(allowed)})"


def quoted(values: Any) -> str:
    return json.dumps(list(values), separators=(",", ":"), ensure_ascii=False)


def shorten(value: str) -> str:
    return value if len(value) <= SHOWN else value[:SHOWN] + "..."


def text(longest: int, shortest: int = 0) -> Check:
    def check(value: Any) -> Iterator[str]:
        if not isinstance(value, str):
            yield from _type_is(value, "string")
        elif len(value) > longest:
            yield f'string "{shorten(value)}" is too long (length: {len(value)}, maximum allowed: {longest})'
        elif len(value) < shortest:
            yield f'string "{value}" is too short (length: {len(value)}, required minimum: {shortest})'

    return check


def integer(lowest: int, highest: int) -> Check:
    def check(value: Any) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield from _type_is(value, "integer")
        elif value > highest:
            yield f"numeric instance is greater than the required maximum (maximum: {highest}, found: {value})"
        elif value < lowest:
            yield f"numeric instance is lower than the required minimum (minimum: {lowest}, found: {value})"

    return check


def boolean(value: Any) -> Iterator[str]:
    yield from _type_is(value, "boolean")


def anything(value: Any) -> Iterator[str]:
    yield from ()


def one_of(*values: str, fold: bool = False) -> Check:
    def check(value: Any) -> Iterator[str]:
        known = value.lower() if fold and isinstance(value, str) else value
        if known not in values:
            yield f"instance value ({json.dumps(value)[:SHOWN]}) not found in enum (possible values: {quoted(values)})"

    return check


def matches(pattern: str) -> Check:
    def check(value: Any) -> Iterator[str]:
        if not isinstance(value, str):
            yield from _type_is(value, "string")
        elif not re.fullmatch(pattern, value):
            yield f'ECMA 262 regex "^{pattern}$" does not match input string "{shorten(value)}"'

    return check


colour = matches("#[0-9A-Fa-f]{6}")


def is_url(value: Any) -> bool:
    """An absolute http or https address within the length Viber takes."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_URL:
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", value)


def url(value: Any) -> Iterator[str]:
    if not is_url(value):
        yield f'string "{shorten(str(value))}" is invalid against requested format(s) ["uri"]'


def array(length: int, check_item: Check) -> Check:
    def check(value: Any) -> Iterator[str]:
        if not isinstance(value, list):
            yield from _type_is(value, "array")
        elif len(value) != length:
            yield f"array must have exactly {length} elements but instance has {len(value)} elements"
        else:
            for item in value:
                yield from check_item(item)

    return check


def record(fields: dict[str, Check], required: tuple[str, ...] = ()) -> Check:
    def check(value: Any) -> Iterator[str]:
        if not isinstance(value, dict):
            yield from _type_is(value, "object")
            return
        if missing := [name for name in required if value.get(name) is None]:
            yield f"object has missing required properties ({quoted(missing)})"
        for name, field in fields.items():
            if value.get(name) is not None:
                yield from field(value[name])

    return check
