"""Jobs on PostgreSQL: procrastinate's own functions, called on the caller's connection.

A job that waits for a time is parked in a far future for procrastinate and released by `release_due`, so that the
clock it goes by is ours, and everybody is told at once.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Integer, Text, TextClause, bindparam, text
from sqlalchemy.engine import make_url

from bot.db.jobs.jobs import Jobs
from bot.db.models import JobKey
from bot.domain.job import Job, JobView, Queue

_MOMENT = JobKey.added_at.type
_PARKED = "CAST('9000-01-01 00:00+00' AS timestamptz)"
_CHANNEL = "'procrastinate_queue_v1#'"
_NEWS = '\'{"type": "job_inserted", "job_id": 0}\''
"""What procrastinate's workers take for a new job: they look at their queue."""


def _sql(statement: str, *moments: str) -> TextClause:
    """The statement, with moments bound as ours and nothing taken for a parameter but `:name`."""
    return text(statement).bindparams(*(bindparam(name, type_=_MOMENT) for name in moments))


_ADD = _sql(
    f"""
    WITH fresh AS (
        INSERT INTO job_keys (key, added_at, seen_at) VALUES (:key, :at, :at) ON CONFLICT DO NOTHING RETURNING key
    ), ahead AS (
        SELECT min(priority) AS priority FROM procrastinate.procrastinate_jobs WHERE lock = :lock AND status = 'todo'
    )
    SELECT unnest(procrastinate.procrastinate_defer_jobs_v1(ARRAY[CAST(ROW(
        CAST(:queue AS varchar), CAST(:name AS varchar), LEAST(CAST(:priority AS integer), ahead.priority),
        CAST(:lock AS text), fresh.key, CAST(:args AS jsonb),
        CASE WHEN CAST(:waits AS boolean) THEN {_PARKED} END
    ) AS procrastinate.procrastinate_job_to_defer_v1)])) FROM fresh, ahead
    """,  # noqa: S608 constants of this file
    "at",
)
_RETRY = f"SELECT procrastinate.procrastinate_retry_job_v2(:id, {_PARKED}, :priority, NULL, NULL)"
_RETRY_LATER, _RETRY_AT_ONCE = _sql(_RETRY), _sql(_RETRY.replace(_PARKED, "NULL"))
_TELL = f"SELECT pg_notify({_CHANNEL} || CAST(:queue AS text), {_NEWS})"
_TELL_FOLLOWER = f"""
    SELECT pg_notify({_CHANNEL} || queue_name, {_NEWS}) FROM (
        SELECT DISTINCT waiting.queue_name FROM procrastinate.procrastinate_jobs waiting
        JOIN procrastinate.procrastinate_jobs ended ON ended.lock = waiting.lock
        WHERE ended.id = :id AND waiting.id <> ended.id AND waiting.status = 'todo'
    ) following
"""  # noqa: S608
FINISH = f"""
WITH ended AS (
    SELECT id, lock FROM procrastinate.procrastinate_jobs WHERE id = :id AND status IN ('doing', 'todo') FOR UPDATE
), followed AS MATERIALIZED (
    SELECT pg_notify({_CHANNEL} || queue_name, {_NEWS}) FROM (
        SELECT DISTINCT waiting.queue_name FROM procrastinate.procrastinate_jobs waiting
        JOIN ended ON ended.lock = waiting.lock AND ended.id <> waiting.id WHERE waiting.status = 'todo'
    ) following
), forgotten AS (
    DELETE FROM job_troubles USING ended WHERE job_id = ended.id
)
SELECT procrastinate.procrastinate_finish_job_v1(id, 'succeeded', true), (SELECT count(*) FROM followed) FROM ended
"""  # noqa: S608 constants of this file
"""The job `:id` succeeded, in one statement; whoever waits behind it is told."""
_FINISH = _sql(FINISH)
_BURY = _sql("SELECT procrastinate.procrastinate_finish_job_v1(:id, 'failed', false)")
_UNCOUNT = _sql("UPDATE procrastinate.procrastinate_jobs SET attempts = attempts - 1 WHERE id = :id")
"""procrastinate counts a replay as an attempt, and then the attempt itself."""
_RELEASE = _sql(
    f"""
    WITH due AS (
        SELECT job_id FROM job_troubles WHERE due_at <= :now FOR UPDATE SKIP LOCKED
    ), noted AS (
        UPDATE job_troubles SET due_at = NULL FROM due WHERE job_troubles.job_id = due.job_id
    ), released AS (
        UPDATE procrastinate.procrastinate_jobs SET scheduled_at = NULL FROM due
        WHERE id = due.job_id AND status = 'todo' RETURNING queue_name
    )
    SELECT pg_notify({_CHANNEL} || queue_name, {_NEWS}) FROM (SELECT DISTINCT queue_name FROM released) queues
    """,  # noqa: S608
    "now",
)
_WAKE = _sql(
    """
    WITH retrying AS (
        UPDATE job_troubles SET due_at = NULL FROM procrastinate.procrastinate_jobs
        WHERE id = job_id AND queue_name = :queue AND status = 'todo' AND retrying RETURNING job_id
    )
    UPDATE procrastinate.procrastinate_jobs SET scheduled_at = NULL FROM retrying WHERE id = retrying.job_id
    """
)
_RESCUE = _sql(
    f"""
    WITH lost AS (
        SELECT job.id, job.queue_name FROM procrastinate.procrastinate_jobs job
        LEFT JOIN procrastinate.procrastinate_workers worker ON worker.id = job.worker_id
        WHERE job.status = 'doing' AND (job.worker_id IS NULL
            OR worker.last_heartbeat < now() - make_interval(secs => CAST(:seconds AS float)))
        FOR UPDATE OF job SKIP LOCKED
    ), found AS MATERIALIZED (
        SELECT queue_name, procrastinate.procrastinate_retry_job_v2(id, NULL, NULL, NULL, NULL) FROM lost
    ), queues AS (
        SELECT queue_name, count(*) AS jobs FROM found GROUP BY queue_name
    )
    SELECT jobs, pg_notify({_CHANNEL} || queue_name, {_NEWS}) FROM queues
    """  # noqa: S608
)
_VIEW = (
    text(
        """
        SELECT job.id, job.task_name AS name, job.queue_name AS queue, job.queueing_lock AS key, job.lock, job.args,
            CASE WHEN trouble.dropped_at IS NOT NULL THEN 'dropped' WHEN job.status = 'failed' THEN 'dead'
                WHEN job.status = 'doing' THEN 'running' WHEN trouble.retrying THEN 'retrying'
                ELSE 'waiting' END AS state,
            job.attempts + CASE WHEN job.status = 'doing' THEN 1 ELSE 0 END AS attempts,
            job_keys.added_at, trouble.due_at AS next_at, trouble.first_failed_at, trouble.error,
            COALESCE(trouble.dropped_at, trouble.dead_at, trouble.last_failed_at, job_keys.added_at) AS moment
        FROM procrastinate.procrastinate_jobs job JOIN job_keys ON job_keys.key = job.queueing_lock
        LEFT JOIN job_troubles trouble ON trouble.job_id = job.id
        """
    )
    .columns(
        id=Integer, name=Text, queue=Text, key=Text, lock=Text, args=JSON, state=Text, attempts=Integer,
        added_at=_MOMENT, next_at=_MOMENT, first_failed_at=_MOMENT, error=Text, moment=_MOMENT,
    )
    .subquery()
)  # fmt: skip


class DistributedJobs(Jobs):
    """The jobs of any number of processes."""

    _view = _VIEW

    def add(self, job: Job, at: datetime | None = None) -> bool:
        values: dict[str, Any] = {
            "key": job.key,
            "lock": job.lock,
            "queue": job.queue,
            "name": job.name,
            "priority": job.priority,
        }
        values |= {"args": _json(job.args), "waits": job.not_before is not None, "at": at or datetime.now(UTC)}
        job_id = self._connection.execute(_ADD, values).scalar()
        if job_id is None:
            return False
        if job.not_before is not None:
            self.troubles.due(job_id, job.not_before)
        return True

    def wake(self, queue: Queue) -> None:
        self._connection.execute(_WAKE, {"queue": queue})
        self._tell(queue)

    def release_due(self, now: datetime) -> None:
        """Let go of what waited until now."""
        self._connection.execute(_RELEASE, {"now": now})

    def rescue(self, silent_for: float) -> int:
        """Take the jobs of workers without a heartbeat for so many seconds back; returns how many."""
        return sum(row.jobs for row in self._connection.execute(_RESCUE, {"seconds": silent_for}))

    def held(self, job_id: int, holder: int | None) -> bool:
        found = self._connection.execute(
            text(
                "SELECT id FROM procrastinate.procrastinate_jobs"
                " WHERE id = :id AND status = 'doing' AND worker_id = :holder FOR UPDATE"
            ),
            {"id": job_id, "holder": holder},
        )
        return found.first() is not None

    def finish(self, job_id: int) -> None:
        self._connection.execute(_FINISH, {"id": job_id})

    def again(self, job_id: int, at: datetime | None) -> None:
        self._retry(job_id, at)

    def bury(self, job_id: int, at: datetime) -> None:
        self._connection.execute(_BURY, {"id": job_id})
        self.troubles.dead(job_id, at)
        self._tell_follower(job_id)

    def forget_dropped(self, before: datetime) -> int:
        gone = _sql(
            "DELETE FROM procrastinate.procrastinate_jobs USING job_troubles"
            " WHERE id = job_id AND dropped_at < :before",
            "before",
        )
        count = self._connection.execute(gone, {"before": before}).rowcount
        self._connection.execute(
            _sql("DELETE FROM job_troubles WHERE dropped_at < :before", "before"), {"before": before}
        )
        return count

    def _replay(self, job_id: int, at: datetime) -> bool:
        """In front of those of its lock that were added after it, whatever their priority."""
        dead = text(
            "SELECT (SELECT max(other.priority) FROM procrastinate.procrastinate_jobs other"
            " WHERE other.lock = dead.lock AND other.status = 'todo') AS behind, dead.priority"
            " FROM procrastinate.procrastinate_jobs dead WHERE id = :id AND status = 'failed' FOR UPDATE"
        )
        row = self._connection.execute(dead, {"id": job_id}).first()
        if row is None:
            return False
        self.troubles.forget(job_id)
        self._retry(job_id, at, max(row.priority, row.behind if row.behind is not None else row.priority))
        self._connection.execute(_UNCOUNT, {"id": job_id})
        return True

    def _drop(self, job_id: int, shown: JobView) -> bool:
        if shown.state == "dead":
            return True
        cancelled = self._connection.execute(
            text("SELECT procrastinate.procrastinate_cancel_job_v1(:id, false, false)"), {"id": job_id}
        ).scalar()
        self._tell_follower(job_id)
        return cancelled is not None

    def _retry(self, job_id: int, at: datetime | None, priority: int | None = None) -> None:
        retry = _RETRY_AT_ONCE if at is None else _RETRY_LATER
        self._connection.execute(retry, {"id": job_id, "priority": priority})
        if at is not None:
            self.troubles.due(job_id, at)
        else:
            queue = text("SELECT queue_name FROM procrastinate.procrastinate_jobs WHERE id = :id")
            self._tell(self._connection.execute(queue, {"id": job_id}).scalar_one())

    def _tell(self, queue: str) -> None:
        self._connection.execute(text(_TELL), {"queue": queue})

    def _tell_follower(self, job_id: int) -> None:
        """Whoever waits behind a job of its lock may be next."""
        self._connection.execute(text(_TELL_FOLLOWER), {"id": job_id})


def conninfo(database_url: str) -> str:
    """The address as psycopg itself takes it."""
    return make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)


def _json(args: Mapping[str, Any]) -> str:
    return json.dumps(dict(args), ensure_ascii=False)
