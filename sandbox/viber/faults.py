"""Troubles that the control side switches on: a slow or broken API; callbacks repeated, reordered, forged or lost."""

from dataclasses import asdict, dataclass
from typing import Any

API_FAULTS = ("slow", "server_error", "status", "lost_answer")
CALLBACK_FAULTS = ("duplicate_callback", "reorder_callbacks", "forged_signature", "lost_callback")
MESSAGE_FAULTS = ("failed_event", "no_desc")
KINDS = (*API_FAULTS, *CALLBACK_FAULTS, *MESSAGE_FAULTS)
MOST_FAULTS = 100


@dataclass
class Fault:
    """One trouble: `count` times (0: until deleted), for one user or for all."""

    kind: str
    count: int = 1
    user: str | None = None
    seconds: float = 1.0
    status: int = 12
    happened: int = 0

    def view(self) -> dict[str, Any]:
        return asdict(self)


class Faults:
    """The troubles that are on; each lookup of a matching one uses it up by one."""

    def __init__(self) -> None:
        self._on: list[Fault] = []

    def add(self, fault: Fault) -> None:
        if len(self._on) >= MOST_FAULTS:
            raise OverflowError("too many faults are on: DELETE faults first")
        self._on.append(fault)

    def take(self, user: str | None, *kinds: str) -> Fault | None:
        """The oldest fault of these kinds for this user, or None."""
        for fault in self._on:
            if fault.kind in kinds and fault.user in (None, user):
                fault.happened += 1
                if fault.count and fault.happened >= fault.count:
                    self._on.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        self._on.clear()

    def view(self) -> list[dict[str, Any]]:
        return [fault.view() for fault in self._on]
