"""Token buckets hold across connections, and processes tell that they live."""

import asyncio
from datetime import timedelta

from bot.db.jobs.schedules import Alive
from bot.db.opening import open_books
from bot.jobs import Heartbeat
from tests.jobs.floor import Floor

MS = timedelta(milliseconds=1)


async def test_a_burst_goes_at_once_and_the_rest_at_the_rate(floor: Floor) -> None:
    now = floor.clock()
    waits = await floor.books.write(lambda tx: [tx.limits.reserve("telegram", 25, 3, now) for _ in range(6)])
    assert waits == [0 * MS, 0 * MS, 0 * MS, 40 * MS, 80 * MS, 120 * MS]


async def test_a_bucket_fills_again_and_not_beyond_its_size(floor: Floor) -> None:

    now = floor.clock()

    def waits(seconds: float, count: int) -> "asyncio.Future[list[timedelta]]":
        at = now + timedelta(seconds=seconds)
        return asyncio.ensure_future(
            floor.books.write(lambda tx: [tx.limits.reserve("chat:1", 1, 2, at) for _ in range(count)])
        )

    assert await waits(0, 3) == [0 * MS, 0 * MS, 1000 * MS]
    assert await waits(3600, 3) == [0 * MS, 0 * MS, 1000 * MS]


async def test_buckets_do_not_share(floor: Floor) -> None:
    now = floor.clock()
    waits = await floor.books.write(lambda tx: [tx.limits.reserve(f"chat:{n}", 0.3, 1, now) for n in (1, 2, 1)])
    assert waits == [0 * MS, 0 * MS, timedelta(microseconds=3_333_333)]


async def test_what_would_take_too_long_takes_no_token(floor: Floor) -> None:
    now, second = floor.clock(), timedelta(seconds=1)
    waits = await floor.books.write(lambda tx: [tx.limits.reserve("sms", 1, 1, now, second) for _ in range(5)])
    assert waits == [0 * second, 1 * second, 2 * second, 2 * second, 2 * second]


async def test_a_bucket_holds_across_processes(floor: Floor) -> None:
    now = floor.clock()
    others = [open_books(floor.url) for _ in range(3)]
    waits = await asyncio.gather(
        *(books.write(lambda tx: tx.limits.reserve("telegram", 10, 1, now)) for books in others * 10)
    )
    for books in others:
        await books.close()
    assert sorted(waits) == [100 * n * MS for n in range(30)]


async def test_a_process_is_alive_while_it_beats(floor: Floor) -> None:
    heartbeat, began = Heartbeat(floor.books, "worker", floor.clock), floor.clock()
    beating = asyncio.create_task(heartbeat.run())
    await floor.until(lambda tx: tx.processes.alive(began))
    (alive,) = await floor.books.read(lambda tx: tx.processes.alive(began))
    assert (alive.id, alive.role, alive.beat_at) == (heartbeat.id, "worker", began)
    assert alive.host_pid.rpartition(":")[2].isdecimal()
    assert await floor.books.read(lambda tx: tx.processes.alive(began + MS)) == []
    beating.cancel()
    await asyncio.gather(beating, return_exceptions=True)
    assert await floor.books.read(lambda tx: tx.processes.alive(began)) == []


async def test_a_process_long_silent_is_forgotten_by_those_that_beat(floor: Floor) -> None:
    old = Alive("1", "web", "gone:1", floor.clock())
    await floor.books.write(lambda tx: tx.processes.beat(old))
    floor.clock.moment += timedelta(minutes=61)
    await Heartbeat(floor.books, "run", floor.clock).beat()
    assert [each.role for each in await floor.books.read(lambda tx: tx.processes.alive(old.beat_at))] == ["run"]
