"""The address of a resource: an entity set, perhaps a key, and what is asked of it."""

import re
from dataclasses import dataclass
from typing import Any

from sandbox.onec.errors import ODataError, unknown_method
from sandbox.onec.query.tokens import Token, Unreadable, tokens

_NAMED = re.compile(r"(?:^|,)\s*(Period|StartPeriod|EndPeriod|Condition|AccountCondition|Dimensions|ExtraDimensions)=")
ORDER = {
    "SliceLast": ("Period", "Condition"), "SliceFirst": ("Period", "Condition"),
    "Balance": ("Period", "Condition", "Dimensions", "AccountCondition", "ExtraDimensions"),
    "Turnovers": ("StartPeriod", "EndPeriod", "Condition", "Dimensions"),
    "BalanceAndTurnovers": ("StartPeriod", "EndPeriod", "Condition", "Dimensions"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Segment:
    """`Name(arguments)`; arguments None where there are no parentheses."""

    name: str
    arguments: str | None = None


def segments(path: str) -> list[Segment]:
    """Splits at slashes outside parentheses; an empty last one is left out."""
    found, depth, start = [], 0, 0
    for at, sign in enumerate(path):
        depth += (sign == "(") - (sign == ")")
        if sign == "/" and depth <= 0:
            found.append(path[start:at])
            start = at + 1
    found.append(path[start:])
    return [_segment(one) for one in found if one]


def _segment(text: str) -> Segment:
    if text.endswith(")") and "(" in text:
        name, _, arguments = text[:-1].partition("(")
        return Segment(name, arguments)
    return Segment(text)


def key_of(arguments: str) -> dict[str, Any]:
    """A key: its value alone under "", or several by names. Raises ODataError."""
    found: dict[str, Any] = {}
    for part in re.split(r",(?=(?:[^']*'[^']*')*[^']*$)", arguments):
        name, equals, value = part.partition("=")
        if "'" in name or not equals:
            name, value = "", part
        found[name.strip()] = _value(value.strip())
    return found


def _value(text: str) -> Any:
    try:
        read = tokens(text)
    except Unreadable as error:
        raise ODataError(400, 1, f"Ошибка разбора строки: {error}") from error
    if len(read) != 2 or read[0].kind in ("name", "sign"):
        raise ODataError(400, 6, "Неверный формат ключа сущности.")
    return read[0].value


def function_arguments(segment: Segment, query: dict[str, str]) -> dict[str, str]:
    """Arguments of a virtual table, from the parentheses and from the query. Raises ODataError."""
    names = ORDER[segment.name]
    found = {name: query[name] for name in names if name in query}
    inside = (segment.arguments or "").strip()
    if not inside:
        return found
    named = list(_NAMED.finditer(inside))
    for place, match in enumerate(named):
        end = named[place + 1].start() if place + 1 < len(named) else len(inside)
        if match[1] not in names:
            raise unknown_method(segment.name)
        found[match[1]] = inside[match.end() : end].strip()
    unnamed = inside[: named[0].start()] if named else inside
    for name, value in zip(names, unnamed.split(",") if unnamed.strip() else (), strict=False):
        if value.strip():
            found[name] = value.strip()
    return found


def unquoted(text: str) -> str:
    """The inside of an argument in quotes; one sent bare is taken as it is."""
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == "'" else text


def date_argument(text: str) -> Token | None:
    """A Period; None where there is none. Raises ODataError."""
    if not text:
        return None
    try:
        token = tokens(text if text.startswith("datetime") else f"datetime'{unquoted(text)}'")[0]
    except Unreadable as error:
        raise ODataError(400, 1, f"Ошибка разбора параметра Period: {error}") from error
    return token
