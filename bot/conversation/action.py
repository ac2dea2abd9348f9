"""Button payloads: typed dataclasses packed into at most 64 bytes (Telegram's limit for callback_data).

A payload is `~` + code + version, then fields separated by `:`; ids are 22 characters of base64url, never names.
One value has one spelling, and a number is bounded, so that whatever is read can be packed into another button.
A payload is user input: on Viber anyone can type it, so services check owner and state every time.
"""

import dataclasses
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import UnionType
from typing import Any, ClassVar, Self, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from bot.domain.errors import Outdated

LIMIT = 64
INT_LIMIT = 2**40
"""Five bytes, as marks are; below zero a digit goes to the sign."""
INT_LEAST = -(10**12) + 1
MARK = "~"
A = TypeVar("A", bound="type[Action]")


@dataclass(frozen=True, slots=True)
class Action:
    """Base of every button payload; `CODE` and `VERSION` are set by `@payload`."""

    CODE: ClassVar[str] = ""
    VERSION: ClassVar[int] = 0

    def pack(self) -> str:
        """Raises ValueError where the fields do not fit."""
        parts = [f"{MARK}{self.CODE}{self.VERSION}"]
        for name, (write, _) in _CODECS[type(self)].items():
            value = getattr(self, name)
            parts.append("" if value is None else write(value))
        packed = ":".join(parts)
        if len(packed.encode()) > LIMIT:
            raise ValueError(f"{packed} is longer than {LIMIT} bytes")
        return packed

    @classmethod
    def read(cls, fields: list[str]) -> Self:
        codecs = _CODECS[cls]
        if len(fields) != len(codecs):
            raise Outdated(cls.CODE)
        values = {}
        for (name, (write, parse)), text in zip(codecs.items(), fields, strict=True):
            values[name] = value = parse(text)
            if value is not None and write(value) != text:
                raise ValueError(text)
        return cls(**values)


def payload(code: str, version: int = 1) -> Callable[[A], A]:
    """Register an action under a code of small letters; raise the version when its fields change their meaning."""

    def register(cls: A) -> A:
        if not code.isalpha() or not code.islower() or code in _KINDS:
            raise ValueError(f"action code {code!r} is taken or not of small letters")
        cls.CODE, cls.VERSION = code, version
        hints = get_type_hints(cls)
        _CODECS[cls] = {field.name: _codec(hints[field.name]) for field in dataclasses.fields(cls)}
        _KINDS[code] = cls
        return cls

    return register


def unpack(text: str) -> Action:
    """The action of a payload. Raises Outdated for anything that is not a present-day payload."""
    if not is_payload(text) or not text.isascii() or len(text) > LIMIT:
        raise Outdated
    head, *fields = text[len(MARK) :].split(":")
    cls = _KINDS.get(head.rstrip("0123456789"))
    if cls is None or head != f"{cls.CODE}{cls.VERSION}":
        raise Outdated(head)
    try:
        return cls.read(fields)
    except (ValueError, KeyError) as error:
        raise Outdated(head) from error


def is_payload(text: str) -> bool:
    """Whether a text claims to be a payload: messengers without callbacks send it as a message."""
    return text.startswith(MARK)


Codec = tuple[Callable[[Any], str], Callable[[str], Any]]
_KINDS: dict[str, type[Action]] = {}
_CODECS: dict[type[Action], dict[str, Codec]] = {}


def _write_uuid(value: UUID) -> str:
    return urlsafe_b64encode(value.bytes).decode().rstrip("=")


def _read_uuid(text: str) -> UUID:
    if len(text) != 22:
        raise ValueError(text)
    return UUID(bytes=urlsafe_b64decode(text + "=="))


def _read_int(text: str) -> int:
    value = int(text)
    if not INT_LEAST <= value < INT_LIMIT:
        raise ValueError(text)
    return value


def _read_text(text: str) -> str:
    if not text.isascii() or not all(c.isalnum() or c in "-_." for c in text):
        raise ValueError(text)
    return text


def _read_date(text: str) -> date:
    return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 a calendar day has no zone


def _enum(kind: type[StrEnum]) -> Codec:
    return (lambda value: str(value.value), kind)


_PLAIN: dict[type, Codec] = {
    UUID: (_write_uuid, _read_uuid),
    int: (str, _read_int),
    str: (_read_text, _read_text),
    date: (lambda value: value.isoformat().replace("-", ""), _read_date),
    bool: (lambda value: "1" if value else "0", lambda text: {"1": True, "0": False}[text]),
}


def _codec(hint: Any) -> Codec:
    if get_origin(hint) in (Union, UnionType):
        (inner,) = (arg for arg in get_args(hint) if arg is not type(None))
        write, parse = _codec(inner)
        return write, lambda text: None if text == "" else parse(text)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _enum(hint)
    return _PLAIN[hint]
