"""Whether what is known of the ledger can be trusted, and since when it is silent."""

from datetime import timedelta

import pytest

from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.pull import LIMITS
from bot.services.standing import SYSTEM, LastKnown, Standing
from tests.services.backroom import Backroom
from tests.support.desk import MONDAY_MORNING


async def fall_silent(room: Backroom) -> None:
    await room.books.write(lambda tx: tx.systems.silent(SYSTEM, room.clock(), "no answer"))


async def test_fresh_prices_are_trusted(room: Backroom) -> None:
    await room.pull(Subject.PRICES)
    room.later(hours=2)
    assert await room.standing.prices_as_of() is None


async def test_stale_prices_are_told_with_their_age(room: Backroom) -> None:
    await room.pull(Subject.PRICES)
    room.later(hours=2, seconds=1)
    assert await room.standing.prices_as_of() == LastKnown(MONDAY_MORNING)


async def test_in_a_silence_even_fresh_prices_are_only_the_last_known(backroom: Backroom) -> None:
    await backroom.pull(Subject.PRICES)
    await fall_silent(backroom)
    assert await backroom.standing.prices_as_of() == LastKnown(MONDAY_MORNING)
    await backroom.books.write(lambda tx: tx.systems.answered(SYSTEM, backroom.clock()))
    assert await backroom.standing.prices_as_of() is None


async def test_prices_of_a_price_list_alone_are_trusted_until_a_silence(room: Backroom) -> None:
    assert await room.standing.prices_as_of() is None
    await fall_silent(room)
    assert await room.standing.prices_as_of() == LastKnown(None)
    assert await Standing(room.books, room.clock).prices_as_of() is None


@pytest.mark.parametrize("subject", list(Subject))
async def test_nothing_leaves_on_old_data(room: Backroom, subject: Subject) -> None:
    assert not await room.standing.may_leave(subject)
    await room.books.write(_done, subject, room)
    room.later(seconds=LIMITS[subject].total_seconds())
    assert await room.standing.may_leave(subject)
    room.clock.moment += timedelta(seconds=1)
    assert not await room.standing.may_leave(subject)
    assert await Standing(room.books, room.clock).may_leave(subject)


def _done(tx: Tx, subject: Subject, room: Backroom) -> None:
    tx.pulls.done(subject, tx.pulls.begin(subject, room.clock()), room.clock(), 0)


async def test_staff_see_the_silence_and_what_waits_for_its_end(backroom: Backroom) -> None:
    await backroom.place()
    await backroom.handed()
    await backroom.place()
    await fall_silent(backroom)
    view = await backroom.standing.view()
    assert (view.silent_since, view.waiting, view.differences) == (MONDAY_MORNING, 1, 0)
