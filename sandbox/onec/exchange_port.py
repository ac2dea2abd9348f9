"""Where the CommerceML exchange plugs in: the control side calls `exchange` of `sandbox.onec.commerceml`."""

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypedDict

from pydantic import BaseModel, ConfigDict, Field

from sandbox.onec.world import World


class Settings(BaseModel):
    """What one run of the exchange is told; `interrupt_after` drops the dialogue after so many requests."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[str, Field(min_length=1, max_length=2000)]
    user: str = ""
    password: str = ""
    what: Literal["catalog", "sale", "all"] = "all"
    dialect: Literal["1c", "bitrix"] = "1c"
    version: Literal["2.04", "2.05", "2.07", "2.08", "2.10"] = "2.08"
    zip: bool = False
    part_bytes: Annotated[int, Field(ge=0, le=100_000_000)] = 0
    encoding: Literal["utf-8", "windows-1251"] = "utf-8"
    interrupt_after: Annotated[int, Field(ge=1, le=100_000)] | None = None
    only_changes: bool = False


class Step(TypedDict):
    """One request of the dialogue: its name, the HTTP status (0 without an answer), the reply's first 300 signs."""

    step: str
    status: int
    reply: str


Transcript = list[Step]
Exchange = Callable[[World, Settings], Awaitable[Transcript]]
"""`sandbox.onec.commerceml.exchange`, unless `create_app` was given another."""
Load = Callable[[World, Path, date], None]
"""`sandbox.onec.demo_base.load`: fills an empty world from a folder, with documents dated back from today."""


def default_exchange() -> Exchange:
    """The real client, imported late."""
    from sandbox.onec.commerceml import exchange

    return exchange


def default_load() -> Load:
    """The loader of demo data, imported late."""
    from sandbox.onec.demo_base import load

    return load
