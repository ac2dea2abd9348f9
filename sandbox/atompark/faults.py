"""Troubles switched on from the control side, each for the next so many calls."""

from dataclasses import dataclass, field
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Limit

Kind = Literal["slow", "server_error", "error", "lost_answer"]
KINDS: tuple[str, ...] = get_args(Kind)
MAX_FAULTS = 100


class Fault(BaseModel):
    """One trouble: `slow` waits `seconds` before the work, `server_error` answers `status` instead of it,
    `error` answers `code`, `lost_answer` does the work and drops the connection."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    action: Annotated[str, Limit(max_length=64)] = ""
    times: Annotated[int, Limit(ge=1, le=10_000)] = 1
    seconds: Annotated[float, Limit(ge=0, le=60)] = 5.0
    status: Annotated[int, Limit(ge=500, le=599)] = 502
    code: int = 306
    message: Annotated[str, Limit(max_length=200)] = "Sandbox fault"


@dataclass(slots=True)
class Faults:
    """The troubles waiting, oldest first."""

    waiting: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> None:
        """Raises ValueError past a hundred."""
        if len(self.waiting) >= MAX_FAULTS:
            raise ValueError(f"at most {MAX_FAULTS} faults wait at once")
        self.waiting.append(fault)

    def take(self, action: str) -> Fault | None:
        """The next trouble for a call of this action, counted off."""
        for fault in self.waiting:
            if fault.action.lower() in {"", action.lower()}:
                fault.times -= 1
                if not fault.times:
                    self.waiting.remove(fault)
                return fault
        return None

    def as_json(self) -> list[dict[str, object]]:
        return [one.model_dump() for one in self.waiting]
