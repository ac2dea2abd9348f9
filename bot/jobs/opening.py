"""Which engine works for a database."""

from collections.abc import Mapping, Sequence

from bot.db.books import Books
from bot.db.sqlite import SqliteBooks
from bot.domain.job import Queue
from bot.jobs.handling import Handler, Lane
from bot.jobs.scheduling import Schedule
from bot.jobs.settling import OnDead
from bot.jobs.worker import GRACE, Worker
from bot.ports import Clock


def worker_for(
    database_url: str,
    books: Books,
    handlers: Mapping[str, Handler],
    schedules: Sequence[Schedule],
    lanes: Mapping[Queue, Lane],
    *,
    now: Clock,
    on_dead: OnDead | None = None,
    grace: float = GRACE,
) -> Worker:
    """A worker for the lanes given: embedded on SQLite, procrastinate's on PostgreSQL."""
    if isinstance(books, SqliteBooks):
        from bot.jobs.embedded import EmbeddedWorker

        return EmbeddedWorker(books, handlers, schedules, lanes, now=now, on_dead=on_dead, grace=grace)
    from bot.jobs.distributed import DistributedWorker

    return DistributedWorker(database_url, books, handlers, schedules, lanes, now=now, on_dead=on_dead, grace=grace)
