"""What befell jobs: failures, deaths and drops, the same on both engines."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import JobTrouble


@dataclass(frozen=True, slots=True)
class Trouble:
    """A job's failures in a row; `failing_for` leaves out the time its system was silent."""

    failures: int
    failing_for: timedelta


class Troubles:
    """The troubles of jobs by id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    def failed(self, job_id: int, error: str, at: datetime) -> Trouble:
        first = {"first_failed_at": at, "last_failed_at": at, "failures": 1, "retrying": True, "error": error}
        row = self._connection.execute(
            self._upsert(job_id, first)
            .on_conflict_do_update(
                index_elements=["job_id"],
                set_={
                    "first_failed_at": _or_else(JobTrouble.first_failed_at, at),
                    "last_failed_at": at,
                    "failures": JobTrouble.failures + 1,
                    "retrying": True,
                    "error": error,
                },
            )
            .returning(JobTrouble.first_failed_at, JobTrouble.failures, JobTrouble.excused)
        ).one()
        return Trouble(row.failures, at - row.first_failed_at - timedelta(seconds=row.excused))

    def postponed(self, job_id: int) -> None:
        """It waits for a time of its own choice, and not because of a failure."""
        self._connection.execute(update(JobTrouble).where(JobTrouble.job_id == job_id).values(retrying=False))

    def dead(self, job_id: int, at: datetime) -> None:
        self._set(job_id, {"dead_at": at, "retrying": False})

    def dropped(self, job_id: int, at: datetime) -> None:
        self._set(job_id, {"dropped_at": at, "retrying": False})

    def due(self, job_id: int, at: datetime) -> None:
        self._set(job_id, {"due_at": at})

    def forget(self, job_id: int) -> None:
        self._connection.execute(delete(JobTrouble).where(JobTrouble.job_id == job_id))

    def _set(self, job_id: int, values: dict[str, Any]) -> None:
        self._connection.execute(
            self._upsert(job_id, values).on_conflict_do_update(index_elements=["job_id"], set_=values)
        )

    def _upsert(self, job_id: int, values: dict[str, Any]) -> Any:
        fresh = {"job_id": job_id, "failures": 0, "excused": 0, "retrying": False, "error": ""}
        return self._insert(JobTrouble).values(fresh | values)


def _or_else(column: Any, value: datetime) -> Any:
    return func.coalesce(column, value, type_=column.type)
