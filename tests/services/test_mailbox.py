"""The mailbox of letters that came back, when it lets nobody in: staff hear of it once, and it heals by itself."""

from datetime import timedelta

import pytest

from bot.domain.errors import Rejected, Unavailable
from bot.services.returns import BOUNCES
from tests.services.backroom import Told
from tests.services.ways import MAILBOX, PHONE, RUN, Ways
from tests.support.desk import MONDAY_MORNING

LOGIN = Rejected("mail", "bounces", "login")
LOGIN.of_system = True
AWAY = Unavailable("mail", "bounces", "TimeoutError")
SINCE = MONDAY_MORNING.isoformat()


async def look(ways: Ways, times: int = 1) -> None:
    """Every five minutes."""
    for _ in range(times):
        await ways.returns.bounces(RUN)
        ways.room.later(minutes=5)


async def told(ways: Ways) -> list[tuple[str, str]]:
    return [(told.kind, told.about) for told in await ways.room.told_staff()]


async def test_a_wrong_password_is_told_once_and_leaves_no_dead_letter(ways: Ways) -> None:
    ways.post.shut = LOGIN
    await look(ways, 20)
    assert await ways.room.told_staff() == [Told("managers", "mailbox", SINCE)]
    (job,) = await ways.room.jobs("tell_staff")
    assert job.args["version"] == "login"
    assert await ways.room.jobs(BOUNCES) == []


async def test_once_it_is_let_in_again_letters_that_came_back_are_told_by_sms(ways: Ways) -> None:
    await ways.change(email=MAILBOX)
    await ways.tell()
    ways.post.shut = LOGIN
    ways.post.come_back(MAILBOX, "5.1.1")
    await look(ways, 3)
    ways.post.shut = None
    await look(ways)
    await ways.speak()
    assert [phone for phone, _ in ways.sms.sent] == [PHONE]


async def test_another_time_is_told_anew(ways: Ways) -> None:
    for shut in (LOGIN, None, LOGIN):
        ways.post.shut = shut
        await look(ways)
    assert await told(ways) == [("mailbox", SINCE), ("mailbox", (MONDAY_MORNING + timedelta(minutes=10)).isoformat())]


@pytest.mark.parametrize(("looks", "heard"), [(12, []), (13, [("mailbox", SINCE)])])
async def test_a_mailbox_that_does_not_answer_is_told_after_an_hour(
    ways: Ways, looks: int, heard: list[tuple[str, str]]
) -> None:
    ways.post.shut = AWAY
    await look(ways, looks)
    assert await told(ways) == heard


async def test_a_mailbox_that_was_away_for_a_moment_is_nobodys_trouble(ways: Ways) -> None:
    for shut in (AWAY, None) * 10:
        ways.post.shut = shut
        await look(ways)
    assert await told(ways) == []
