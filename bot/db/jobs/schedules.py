"""Which ticks of schedules have become jobs, and which processes of ours live."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import Process, ScheduleTick


class Schedules:
    """Schedules by name."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    def last(self, name: str) -> datetime | None:
        """The last tick that became a job."""
        return self._connection.execute(select(ScheduleTick.last_tick).where(ScheduleTick.name == name)).scalar()

    def claim(self, name: str, tick: datetime) -> bool:
        """Whether the tick is the caller's to turn into a job; a schedule that was never seen only starts from it."""
        later = update(ScheduleTick).where(ScheduleTick.name == name, ScheduleTick.last_tick < tick)
        if self._connection.execute(later.values(last_tick=tick)).rowcount:
            return True
        self._connection.execute(self._insert(ScheduleTick).values(name=name, last_tick=tick).on_conflict_do_nothing())
        return False


@dataclass(frozen=True, slots=True)
class Alive:
    """A process that was alive at `beat_at`."""

    id: str
    role: str
    host_pid: str
    beat_at: datetime


class Processes:
    """Our processes by id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    def beat(self, process: Alive) -> None:
        values = {"role": process.role, "host_pid": process.host_pid, "beat_at": process.beat_at}
        self._connection.execute(
            self._insert(Process)
            .values(id=process.id, **values)
            .on_conflict_do_update(index_elements=["id"], set_=values)
        )

    def ended(self, process_id: str) -> None:
        self._connection.execute(delete(Process).where(Process.id == process_id))

    def alive(self, since: datetime) -> list[Alive]:
        """Those heard of since then."""
        rows = self._connection.execute(
            select(Process.id, Process.role, Process.host_pid, Process.beat_at)
            .where(Process.beat_at >= since)
            .order_by(Process.role, Process.id)
        )
        return [Alive(**row._mapping) for row in rows]

    def forget(self, before: datetime) -> int:
        """Drop those silent since then; returns how many."""
        return self._connection.execute(delete(Process).where(Process.beat_at < before)).rowcount
