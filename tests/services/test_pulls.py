"""When a subject was taken in last, whole, and what went wrong since."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.errors import Unavailable
from bot.domain.job import Run
from bot.domain.pull import PullReport, PullState
from bot.services.take_in import pull_job
from tests.services.backroom import Backroom
from tests.services.cards import BAR
from tests.support.desk import MONDAY_MORNING


async def state(room: Backroom, subject: Subject = Subject.CLIENTS) -> PullState:
    found = await room.books.read(lambda tx: tx.pulls.state(subject))
    assert found is not None
    return found


async def test_a_whole_pull_is_noted_with_what_it_changed(backroom: Backroom) -> None:
    backroom.ledger.add_client(BAR)
    await backroom.pull(Subject.CLIENTS)
    assert await state(backroom) == PullState(Subject.CLIENTS, MONDAY_MORNING, MONDAY_MORNING, None, "", 1)


async def test_a_pull_that_broke_off_is_noted_until_one_is_whole(backroom: Backroom) -> None:
    backroom.ledger.add_client(BAR)
    await backroom.pull(Subject.CLIENTS)
    backroom.later(minutes=30)
    backroom.ledger.silent = True
    with pytest.raises(Unavailable):
        await backroom.pull(Subject.CLIENTS)
    half_past = MONDAY_MORNING + timedelta(minutes=30)
    assert await state(backroom) == PullState(
        Subject.CLIENTS, half_past, MONDAY_MORNING, half_past, "Unavailable onec clients: no answer", 1
    )
    backroom.ledger.silent = False
    await backroom.pull(Subject.CLIENTS)
    assert await state(backroom) == PullState(Subject.CLIENTS, half_past, half_past, None, "", 0)


async def test_of_two_pulls_at_once_the_later_says_when_it_was_whole(backroom: Backroom) -> None:
    def both(tx: Tx) -> None:
        first = tx.pulls.begin(Subject.STOCK, MONDAY_MORNING)
        tx.pulls.begin(Subject.STOCK, MONDAY_MORNING)
        tx.pulls.done(Subject.STOCK, first, MONDAY_MORNING, 5)

    await backroom.books.write(both)
    assert (await state(backroom, Subject.STOCK)).done_at is None


async def test_a_pull_that_was_asked_for_before_the_last_one_began_is_not_needed(room: Backroom) -> None:
    asked = pull_job(Subject.CLIENTS, room.clock())
    room.later(minutes=1)
    await room.pull(Subject.CLIENTS)
    await room.take_in.run(Run("1", asked, 1))
    assert room.ledger.calls == ["clients"]
    room.later(minutes=1)
    await room.take_in.run(Run("2", pull_job(Subject.CLIENTS, room.clock()), 1))
    assert room.ledger.calls == ["clients", "clients"]


async def test_pulls_of_one_subject_stand_in_one_line(room: Backroom) -> None:
    job = pull_job(Subject.STOCK, MONDAY_MORNING)
    assert (job.lock, job.key) == ("pull:stock", f"pull:stock:{MONDAY_MORNING.isoformat()}")


async def test_what_was_left_out_is_told_up_to_two_hundred_times(room: Backroom) -> None:
    report = PullReport(Subject.CLIENTS)
    for number in range(300):
        report.trouble("phone_wrong", str(number))
    assert report.problems is not None
    assert len(report.problems) == 200


async def test_progress_is_told_page_by_page(room: Backroom) -> None:
    room.ledger.page = 1
    room.ledger.add_client(BAR, replace(BAR, external_id="inn", points=(), contracts=()))
    seen: list[int] = []
    await room.pull(Subject.CLIENTS, told=lambda report: seen.append(report.seen))
    assert seen == [1, 2]
