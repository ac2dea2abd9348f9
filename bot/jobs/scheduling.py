"""Schedules: a cron expression in Kyiv's time becomes a job at every tick, once for all processes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.job import Job
from bot.ports import Clock

KYIV = ZoneInfo("Europe/Kyiv")


@dataclass(frozen=True)
class Schedule:
    """`cron` has five fields, as Debian's; `job` makes the job of a tick (UTC), whose key is the tick's own.

    `one_at_a_time`: no new job while that of an earlier tick is not done.
    """

    name: str
    cron: str
    job: Callable[[datetime], Job]
    one_at_a_time: bool = False

    def __post_init__(self) -> None:
        CronSim(self.cron, datetime.now(KYIV))  # raises CronSimError for an expression that is none


class Scheduler:
    """Looks whether the latest tick of a schedule is a job already; what was missed meanwhile is one job."""

    def __init__(self, books: Books, schedules: Sequence[Schedule], now: Clock) -> None:
        self._books = books
        self._schedules = schedules
        self._now = now
        self._next: dict[str, datetime] = {}

    async def look(self) -> None:
        now = self._now()
        for schedule in self._schedules:
            following = self._next.get(schedule.name)
            if following is None or following <= now:
                if schedule.one_at_a_time and await self._books.read(_busy, schedule):
                    continue
                tick, following = around(schedule.cron, now)
                await self._books.write(_take, schedule, tick)
                self._next[schedule.name] = following


def _busy(tx: Tx, schedule: Schedule) -> bool:
    last = tx.schedules.last(schedule.name)
    return last is not None and tx.jobs.pending(_key(schedule, last))


def _take(tx: Tx, schedule: Schedule, tick: datetime) -> None:
    if tx.schedules.claim(schedule.name, tick):
        tx.jobs.add(replace(schedule.job(tick), key=_key(schedule, tick)), tick)


def _key(schedule: Schedule, tick: datetime) -> str:
    return f"schedule:{schedule.name}:{tick.isoformat()}"


def around(cron: str, now: datetime) -> tuple[datetime, datetime]:
    """The latest tick that is not after `now`, and the one after it, in UTC.

    On the night the clocks go forward a time that is left out is the end of the gap; on the night they go back a time
    that comes twice is the first of the two. Found backwards, then forwards again, because backwards alone does not
    know which of two equal times it starts from.
    """
    tick = _utc(backwards := CronSim(cron, now.astimezone(KYIV).replace(microsecond=1), reverse=True))
    while tick > now:
        tick = _utc(backwards)
    forwards = CronSim(cron, tick.astimezone(KYIV))
    while (following := _utc(forwards)) <= now:
        tick = following
    return tick, following


def _utc(ticks: CronSim) -> datetime:
    return next(ticks).astimezone(UTC)
