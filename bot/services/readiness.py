"""Is the product able to serve: its database answers and is at the revision the program is written for."""

from collections.abc import Callable

from bot.db.books import Books
from bot.db.tx import Tx
from bot.logs import log

logger = log("readiness")


class Readiness:
    """Says what is missing, by name."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._parts: dict[str, Callable[[], str]] = {}

    def watch(self, name: str, problem: Callable[[], str]) -> None:
        """Ask this part too; it answers with its problem, or with nothing."""
        self._parts[name] = problem

    async def missing(self) -> dict[str, str]:
        problems = {name: problem() for name, problem in self._parts.items()}
        try:
            await self._books.read(_answers)
        except Exception as error:
            logger.error("database does not answer", error=type(error).__name__)
            problems["database"] = "does not answer"
        return {name: problem for name, problem in problems.items() if problem}


def _answers(tx: Tx) -> int:
    return tx.catalogue.revision()
