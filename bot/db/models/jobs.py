"""Background work: jobs, their troubles, schedules, and what is known of outside systems and of our processes.

On PostgreSQL procrastinate keeps the jobs, in a schema of its own named after it, and `jobs` stays empty.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Connection, Index, event, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.jobs.installing import install
from bot.db.models.table import Table

_WAITS = text("state = 'waiting'")


class QueuedJob(Table):
    """A job of the embedded engine; `rank` is the priority with its sign turned, so that one index orders both."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'running', 'dead', 'dropped')", name="state"),
        Index(None, "queue", "rank", "id", postgresql_where=_WAITS, sqlite_where=_WAITS),
        Index(None, "lock", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    name: Mapped[str]
    queue: Mapped[str]
    args: Mapped[dict[str, Any]] = mapped_column(JSON)
    key: Mapped[str] = mapped_column(unique=True)
    lock: Mapped[str | None]
    rank: Mapped[int]
    due_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)


class JobKey(Table):
    """A key that was used; `seen_at` is when its job was last known to exist."""

    __tablename__ = "job_keys"

    key: Mapped[str] = mapped_column(primary_key=True)
    added_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)


class JobTrouble(Table):
    """What befell a job beside its success, on both engines.

    `excused` are the seconds its system was silent since it first failed; `retrying` says that it waits because of a
    failure. `due_at` is used on PostgreSQL, where procrastinate would go by the server's clock.
    """

    __tablename__ = "job_troubles"

    job_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    first_failed_at: Mapped[datetime | None]
    last_failed_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    excused: Mapped[int] = mapped_column(default=0)
    retrying: Mapped[bool] = mapped_column(default=False)
    error: Mapped[str] = mapped_column(default="")
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    dead_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]


class JobStep(Table):
    """A local effect of a job that is in the books; written in the same transaction."""

    __tablename__ = "job_steps"

    job_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    step: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


class ScheduleTick(Table):
    """The last tick of a schedule that was turned into a job."""

    __tablename__ = "schedules"

    name: Mapped[str] = mapped_column(primary_key=True)
    last_tick: Mapped[datetime]


class SendingLimit(Table):
    """A token bucket; `full_at` is when it will be full again, in microseconds since 1970."""

    __tablename__ = "limits"

    name: Mapped[str] = mapped_column(primary_key=True)
    full_at: Mapped[int] = mapped_column(BigInteger, index=True)


class OutsideSystem(Table):
    """An outside system: since when it has been silent, when it answered last."""

    __tablename__ = "systems"

    name: Mapped[str] = mapped_column(primary_key=True)
    silent_since: Mapped[datetime | None]
    last_answer_at: Mapped[datetime | None]
    detail: Mapped[str] = mapped_column(default="")


class Process(Table):
    """A process of ours that was alive at `beat_at`."""

    __tablename__ = "processes"

    id: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    host_pid: Mapped[str]
    beat_at: Mapped[datetime] = mapped_column(index=True)


@event.listens_for(Table.metadata, "after_create")
def _with_procrastinate(_: Any, connection: Connection, **__: Any) -> None:
    if connection.dialect.name == "postgresql":
        install(connection)
