"""When the ledger falls silent: staff hear of it once, and of its end; a blip is nobody's news."""

from datetime import timedelta

import pytest

from bot.db.tx import Tx
from bot.domain.job import Postponed, Queue
from bot.services.price_check import CHECK
from bot.services.silence import WATCH
from bot.services.standing import SYSTEM
from bot.services.take_in import PULL
from tests.services.backroom import Backroom, Told
from tests.support.desk import MONDAY_MORNING


async def falls_silent(room: Backroom) -> None:
    def gone(tx: Tx) -> None:
        assert tx.systems.silent(SYSTEM, room.clock(), "no answer")
        room.silence.told(tx, tx.systems.state(SYSTEM))

    await room.books.write(gone)


async def answers(room: Backroom) -> None:
    def back(tx: Tx) -> None:
        assert tx.systems.answered(SYSTEM, room.clock()) is not None
        room.silence.told(tx, tx.systems.state(SYSTEM))

    await room.books.write(back)


async def watched(room: Backroom) -> None:
    """Another look while the silence lasts."""
    with pytest.raises(Postponed) as postponed:
        await room.run(WATCH, room.silence.run)
    assert postponed.value.until == room.clock() + timedelta(seconds=20)


async def test_the_watch_begins_after_five_minutes(room: Backroom) -> None:
    await falls_silent(room)
    (job,) = await room.jobs(WATCH)
    assert (job.next_at, job.queue) == (MONDAY_MORNING + timedelta(minutes=5), Queue.LOCAL)
    assert await room.told_staff() == []


async def test_staff_are_told_of_a_silence_once_and_of_its_end(backroom: Backroom) -> None:
    since = MONDAY_MORNING.isoformat()
    await falls_silent(backroom)
    backroom.later(minutes=5)
    await watched(backroom)
    backroom.later(minutes=40)
    await watched(backroom)
    assert await backroom.told_staff() == [Told("managers", "silent", since)]
    await answers(backroom)
    await backroom.run(WATCH, backroom.silence.run)
    assert await backroom.told_staff() == [Told("managers", "silent", since), Told("managers", "answers", since)]


async def test_a_blip_is_not_told(room: Backroom) -> None:
    await falls_silent(room)
    room.later(minutes=1)
    await answers(room)
    room.later(minutes=4)
    assert await room.run(WATCH, room.silence.run) == 1
    assert await room.told_staff() == []


async def test_two_blips_are_not_one_silence(room: Backroom) -> None:
    await falls_silent(room)
    room.later(minutes=4)
    await answers(room)
    room.later(minutes=1)
    await falls_silent(room)
    first, second = await room.jobs(WATCH)
    assert [first.next_at, second.next_at] == [
        MONDAY_MORNING + timedelta(minutes=5), MONDAY_MORNING + timedelta(minutes=10),
    ]  # fmt: skip
    with pytest.raises(Postponed):
        await room.run(WATCH, room.silence.run)
    assert await room.told_staff() == [Told("managers", "silent", (MONDAY_MORNING + timedelta(minutes=5)).isoformat())]


async def test_prices_are_checked_when_a_silence_ends_however_short(room: Backroom) -> None:
    await falls_silent(room)
    assert await room.jobs(CHECK) == []
    room.later(seconds=5)
    await answers(room)
    (job,) = await room.jobs(CHECK)
    assert (job.queue, job.lock) == (Queue.ONEC_IN, CHECK)
    (pull,) = await room.jobs(PULL)
    assert pull.args["subject"] == "prices"
