"""Troubles switched on from the control side, each for the next so many answers or callbacks."""

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

ApiKind = Literal["slow", "server_error", "html", "error", "lost_answer", "wrong_signature", "no_signature"]
CallbackKind = Literal[
    "lost_callback",
    "repeat_callback",
    "reorder_callbacks",
    "forged_signature",
    "wrong_amount",
    "other_account",
    "late_declined",
]
API_KINDS: tuple[str, ...] = get_args(ApiKind)
CALLBACK_KINDS: tuple[str, ...] = get_args(CallbackKind)
MOST_FAULTS = 100


class Fault(BaseModel):
    """One trouble. Of the API: `slow` waits `seconds` before the work, `server_error` and `html` answer a page
    (with `status`, with 200) instead of it, `error` answers `code`, `lost_answer` does the work and drops the line.
    Of callbacks: `repeat_callback` sends it `copies` times more; forged ones go before the true one.

    `operation` is a transactionType, PURCHASE for /pay, empty for all; `reference` is of one order, empty for all.
    """

    model_config = ConfigDict(extra="forbid")

    kind: ApiKind | CallbackKind
    operation: Annotated[str, Field(max_length=64)] = ""
    reference: Annotated[str, Field(max_length=255)] = ""
    times: Annotated[int, Field(ge=1, le=10_000)] = 1
    seconds: Annotated[float, Field(ge=0, le=60)] = 5.0
    status: Annotated[int, Field(ge=500, le=599)] = 502
    code: int = 1129
    copies: Annotated[int, Field(ge=1, le=20)] = 1


class Faults:
    """The troubles waiting, oldest first."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Raises ValueError past a hundred."""
        if len(self._waiting) >= MOST_FAULTS:
            raise ValueError(f"at most {MOST_FAULTS} faults wait at once")
        self._waiting.append(fault)

    def take(self, *kinds: str, operation: str = "", reference: str = "") -> Fault | None:
        """The next trouble of these kinds, counted off."""
        for fault in self._waiting:
            mine = fault.operation in {"", operation} and fault.reference in {"", reference}
            if fault.kind in kinds and mine:
                fault.times -= 1
                if not fault.times:
                    self._waiting.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        self._waiting.clear()

    def view(self) -> list[dict[str, Any]]:
        return [one.model_dump() for one in self._waiting]
