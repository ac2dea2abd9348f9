"""Jobs on SQLite: a table, one process that works on it, and a note for it at every commit that gives it work."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from bot.db.jobs.jobs import WOKEN, Jobs
from bot.db.models import JobKey, JobTrouble, QueuedJob
from bot.domain.job import Job, JobView, Queue, Run

_OTHER = aliased(QueuedJob)
_NOW = bindparam("now", type_=QueuedJob.due_at.type)
_DUE: ColumnElement[bool] = and_(
    QueuedJob.state == literal_column("'waiting'"), or_(QueuedJob.due_at.is_(None), QueuedJob.due_at <= _NOW)
)
_BEHIND_ANOTHER = (
    select(_OTHER.id)
    .where(
        _OTHER.lock == QueuedJob.lock,
        or_(_OTHER.state == "running", and_(_OTHER.state == "waiting", _OTHER.id < QueuedJob.id)),
    )
    .exists()
)
_HEAD = (
    select(QueuedJob.id)
    .where(QueuedJob.queue == bindparam("of_queue"), _DUE, or_(QueuedJob.lock.is_(None), ~_BEHIND_ANOTHER))
    .order_by(QueuedJob.rank, QueuedJob.id)
    .limit(1)
)
_CLAIM = (
    update(QueuedJob)
    .where(QueuedJob.id == _HEAD.scalar_subquery())
    .values(state="running", attempts=QueuedJob.attempts + 1, due_at=None)
    .returning(QueuedJob.__table__)
)
_FINISH = delete(QueuedJob).where(QueuedJob.id == bindparam("job_id")).returning(QueuedJob.lock, QueuedJob.attempts)
_VIEW = (
    select(
        QueuedJob.id,
        QueuedJob.name,
        QueuedJob.queue,
        QueuedJob.key,
        QueuedJob.lock,
        QueuedJob.args,
        case((and_(QueuedJob.state == "waiting", JobTrouble.retrying), "retrying"), else_=QueuedJob.state).label(
            "state"
        ),
        QueuedJob.attempts,
        JobKey.added_at,
        QueuedJob.due_at.label("next_at"),
        JobTrouble.first_failed_at,
        JobTrouble.error,
        func.coalesce(
            JobTrouble.dropped_at,
            JobTrouble.dead_at,
            JobTrouble.last_failed_at,
            JobKey.added_at,
            type_=JobKey.added_at.type,
        ).label("moment"),
    )
    .join(JobKey, JobKey.key == QueuedJob.key)
    .outerjoin(JobTrouble, JobTrouble.job_id == QueuedJob.id)
    .subquery()
)


class EmbeddedJobs(Jobs):
    """The jobs of one process on one file."""

    _view = _VIEW

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)

    def add(self, job: Job, at: datetime | None = None) -> bool:
        at = at or datetime.now(UTC)
        fresh = self._connection.execute(
            self._insert(JobKey)
            .values(key=job.key, added_at=at, seen_at=at)
            .on_conflict_do_nothing()
            .returning(JobKey.key)
        )
        if fresh.first() is None:
            return False
        self._connection.execute(
            insert(QueuedJob).values(
                name=job.name,
                queue=job.queue,
                args=dict(job.args),
                key=job.key,
                lock=job.lock,
                rank=-job.priority,
                due_at=job.not_before,
            )
        )
        self._note(job.queue)
        return True

    def wake(self, queue: Queue) -> None:
        failed = select(JobTrouble.job_id).where(JobTrouble.retrying)
        self._connection.execute(
            update(QueuedJob)
            .where(QueuedJob.queue == queue, QueuedJob.state == "waiting", QueuedJob.id.in_(failed))
            .values(due_at=None)
        )
        self._note(queue)

    def claim(self, queue: Queue, now: datetime) -> Run | None:
        """The next job that may be run, which is running from now on."""
        row = self._connection.execute(_CLAIM, {"of_queue": queue, "now": now}).first()
        if row is None:
            return None
        job = Job(row.name, Queue(row.queue), row.args, row.key, row.lock, None, -row.rank)
        return Run(str(row.id), job, row.attempts)

    def due_queues(self, now: datetime) -> list[Queue]:
        """Queues in which something waits that is due."""
        found = self._connection.execute(select(QueuedJob.queue).where(_DUE).distinct(), {"now": now})
        return [Queue(queue) for queue in found.scalars()]

    def take_back(self) -> int:
        """Whatever runs is due at once: nobody is at it any more."""
        return self._connection.execute(
            update(QueuedJob).where(QueuedJob.state == "running").values(state="waiting")
        ).rowcount

    def held(self, job_id: int, holder: int | None) -> bool:
        found = select(QueuedJob.id).where(QueuedJob.id == job_id, QueuedJob.state == "running")
        return self._connection.execute(found).first() is not None

    def finish(self, job_id: int) -> None:
        row = self._connection.execute(_FINISH, {"job_id": job_id}).first()
        if row is None:
            return
        if row.attempts > 1:
            self.troubles.forget(job_id)
        self._note_follower(row.lock)

    def again(self, job_id: int, at: datetime | None) -> None:
        self._leave(job_id, state="waiting", due_at=at)

    def bury(self, job_id: int, at: datetime) -> None:
        self.troubles.dead(job_id, at)
        self._leave(job_id, state="dead")

    def forget_dropped(self, before: datetime) -> int:
        old = select(JobTrouble.job_id).where(JobTrouble.dropped_at < before)
        gone = self._connection.execute(delete(QueuedJob).where(QueuedJob.id.in_(old))).rowcount
        self._connection.execute(delete(JobTrouble).where(JobTrouble.dropped_at < before))
        return gone

    def _replay(self, job_id: int, at: datetime) -> bool:
        self.troubles.forget(job_id)
        self._leave(job_id, state="waiting", due_at=at)
        return True

    def _drop(self, job_id: int, shown: JobView) -> bool:
        self._leave(job_id, state="dropped")
        return True

    def _leave(self, job_id: int, **values: Any) -> None:
        row = self._connection.execute(
            update(QueuedJob).where(QueuedJob.id == job_id).values(**values).returning(QueuedJob.queue, QueuedJob.lock)
        ).one()
        self._note(row.queue)
        self._note_follower(row.lock)

    def _note_follower(self, lock: str | None) -> None:
        """Whoever waits behind a job of this lock may be next."""
        if lock is not None:
            following = select(QueuedJob.queue).where(QueuedJob.lock == lock, QueuedJob.state == "waiting").limit(1)
            for queue in self._connection.execute(following).scalars():
                self._note(queue)

    def _note(self, queue: str) -> None:
        self._connection.info.setdefault(WOKEN, set()).add(Queue(queue))
