"""What every object of a base has: a reference, a version, a mark of deletion."""

import uuid
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

ZERO = Decimal(0)


def new_ref() -> str:
    return str(uuid.uuid4())


@dataclass(slots=True)
class Thing:
    """An object with a reference. `version` grows with each write (DataVersion); `extra` keeps written attributes
    that the base has and the world has no word for, by their names in the configuration."""

    KIND: ClassVar[str] = ""

    ref: str = field(default_factory=new_ref)
    version: int = 0
    marked: bool = False
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Named(Thing):
    """A catalogue item."""

    code: str = ""
    name: str = ""
    comment: str = ""
