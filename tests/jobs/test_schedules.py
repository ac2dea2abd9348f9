"""Schedules: once for every tick, once after a pause, and right on the nights the clocks change."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from cronsim import CronSimError
from sqlalchemy import select

from bot.db.models import ScheduleTick
from bot.domain.job import Job, Queue
from bot.jobs import Schedule
from bot.jobs.scheduling import Scheduler, around
from tests.jobs.floor import Floor, Journal


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def nightly(tick: datetime) -> Job:
    return Job("job", Queue.LOCAL, {"tick": tick.isoformat()}, "whatever")


HOURLY = Schedule("hourly", "0 * * * *", nightly)
QUARTERLY = Schedule("quarterly", "*/15 * * * *", nightly)


@pytest.mark.parametrize(
    ("cron", "now", "tick"),
    [
        ("30 9 * * *", "2026-11-23 07:30", "2026-11-23 07:30"),
        ("30 9 * * *", "2026-11-23 07:29:59", "2026-11-22 07:30"),
        ("30 9 * * *", "2026-07-23 06:30:30", "2026-07-23 06:30"),
        ("0 8 * * 1", "2026-11-29 12:00", "2026-11-23 06:00"),
        ("*/15 * * * *", "2026-11-23 08:14:59", "2026-11-23 08:00"),
        # the clocks go forward: 03:30 is left out on 29 March 2026, and the gap ends at 04:00, which is 01:00 UTC
        ("30 3 * * *", "2026-03-29 00:59:59", "2026-03-28 01:30"),
        ("30 3 * * *", "2026-03-29 01:00", "2026-03-29 01:00"),
        ("30 3 * * *", "2026-03-30 00:29:59", "2026-03-29 01:00"),
        ("30 3 * * *", "2026-03-30 00:30", "2026-03-30 00:30"),
        ("*/30 * * * *", "2026-03-29 01:00", "2026-03-29 01:00"),
        # the clocks go back: 03:30 comes twice on 25 October 2026, at 00:30 and at 01:30 UTC
        ("30 3 * * *", "2026-10-25 00:30", "2026-10-25 00:30"),
        ("30 3 * * *", "2026-10-25 01:10", "2026-10-25 00:30"),
        ("30 3 * * *", "2026-10-25 01:30", "2026-10-25 00:30"),
        ("30 3 * * *", "2026-10-26 01:30", "2026-10-26 01:30"),
        ("*/30 * * * *", "2026-10-25 01:10", "2026-10-25 01:00"),
        ("*/30 * * * *", "2026-10-25 01:30", "2026-10-25 01:30"),
    ],
)
def test_the_latest_tick_in_kyivs_time(cron: str, now: str, tick: str) -> None:
    found, following = around(cron, at(now))
    assert found == at(tick)
    assert following > at(now)


@pytest.mark.parametrize("night", ["2026-03-28 22:00", "2026-10-24 21:00"])
@pytest.mark.parametrize(("cron", "ticks"), [("30 3 * * *", 2), ("0 4 * * *", 2)])
async def test_a_nightly_schedule_runs_once_a_night_also_when_the_clocks_change(
    floor: Floor, night: str, cron: str, ticks: int
) -> None:
    floor.clock.moment = at(night)
    scheduler = Scheduler(floor.books, [Schedule("nightly", cron, nightly)], floor.clock)
    for _ in range(2 * 24 * 6):
        await scheduler.look()
        floor.clock.moment += timedelta(minutes=10)
    assert len(await floor.jobs()) == ticks


async def test_a_quarterly_schedule_loses_and_doubles_nothing_when_an_hour_comes_twice(floor: Floor) -> None:
    floor.clock.moment = at("2026-10-24 23:45")
    scheduler = Scheduler(floor.books, [QUARTERLY], floor.clock)
    for _ in range(13):
        await scheduler.look()
        floor.clock.moment += timedelta(minutes=15)
    assert [job.args["tick"] for job in await floor.jobs()] == [
        (at("2026-10-25 00:00") + timedelta(minutes=15) * n).isoformat() for n in range(12)
    ]


def test_an_expression_that_is_none_is_refused_at_once() -> None:
    with pytest.raises(CronSimError):
        Schedule("wrong", "61 * * * *", nightly)


async def test_a_new_schedule_does_not_run_for_the_past(floor: Floor) -> None:
    scheduler = Scheduler(floor.books, [HOURLY], floor.clock)
    await scheduler.look()
    assert await floor.jobs() == []
    floor.clock.moment += timedelta(hours=1)
    await scheduler.look()
    (job,) = await floor.jobs()
    assert job.key == "schedule:hourly:2026-11-23T09:00:00+00:00"
    assert job.args == {"tick": "2026-11-23T09:00:00+00:00"}


async def test_ticks_missed_in_a_pause_are_one_job(floor: Floor) -> None:
    await Scheduler(floor.books, [HOURLY], floor.clock).look()
    floor.clock.moment += timedelta(days=5, minutes=7)
    for _ in range(3):
        await Scheduler(floor.books, [HOURLY], floor.clock).look()
    assert [job.key for job in await floor.jobs()] == ["schedule:hourly:2026-11-28T08:00:00+00:00"]


async def test_a_day_of_silence_leaves_one_job_of_a_schedule_that_goes_one_at_a_time(floor: Floor) -> None:
    minutely = Schedule("minutely", "* * * * *", nightly, one_at_a_time=True)
    scheduler = Scheduler(floor.books, [minutely], floor.clock)
    for _ in range(60):
        await scheduler.look()
        floor.clock.moment += timedelta(minutes=1)
    (first,) = await floor.jobs()
    await floor.books.write(lambda tx: tx.jobs.drop(first.id, floor.clock.moment))
    await scheduler.look()
    assert [job.key for job in await floor.jobs() if job.id != first.id] == [
        f"schedule:minutely:{floor.clock.moment.isoformat()}"
    ]


async def test_any_number_of_schedulers_make_one_job_of_a_tick(floor: Floor) -> None:
    schedulers = [Scheduler(floor.books, [HOURLY, QUARTERLY], floor.clock) for _ in range(8)]
    for _ in range(3):
        await asyncio.gather(*(scheduler.look() for scheduler in schedulers))
        floor.clock.moment += timedelta(hours=1)
    assert sorted(job.key for job in await floor.jobs()) == [
        f"schedule:{name}:2026-11-23T{hour}:00:00+00:00" for name in ("hourly", "quarterly") for hour in ("09", "10")
    ]


async def test_a_worker_runs_its_schedules(floor: Floor) -> None:
    async with floor.working(journal := Journal(), schedules=[HOURLY]):
        await floor.until(lambda tx: tx._connection.execute(select(ScheduleTick.name)).first())
        floor.clock.moment += timedelta(hours=1)
        await journal.reaches(1)
        await floor.until_gone()
    assert [run.job.args for run in journal.runs] == [{"tick": "2026-11-23T09:00:00+00:00"}]
