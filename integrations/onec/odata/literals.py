"""OData 3.0 literals and conditions, as 1C reads them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

EMPTY_REF = "00000000-0000-0000-0000-000000000000"


def guid(ref: str | UUID) -> str:
    """Raises ValueError where it is not a GUID: a reference comes from outside too."""
    return f"guid'{ref if isinstance(ref, UUID) else UUID(ref)}'"


def moment(local: datetime) -> str:
    """Of a naive moment, the server's local time, to the second."""
    if local.tzinfo is not None:
        raise ValueError("1C knows no time zones")
    return f"datetime'{local.isoformat(timespec='seconds')}'"


def text(value: str) -> str:
    """Quotes are doubled; raises ValueError on control characters, which 1C corrupts."""
    if any(ord(character) < 32 for character in value):
        raise ValueError("a control character")
    return "'" + value.replace("'", "''") + "'"


def is_one_of(field: str, refs: Iterable[str]) -> str:
    """Whether a reference is among these."""
    return " or ".join(f"{field} eq {guid(ref)}" for ref in refs)


def of_kind(ref: str, entity: str) -> str:
    """A reference to compare a composite attribute with: a plain one would silently find nothing."""
    return f"cast({guid(ref)},{text(entity)})"


def quoted(condition: str) -> str:
    """A condition as the argument of a virtual table: in quotes, with the inner ones left as they are."""
    return f"'{condition}'"
