"""Is the product able to serve: its database answers, its messengers are not stopped, and somebody does the work."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.db.books import Books
from bot.db.tx import Tx
from bot.logs import log
from bot.ports import Clock

STOPPED = timedelta(seconds=20)
"""A process that has not been heard of for so long is dead."""
WORKING = ("run", "worker")
logger = log("readiness")


class Readiness:
    """Says what is missing, by name."""

    def __init__(self, books: Books, now: Clock) -> None:
        self._books = books
        self._now = now
        self._parts: dict[str, Callable[[], str]] = {}

    def watch(self, name: str, problem: Callable[[], str]) -> None:
        """Ask this part too; it answers with its problem, or with nothing."""
        self._parts[name] = problem

    async def missing(self) -> dict[str, str]:
        problems = {name: problem() for name, problem in self._parts.items()}
        try:
            if not await self._books.read(_somebody_works, self._now() - STOPPED):
                problems["worker"] = "no background worker is alive"
        except Exception as error:
            logger.error("database does not answer", error=type(error).__name__)
            problems["database"] = "does not answer"
        return {name: problem for name, problem in problems.items() if problem}


def _somebody_works(tx: Tx, since: datetime) -> bool:
    """Whether the database answers, and with it a process that does the work of the background."""
    return any(process.role in WORKING for process in tx.processes.alive(since))
