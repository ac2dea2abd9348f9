"""Values as 1C writes them, read tolerantly: Int64 comes as a string, nothing as zeros or the year 1."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.domain.money import Money
from integrations.onec.odata.literals import EMPTY_REF

Row = Mapping[str, Any]
_TYPE_PREFIX = "StandardODATA."
_BLANKS = str.maketrans({"\u00a0": None, "\u202f": None, " ": None, ",": "."})


def ref(value: object) -> str | None:
    """A reference in lower case; None where it is empty or not one."""
    if not isinstance(value, str):
        return None
    try:
        said = str(UUID(value))
    except ValueError:
        return None
    return None if said == EMPTY_REF else said


def words(value: object) -> str:
    """A text without the blanks around it."""
    return value.strip() if isinstance(value, str) else ""


def number(value: object) -> Decimal:
    """Zero where there is none."""
    if isinstance(value, bool) or value is None:
        return Decimal(0)
    try:
        said = Decimal(str(value).translate(_BLANKS))
    except InvalidOperation:
        return Decimal(0)
    return said if said.is_finite() else Decimal(0)


def money(value: object) -> Money:
    """Hryvnias, rounded to kopiykas: Edm.Double may say 0.30000000000000004."""
    return Money.of(number(value))


def yes(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.strip().lower() in ("true", "да", "так", "истина"))


def local(value: object) -> datetime | None:
    """A naive moment of the server; None for 1C's empty date."""
    if not isinstance(value, str):
        return None
    try:
        said = datetime.fromisoformat(value)
    except ValueError:
        return None
    return None if said.year <= 1 else said.replace(tzinfo=None)


def moment(value: object, zone: ZoneInfo) -> datetime | None:
    """Aware, in UTC."""
    said = local(value)
    return None if said is None else said.replace(tzinfo=zone).astimezone(UTC)


def day(value: object) -> date | None:
    said = local(value)
    return None if said is None else said.date()


def kind_of(value: object) -> str:
    """The set that a reference of a composite attribute belongs to; empty where it is undefined."""
    said = words(value).removeprefix(_TYPE_PREFIX)
    return "" if said == "Undefined" else said
