"""Troubles switched on from the control side, each for the next so many calls of the interface."""

from dataclasses import dataclass, field
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Limit

Kind = Literal[
    "slow", "status", "html200", "broken_json", "wrong_encoding", "lost_answer", "drop", "unauthorized", "access20",
    "minus1", "locked", "empty", "duplicate15",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)
MAX_FAULTS = 100


class Fault(BaseModel):
    """One trouble, for calls of `method` whose address holds `path` (of any without them). `slow` waits `seconds`
    before the work; `lost_answer`, `broken_json`, `wrong_encoding` and `empty` come after it, others instead of it."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    method: Annotated[str, Limit(max_length=10)] = ""
    path: Annotated[str, Limit(max_length=300)] = ""
    times: Annotated[int, Limit(ge=1, le=10_000)] = 1
    seconds: Annotated[float, Limit(ge=0, le=60)] = 5.0
    status: Annotated[int, Limit(ge=400, le=599)] = 502
    text: Annotated[str, Limit(max_length=1000)] = ""


@dataclass(slots=True)
class Faults:
    """The troubles waiting, oldest first."""

    waiting: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> None:
        """Raises ValueError past a hundred."""
        if len(self.waiting) >= MAX_FAULTS:
            raise ValueError(f"at most {MAX_FAULTS} faults wait at once")
        self.waiting.append(fault)

    def take(self, method: str, path: str) -> Fault | None:
        """The next trouble for a call, counted off."""
        for fault in self.waiting:
            if fault.method.upper() in ("", method) and fault.path in path:
                fault.times -= 1
                if not fault.times:
                    self.waiting.remove(fault)
                return fault
        return None
