"""When each subject was taken in from the book of record, and how that went."""

from datetime import datetime

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import Pull
from bot.domain.accounting import Subject
from bot.domain.pull import PullState


class Pulls:
    """The freshness of what we know."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, subject: Subject, at: datetime) -> int:
        """A new pull; returns its serial number."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        serial: int = self._connection.execute(
            dialect.insert(Pull)
            .values(subject=subject.value, serial=1, began_at=at, error="", changed=0)
            .on_conflict_do_update(index_elements=["subject"], set_={"serial": Pull.serial + 1, "began_at": at})
            .returning(Pull.serial)
        ).scalar_one()
        return serial

    def done(self, subject: Subject, serial: int, at: datetime, changed: int) -> None:
        """It was whole, unless a later one has begun meanwhile and will say so itself."""
        self._connection.execute(
            update(Pull)
            .where(Pull.subject == subject.value, Pull.serial == serial)
            .values(done_at=at, failed_at=None, error="", changed=changed)
        )

    def failed(self, subject: Subject, at: datetime, error: str) -> None:
        self._connection.execute(
            update(Pull).where(Pull.subject == subject.value).values(failed_at=at, error=error[:500])
        )

    def state(self, subject: Subject) -> PullState | None:
        return next((one for one in self.all() if one.subject is subject), None)

    def all(self) -> list[PullState]:
        rows = self._connection.execute(
            select(Pull.subject, Pull.began_at, Pull.done_at, Pull.failed_at, Pull.error, Pull.changed)
        )
        return [PullState(Subject(row.subject), *row[1:]) for row in rows]
