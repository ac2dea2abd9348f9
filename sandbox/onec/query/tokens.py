"""Words of a filter."""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

_TOKEN = re.compile(
    r"\s*(?:(?P<guid>guid'[^']*')|(?P<datetime>datetime'[^']*')|(?P<string>'(?:[^']|'')*')"
    r"|(?P<number>-?\d+(?:\.\d+)?[LlMmDdFf]?(?!\w))|(?P<name>[^\W\d][\w.]*)|(?P<sign>[(),/:*]))"
)
_GUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?")
MAX_LENGTH = 100_000
Kind = str


class Unreadable(Exception):
    """The text is not of this language; the words say what is wrong."""


@dataclass(frozen=True, slots=True)
class Token:
    """`kind`: guid, date, string, number, bool, name, sign or end."""

    kind: Kind
    value: Any
    text: str = ""


def tokens(text: str) -> list[Token]:
    """Raises Unreadable."""
    if len(text) > MAX_LENGTH:
        raise Unreadable("слишком длинное выражение")
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Unreadable(f"неожиданный символ в позиции {at + 1}")
        found.append(_token(str(match.lastgroup), match[str(match.lastgroup)]))
        at = match.end()
    return [*found, Token("end", None)]


def _token(kind: str, text: str) -> Token:
    if kind == "guid":
        if not _GUID.fullmatch(text[5:-1]):
            raise Unreadable("неверный формат уникального идентификатора")
        return Token("guid", text[5:-1].lower(), text)
    if kind == "datetime":
        if not _DATE.fullmatch(text[9:-1]):
            raise Unreadable("неверный формат даты")
        try:
            return Token("date", datetime.fromisoformat(text[9:-1]), text)
        except ValueError as error:
            raise Unreadable("неверный формат даты") from error
    if kind == "string":
        return Token("string", text[1:-1].replace("''", "'"), text)
    if kind == "number":
        return Token("number", Decimal(text.rstrip("LlMmDdFf")), text)
    if kind == "name" and text in ("true", "false"):
        return Token("bool", text == "true", text)
    return Token(kind, text, text)
