"""Everything the mail server remembers: the clock, the mailboxes, what is to come back, troubles, the last calls."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sandbox.mail.faults import Faults
from sandbox.mail.letters import Letters
from sandbox.mail.returns import Returns

KEPT_CALLS = 500
KEPT_GREYLIST = 1000


@dataclass(slots=True)
class Office:
    """`clock` gives seconds since the epoch and can be moved forward; `ports` are those open, by scheme."""

    user: str
    password: str
    clock: Callable[[], float]
    letters: Letters = field(default_factory=Letters)
    returns: Returns = field(default_factory=Returns)
    faults: Faults = field(default_factory=Faults)
    calls: deque[dict[str, str]] = field(default_factory=lambda: deque(maxlen=KEPT_CALLS))
    ports: dict[str, int] = field(default_factory=dict)
    _greylist: dict[tuple[str, str], bool] = field(default_factory=dict)
    _moved: float = 0.0

    def now(self) -> float:
        return self.clock() + self._moved

    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.now(), UTC)

    def advance(self, seconds: float) -> None:
        """Moves the clock forward."""
        self._moved += seconds
        self.letters.wake()

    def called(self, what: str, reply: str) -> str:
        """Notes the answer of a command, and gives it."""
        self.calls.append({"at": self.moment().isoformat(timespec="seconds"), "what": what, "reply": reply})
        return reply

    def knows(self, sender: str, recipient: str) -> bool:
        """Whether this pair was seen before; it is from now on."""
        pair = sender.lower(), recipient.lower()
        known = pair in self._greylist
        self._greylist[pair] = True
        while len(self._greylist) > KEPT_GREYLIST:
            del self._greylist[next(iter(self._greylist))]
        return known

    def reset(self) -> None:
        """Empty mailboxes, real time, no troubles, nobody seen."""
        self._moved = 0.0
        self._greylist.clear()
        self.calls.clear()
        self.faults.waiting.clear()
        self.returns.clear()
        self.letters.clear()
