"""What a client wrote, read as the program reads it: strings cut, broken links taken, some nonsense passed over."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.onec.configuration import Entity, Field, Section
from sandbox.onec.contacts import Contact
from sandbox.onec.errors import ODataError, exception
from sandbox.onec.infobase import Base
from sandbox.onec.things import Line, PaymentRow
from sandbox.onec.values import EMPTY_DATE, ZERO_GUID

GUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_BOUND = re.compile(r"\w+\(guid'([0-9a-fA-F-]{36})'\)")
_READ_ONLY = ("Ref_Key", "DataVersion", "Predefined", "PredefinedDataName", "LineNumber")
Write = Callable[[Any], None]
"""Puts one value into an object."""


@dataclass(slots=True)
class Written:
    """A row of a section that the world has no word for."""

    extra: dict[str, Any] = field(default_factory=dict)


_ROWS: dict[str, Callable[[], Any]] = {
    "lines": Line, "rows": PaymentRow, "@contacts": lambda: Contact("", "", "", ""),
}  # fmt: skip


def writes(base: Base, entity: Entity, data: dict[str, Any]) -> list[Write]:
    """What to do to the object, everything checked before. Raises ODataError; unknown properties are passed over."""
    made = _field_writes(base, entity.fields, data)
    for name, section in entity.sections.items():
        if name in data and name != "RecordSet":
            made.append(_section_write(base, section, data[name]))
    return made


def _field_writes(base: Base, fields: dict[str, Field], data: dict[str, Any]) -> list[Write]:
    made = []
    for name, value in data.items():
        if name.endswith("@odata.bind"):
            name, value = f"{name.removesuffix('@odata.bind')}_Key", _bound(value)  # noqa: PLW2901
        one = fields.get(name)
        if one is not None and name not in _READ_ONLY:
            made.append(_write(base, one, read_value(one, value)))
        elif name.endswith("_Type") and name.removesuffix("_Type") in fields:
            made.append(_kept(name, str(value)))
    return made


def _bound(value: Any) -> str:
    match = _BOUND.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ODataError(400, 1, "Ошибка разбора ссылки odata.bind")
    return match[1]


def _write(base: Base, one: Field, value: Any) -> Write:
    source, members = one.source, base.configuration.enums.get(one.enum, {})
    if one.type == "enum" and value and value not in members:
        raise ODataError(400, 4, f'Неверное значение свойства "{one.name}".')
    if not source or source[0] in "@=" or "." in source:
        return _kept(one.name, value)
    if one.type == "enum":
        value = members.get(value, "").partition("|")[0]
    return lambda row: setattr(row, source, value)


def _kept(name: str, value: Any) -> Write:
    def write(row: Any) -> None:
        row.extra[name] = value

    return write


def _section_write(base: Base, section: Section, value: Any) -> Write:
    """Replaces the section wholly; lines are numbered 1..n without gaps."""
    if not isinstance(value, list):
        raise ODataError(400, 4, f'Неверное значение свойства "{section.name}".')
    build = _ROWS.get(section.source, Written)
    rows = []
    for number, data in enumerate(value, 1):
        if not isinstance(data, dict) or "LineNumber" not in data:
            raise exception("Внутренняя ошибка сервиса OData")
        if str(data["LineNumber"]) != str(number):
            raise ODataError(400, 4, f'Неверное значение свойства "LineNumber": {str(data["LineNumber"])[:20]}.')
        row = build()
        for write in _field_writes(base, section.fields, data):
            write(row)
        rows.append(row)
    source = section.source
    if not source or source.startswith("@"):
        return _kept(section.name, rows)
    return lambda thing: setattr(thing, source, rows)


def read_value(one: Field, value: Any) -> Any:
    """The value by the attribute's type. Raises ODataError."""
    return _READERS[one.type](one, value)


def _string(one: Field, value: Any) -> str:
    if isinstance(value, list | dict):
        raise exception(f"Значение не является значением примитивного типа: {one.name}")
    text = "" if value is None else str(value)
    return text[: one.max] if one.max else text


def _guid(one: Field, value: Any) -> str:
    if value is None or value in ("", ZERO_GUID):
        return ""
    if not isinstance(value, str) or not GUID.fullmatch(value):
        raise _unreadable(one)
    return value.lower()


def _any(one: Field, value: Any) -> str:
    text = _string(one, value)
    if text == ZERO_GUID:
        return ""
    return text.lower() if GUID.fullmatch(text) else text


def _bool(one: Field, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _unreadable(one)
    return value


def _date(one: Field, value: Any) -> datetime | None:
    if value in (None, ""):
        return None
    try:
        read = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise _unreadable(one) from error
    if read.tzinfo is not None:
        raise _unreadable(one)
    return None if read == EMPTY_DATE else read.replace(microsecond=0)


def _number(one: Field, value: Any) -> Decimal:
    try:
        read = Decimal(str(value or 0))
    except InvalidOperation as error:
        raise _unreadable(one) from error
    if isinstance(value, bool | list | dict) or not read.is_finite():
        raise _unreadable(one)
    return read


def _whole(one: Field, value: Any) -> int:
    """Nonsense becomes zero in silence."""
    try:
        return int(Decimal(str(value)))
    except (InvalidOperation, ValueError, OverflowError):
        return 0


def _unreadable(one: Field) -> ODataError:
    return ODataError(400, 1, f'Ошибка разбора значения свойства "{one.name}".')


_READERS: dict[str, Callable[[Field, Any], Any]] = {
    "string": _string, "text": _string, "enum": _string, "version": _string, "guid": _guid, "ref": _guid, "any": _any,
    "bool": _bool, "date": _date, "number": _number, "int16": _whole, "int64": _whole,
}  # fmt: skip


def apply(thing: Any, made: Iterable[Write]) -> None:
    """Puts everything in."""
    for write in made:
        write(thing)
