"""The port: what a transaction may do with jobs, whichever engine keeps them."""

from abc import ABC, abstractmethod
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Subquery, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.jobs.troubles import Troubles
from bot.db.models import JobKey, JobStep, JobTrouble
from bot.domain.job import Job, JobState, JobView, Queue, Run

Views = list[JobView]
WOKEN = "queues with work"
"""Where a connection notes the queues that a transaction gave work to, for whoever commits it."""


class Jobs(ABC):
    """Jobs of every queue."""

    _view: Subquery

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.troubles = Troubles(connection)
        self._insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    # --- for whoever has work to be done -----------------------------------------------------------------------------

    @abstractmethod
    def add(self, job: Job, at: datetime | None = None) -> bool:
        """False where the key is known already; `at` is the present moment."""

    def first_time(self, run: Run, step: str = "") -> bool:
        """Note a local effect of the run; false where it is in the books already."""
        noted = self._connection.execute(
            self._insert(JobStep)
            .values(job_id=int(run.id), step=step, at=datetime.now(UTC))
            .on_conflict_do_nothing()
            .returning(JobStep.job_id)
        )
        return noted.first() is not None

    # --- for whoever looks after it ----------------------------------------------------------------------------------

    def list(
        self, states: Collection[JobState] = frozenset(JobState), limit: int = 100, since: datetime | None = None
    ) -> Views:
        """Newest first; `since` is when it died or was dropped, failed last, or was added."""
        view = self._view
        found = select(view).where(view.c.state.in_(states)).order_by(view.c.id.desc()).limit(limit)
        if since is not None:
            found = found.where(view.c.moment >= since)
        return [_shown(row) for row in self._connection.execute(found)]

    def show(self, job_id: str) -> JobView | None:
        if not job_id.isdecimal():
            return None
        row = self._connection.execute(select(self._view).where(self._view.c.id == int(job_id))).first()
        return _shown(row) if row else None

    def pending(self, key: str) -> bool:
        """Whether the job of this key still waits or runs."""
        alive = (JobState.WAITING, JobState.RUNNING, JobState.RETRYING)
        found = select(self._view.c.id).where(self._view.c.key == key, self._view.c.state.in_(alive))
        return self._connection.execute(found).first() is not None

    def has_dead(self, name: str, *, but: str) -> bool:
        """Whether another job of this name than `but` is a dead letter."""
        view = self._view
        found = select(view.c.id).where(view.c.name == name, view.c.state == JobState.DEAD, view.c.id != int(but))
        return self._connection.execute(found.limit(1)).first() is not None

    def counts(self) -> dict[Queue, dict[JobState, int]]:
        """Of every queue that has any."""
        view, counted = self._view, {}  # type: Subquery, dict[Queue, dict[JobState, int]]
        for row in self._connection.execute(
            select(view.c.queue, view.c.state, func.count().label("jobs")).group_by(view.c.queue, view.c.state)
        ):
            counted.setdefault(Queue(row.queue), {})[JobState(row.state)] = row.jobs
        return counted

    def replay(self, job_id: str, at: datetime) -> bool:
        """Try a dead job again from `at` on, as if it had never failed; its id stays."""
        shown = self.show(job_id)
        if shown is None or shown.state is not JobState.DEAD:
            return False
        return self._replay(int(job_id), at)

    def replay_dead_since(self, moment: datetime, at: datetime) -> int:
        """Replay all that died at `moment` or later, in their order; returns how many."""
        dead = self._connection.execute(
            select(JobTrouble.job_id)
            .where(JobTrouble.dead_at >= moment, JobTrouble.dropped_at.is_(None))
            .order_by(JobTrouble.job_id)
        )
        return sum(self._replay(job_id, at) for job_id in dead.scalars().all())

    def drop(self, job_id: str, at: datetime) -> bool:
        """Give a dead or a waiting job up for good; it stays in the list as dropped until it is pruned."""
        shown = self.show(job_id)
        if shown is None or shown.state not in {JobState.DEAD, JobState.WAITING, JobState.RETRYING}:
            return False
        if not self._drop(int(job_id), shown):
            return False
        self.troubles.dropped(int(job_id), at)
        return True

    @abstractmethod
    def wake(self, queue: Queue) -> None:
        """All of the queue's jobs that wait because of a failure are due now."""

    def excuse(self, queue: Queue, silence: timedelta) -> None:
        """The system of the queue was silent for so long: its jobs have that much longer until they are given up."""
        here = select(self._view.c.id).where(self._view.c.queue == queue)
        self._connection.execute(
            update(JobTrouble)
            .where(JobTrouble.job_id.in_(here), JobTrouble.first_failed_at.is_not(None), JobTrouble.dead_at.is_(None))
            .values(excused=JobTrouble.excused + int(silence.total_seconds()))
        )

    # --- for the engine ----------------------------------------------------------------------------------------------

    @abstractmethod
    def held(self, job_id: int, holder: int | None) -> bool:
        """Whether the job is still in the hands of the holder; if so, nobody takes it away before the commit."""

    @abstractmethod
    def finish(self, job_id: int) -> None:
        """It succeeded, in whosever hands it is now."""

    @abstractmethod
    def again(self, job_id: int, at: datetime | None) -> None:
        """It is not run any more, and due at `at` or at once."""

    @abstractmethod
    def bury(self, job_id: int, at: datetime) -> None:
        """It is dead from `at` on."""

    # --- for upkeep --------------------------------------------------------------------------------------------------

    def forget_keys(self, before: datetime, now: datetime) -> int:
        """Drop keys whose job ended before then; those of jobs that still exist are noted as seen now."""
        alive = select(self._view.c.key)
        self._connection.execute(update(JobKey).where(JobKey.key.in_(alive)).values(seen_at=now))
        return self._connection.execute(delete(JobKey).where(JobKey.seen_at < before)).rowcount

    def forget_steps(self, before: datetime) -> int:
        """Drop the marks of effects older than that, but for those of jobs that still exist."""
        alive = select(self._view.c.id)
        return self._connection.execute(
            delete(JobStep).where(JobStep.at < before, JobStep.job_id.not_in(alive))
        ).rowcount

    @abstractmethod
    def forget_dropped(self, before: datetime) -> int:
        """Prune the jobs that were dropped before then."""

    # --- of the engines ----------------------------------------------------------------------------------------------

    @abstractmethod
    def _replay(self, job_id: int, at: datetime) -> bool: ...

    @abstractmethod
    def _drop(self, job_id: int, shown: JobView) -> bool: ...


def _shown(row: Row[Any]) -> JobView:
    return JobView(
        id=str(row.id),
        name=row.name,
        queue=Queue(row.queue),
        key=row.key,
        lock=row.lock,
        args=row.args,
        state=JobState(row.state),
        attempts=row.attempts,
        added_at=row.added_at,
        next_at=row.next_at,
        first_failed_at=row.first_failed_at,
        error=row.error or "",
    )
