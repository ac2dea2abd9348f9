"""How a book of record in memory answers: whether at all, and what becomes of its answers."""

from collections.abc import Awaitable, Callable
from itertools import count

from bot.domain.errors import Ambiguous, Unavailable


class Answering:
    """`calls` are the names of the calls that came."""

    system = "onec"

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.silent = False
        """Unavailable, whatever is asked."""
        self.loses = 0
        """Ambiguous so many times, after the write was done."""
        self.refuses: str | None = None
        """Rejected with this code, whatever is written."""
        self.gives_own_refs = False
        """What is written gets a ref of its own."""
        self.meanwhile: Callable[[], Awaitable[None]] | None = None
        """Awaited once before the answer to a write or to `find`."""
        self._serial = count(1)

    def _answer(self, call: str) -> None:
        self.calls.append(call)
        if self.silent:
            raise Unavailable(self.system, call)

    def _lose(self, call: str) -> None:
        if self.loses:
            self.loses -= 1
            raise Ambiguous(self.system, call)

    def _version(self) -> str:
        return f"v{next(self._serial)}"

    async def _happens_meanwhile(self) -> None:
        happens, self.meanwhile = self.meanwhile, None
        if happens is not None:
            await happens()
