"""Whether outside systems answer, for every process to see."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import OutsideSystem
from bot.domain.job import SystemState


class Systems:
    """Outside systems by name."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    def silent(self, name: str, since: datetime, detail: str) -> bool:
        """It does not answer; false where that was known, whose beginning and detail stay."""
        silence = {"silent_since": since, "detail": detail}
        noted = self._connection.execute(
            self._insert(OutsideSystem)
            .values(name=name, **silence)
            .on_conflict_do_update(index_elements=["name"], set_=silence, where=OutsideSystem.silent_since.is_(None))
            .returning(OutsideSystem.name)
        )
        return noted.first() is not None

    def answered(self, name: str, at: datetime) -> timedelta | None:
        """It answers; how long it had been silent, or None where it had not."""
        before = self.state(name)
        ended = self._connection.execute(
            update(OutsideSystem)
            .where(OutsideSystem.name == name, OutsideSystem.silent_since.is_not(None))
            .values(silent_since=None, last_answer_at=at, detail="")
        )
        if ended.rowcount and before.silent_since is not None:
            return at - before.silent_since
        answer = {"last_answer_at": at}
        self._connection.execute(
            self._insert(OutsideSystem)
            .values(name=name, detail="", **answer)
            .on_conflict_do_update(index_elements=["name"], set_=answer)
        )
        return None

    def state(self, name: str) -> SystemState:
        """Of one that was never heard of: not silent."""
        row = self._connection.execute(_ALL.where(OutsideSystem.name == name)).first()
        return SystemState(**row._mapping) if row else SystemState(name)

    def all(self) -> list[SystemState]:
        return [SystemState(**row._mapping) for row in self._connection.execute(_ALL.order_by(OutsideSystem.name))]


_ALL = select(OutsideSystem.name, OutsideSystem.silent_since, OutsideSystem.last_answer_at, OutsideSystem.detail)
