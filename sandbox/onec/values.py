"""Values on the wire: how each type of attribute is written in JSON, and the program's empty values."""

import base64
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

ZERO_GUID = "00000000-0000-0000-0000-000000000000"
EMPTY_DATE = datetime.fromisoformat("0001-01-01T00:00:00")
UNDEFINED = "StandardODATA.Undefined"
NAMESPACE = "StandardODATA."


def data_version(version: int) -> str:
    """An 8-byte counter in base64."""
    return base64.b64encode(version.to_bytes(8, "big")).decode()


def number(value: Any) -> int | float:
    """Every fractional number is Edm.Double, written without a point when whole."""
    return int(value) if value == int(value) else float(value)


def moment(value: datetime | None) -> str:
    return (value or EMPTY_DATE).isoformat(timespec="seconds")


def _same(value: Any) -> Any:
    return value


WIRE: dict[str, Callable[[Any], Any]] = {
    "string": _same, "text": _same, "enum": _same, "any": _same, "bool": bool, "int16": int, "int64": str,
    "number": number, "date": moment, "ref": lambda value: value or ZERO_GUID, "guid": lambda value: value or ZERO_GUID,
    "version": data_version,
}  # fmt: skip
EMPTY: dict[str, Any] = {
    "string": "", "text": "", "enum": "", "any": "", "bool": False, "int16": 0, "int64": 0, "number": Decimal(0),
    "date": None, "ref": "", "guid": "", "version": 0,
}  # fmt: skip


def constant(kind: str, text: str) -> Any:
    """A constant of a configuration file as a value of this type."""
    if kind == "bool":
        return text == "true"
    if kind in ("int16", "int64"):
        return int(text)
    return Decimal(text) if kind == "number" else text
