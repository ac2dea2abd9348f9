"""Background work as staff see it: what waits, what failed, and what to do about it."""

from collections.abc import Collection
from datetime import datetime

from bot.db.books import Books
from bot.domain.errors import NotFound
from bot.domain.job import JobState, JobView
from bot.ports import Clock


class DeadLetters:
    """Looks at jobs, replays or drops them."""

    def __init__(self, books: Books, now: Clock) -> None:
        self._books = books
        self._now = now

    async def listed(
        self, states: Collection[JobState] = (JobState.DEAD,), *, since: datetime | None = None, limit: int = 50
    ) -> list[JobView]:
        return await self._books.read(lambda tx: tx.jobs.list(states, limit, since))

    async def require(self, job_id: str) -> JobView:
        """Raises NotFound."""
        found = await self._books.read(lambda tx: tx.jobs.show(job_id))
        if found is None:
            raise NotFound("job")
        return found

    async def replay(self, job_id: str) -> bool:
        """Once more, at once; false where it is not dead any more."""
        return await self._books.write(lambda tx: tx.jobs.replay(job_id, self._now()))

    async def replay_since(self, moment: datetime) -> int:
        """Everything that died since then; returns how many."""
        return await self._books.write(lambda tx: tx.jobs.replay_dead_since(moment, self._now()))

    async def drop(self, job_id: str) -> bool:
        """Given up for good; false where there is nothing to give up."""
        return await self._books.write(lambda tx: tx.jobs.drop(job_id, self._now()))
