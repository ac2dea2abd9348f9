"""Troubles switched on from the control side, each for the next so many answers."""

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal[
    "slow", "unanswered", "too_many", "server_error", "html", "access_denied", "login_required", "refused",
    "lost_answer", "wrong_recipient", "no_recipient", "other_content",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)
ANSWERS = (
    "slow", "unanswered", "too_many", "server_error", "html", "access_denied", "login_required", "refused",
    "lost_answer",
)  # fmt: skip
MOST_FAULTS = 100


class Fault(BaseModel):
    """One trouble. `slow` waits `seconds` after the work, `unanswered` waits so long and drops the line with nothing
    done; `too_many` answers 429 with `seconds` as Retry-After;
    `server_error` and `html` answer a page, with `status` or with 200; `access_denied` and `login_required` answer 403,
    `refused` 400; `lost_answer` does the work and drops the line. `wrong_recipient` takes an upload with another
    company's code, `no_recipient` forgets the recipient; `other_content` gives a container over other bytes.

    `call` is the name of a call as the list of calls shows it, such as upload or statuses; empty for all.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    call: Annotated[str, Field(max_length=64)] = ""
    times: Annotated[int, Field(ge=1, le=10_000)] = 1
    seconds: Annotated[float, Field(ge=0, le=60)] = 5.0
    status: Annotated[int, Field(ge=400, le=599)] = 502


class Faults:
    """The troubles waiting, oldest first."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Raises ValueError past a hundred."""
        if len(self._waiting) >= MOST_FAULTS:
            raise ValueError(f"at most {MOST_FAULTS} faults wait at once")
        self._waiting.append(fault)

    def take(self, *kinds: str, call: str = "") -> Fault | None:
        """The next trouble of these kinds, counted off."""
        for fault in self._waiting:
            if fault.kind in kinds and fault.call in {"", call}:
                fault.times -= 1
                if not fault.times:
                    self._waiting.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        self._waiting.clear()

    def view(self) -> list[dict[str, Any]]:
        return [one.model_dump() for one in self._waiting]
