"""Troubles that can be switched on: each is real for the bot, none is a mere record."""

from dataclasses import asdict, dataclass
from typing import Any

Json = dict[str, Any]
KINDS = {
    "rate_limit": "429 with retry_after = seconds (5)",
    "server_error": "`status` (500; 502 and 504 answer HTML as a proxy does), the call is not done",
    "slow": "the call waits `seconds` (3) and is then done",
    "lost_answer": "the call is done and the connection is dropped instead of the answer",
    "forbidden": "403 Forbidden: bot was blocked by the user",
    "duplicate_update": "the next update is delivered twice",
    "reorder_updates": "the next update is delivered after the one that follows it, or after `seconds` (3)",
}
OF_UPDATES = ("duplicate_update", "reorder_updates")
DEFAULT_SECONDS = {"rate_limit": 5.0, "slow": 3.0, "reorder_updates": 3.0}
MOST = 100


@dataclass(slots=True)
class Fault:
    """One trouble; `count` 0 lasts until it is deleted, an empty `method` means all but getUpdates."""

    kind: str
    method: str = ""
    chat: int | None = None
    count: int = 1
    seconds: float = 0.0
    status: int = 500

    def fits(self, method: str, chat: int | None) -> bool:
        named = self.method.lower() == method.lower() if self.method else method != "getUpdates"
        return named and self.chat in (None, chat)

    def view(self) -> Json:
        return asdict(self)


class Faults:
    """The troubles that are on, in the order they were asked for."""

    def __init__(self) -> None:
        self._on: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Raises ValueError when there are too many."""
        if len(self._on) >= MOST:
            raise ValueError(f"at most {MOST} faults can be on")
        self._on.append(fault)

    def of_call(self, method: str, chat: int | None) -> Fault | None:
        """The trouble this call meets; its count goes down."""
        return self._take(lambda one: one.kind not in OF_UPDATES and one.fits(method, chat))

    def of_update(self, kind: str, chat: int | None) -> Fault | None:
        return self._take(lambda one: one.kind == kind and one.chat in (None, chat))

    def _take(self, fits: Any) -> Fault | None:
        found = next((one for one in self._on if fits(one)), None)
        if found is not None and found.count > 0:
            found.count -= 1
            if found.count == 0:
                self._on.remove(found)
        return found

    def clear(self) -> None:
        self._on.clear()

    def view(self) -> list[Json]:
        return [fault.view() for fault in self._on]
