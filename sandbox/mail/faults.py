"""Troubles switched on from the control side, each for the next so many commands."""

from dataclasses import dataclass, field
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Limit

Kind = Literal["slow", "refuse", "drop", "lost_answer"]
Stage = Literal["ehlo", "mail", "rcpt", "data", "pop3", "quit"]
KINDS: tuple[str, ...] = get_args(Kind)
STAGES: tuple[str, ...] = get_args(Stage)
MAX_FAULTS = 100


class Fault(BaseModel):
    """One trouble: `slow` waits `seconds` before the work, `refuse` answers `reply` instead of it, `drop` ends the
    connection instead, `lost_answer` does the work and ends the connection. `quit` is POP3's, where it deletes."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    at: Stage = "data"
    times: Annotated[int, Limit(ge=1, le=10_000)] = 1
    seconds: Annotated[float, Limit(ge=0, le=600)] = 5.0
    reply: Annotated[str, Limit(max_length=200, pattern=r"^[245]\d\d [ -~]*$")] = "451 4.3.0 Sandbox fault"


@dataclass(slots=True)
class Faults:
    """The troubles waiting, oldest first."""

    waiting: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> None:
        """Raises ValueError past a hundred."""
        if len(self.waiting) >= MAX_FAULTS:
            raise ValueError(f"at most {MAX_FAULTS} faults wait at once")
        self.waiting.append(fault)

    def take(self, stage: str) -> Fault | None:
        """The next trouble at this stage, counted off."""
        for fault in self.waiting:
            if fault.at == stage:
                fault.times -= 1
                if not fault.times:
                    self.waiting.remove(fault)
                return fault
        return None

    def as_json(self) -> list[dict[str, object]]:
        return [one.model_dump() for one in self.waiting]
