"""Troubles switched on from the control side, each for the next so many answers or callbacks."""

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

ApiKind = Literal["slow", "server_error", "html", "huge", "error", "lost_answer"]
CallbackKind = Literal["lost_callback", "repeat_callback", "forged_signature", "other_message"]
API_KINDS: tuple[str, ...] = get_args(ApiKind)
CALLBACK_KINDS: tuple[str, ...] = get_args(CallbackKind)
MOST_FAULTS = 100


class Fault(BaseModel):
    """One trouble. Of the API: `slow` waits `seconds` before the work, `server_error`, `html` and `huge` answer a page
    (with `status`, with 200, with more bytes than anyone wants) instead of it, `error` answers `code`, `lost_answer`
    does the work and drops the line. Of callbacks: `repeat_callback` sends it `copies` times more; `forged_signature`
    sends a false one first; `other_message` sends the true id and signature again with the data of another message.

    `method` is such as message/send, empty for all.
    """

    model_config = ConfigDict(extra="forbid")

    kind: ApiKind | CallbackKind
    method: Annotated[str, Field(max_length=64)] = ""
    times: Annotated[int, Field(ge=1, le=10_000)] = 1
    seconds: Annotated[float, Field(ge=0, le=60)] = 5.0
    status: Annotated[int, Field(ge=400, le=599)] = 502
    code: int = 999
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

    def take(self, *kinds: str, method: str = "") -> Fault | None:
        """The next trouble of these kinds, counted off."""
        for fault in self._waiting:
            if fault.kind in kinds and fault.method in {"", method}:
                fault.times -= 1
                if not fault.times:
                    self._waiting.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        self._waiting.clear()

    def view(self) -> list[dict[str, Any]]:
        return [one.model_dump() for one in self._waiting]
