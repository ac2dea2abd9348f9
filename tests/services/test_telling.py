"""Notices on their way: drawn by how things stand by then, for whoever they still concern."""

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, update
from structlog.testing import capture_logs

from bot.conversation.screen import Screen
from bot.db.models import Client, Membership
from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from bot.domain.notice import Notice, NoticeKind
from bot.domain.order import State
from bot.jobs.telling import Telling
from bot.services.notices import TELL, TELL_STAFF, tell_client, tell_staff
from handlers import notices
from handlers.app import App
from handlers.menu import frame
from tests.db.people import DNIPRO, IRYNA, OLENA, RANOK
from tests.services.backroom import Backroom
from tests.support.desk import open_office
from tests.support.neutral import plain


class Mouth:
    """A messenger whose screens can be read, and which fails as often as it is told to."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.errors: list[OutsideError] = []

    async def show(self, to: str, screen: Screen) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.said.append((to, plain(screen.text)))


class Voice:
    """The office's notices in Viber, with a managers' group there."""

    def __init__(self, room: Backroom, folder: Path, *, desks: bool = True) -> None:
        self.room = room
        self.mouth = Mouth()
        self.pauses: list[float] = []
        office = open_office(room.books, folder, room.clock, accounting=room.ledger)
        self.telling: Telling[App] = Telling(
            room.books,
            office.app,
            {"viber": self.mouth},  # type: ignore[dict-item]
            {"managers": ("viber", "group")} if desks else {},
            draw=notices.screen,
            frame=frame,
            now=room.clock,
            pause=self._pause,
        )

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0)

    async def changed(self, order_id: UUID, version: str = "v1") -> None:
        notice = Notice(NoticeKind.ORDER_CHANGED, str(order_id), version)
        await self.room.books.write(lambda tx: tell_client(tx, RANOK.id, notice))

    async def speak(self) -> list[tuple[str, str]]:
        await self.room.run(TELL, self.telling.tell)
        await self.room.run(TELL_STAFF, self.telling.tell_staff)
        return self.mouth.said


@pytest.fixture
async def order_id(room: Backroom) -> UUID:
    await room.sign_in(OLENA, "viber", "olena")
    return await room.place()


@pytest.fixture
def voice(room: Backroom, tmp_path: Path) -> Voice:
    return Voice(room, tmp_path)


async def test_a_notice_says_how_things_stand_by_then(voice: Voice, order_id: UUID) -> None:
    await voice.changed(order_id)
    await voice.room.amend(order_id)
    ((to, text),) = await voice.speak()
    assert (to, "K-000001" in text) == ("olena", True)
    assert ("189,50" in text, "149,60" in text) == (True, False)


async def test_a_state_that_has_moved_on_is_not_told(voice: Voice, order_id: UUID) -> None:
    accepted = Notice(NoticeKind.ORDER_STATE, str(order_id), State.ACCEPTED.value)
    await voice.room.books.write(lambda tx: tell_client(tx, RANOK.id, accepted))
    assert await voice.speak() == []


async def test_whoever_left_the_client_meanwhile_is_told_nothing(voice: Voice, order_id: UUID) -> None:
    await voice.changed(order_id)
    gone = delete(Membership).where(Membership.person_id == OLENA)
    await voice.room.books.write(lambda tx: tx._connection.execute(gone).rowcount)
    assert await voice.speak() == []


async def test_nothing_is_told_of_a_client_that_was_switched_off(voice: Voice, order_id: UUID) -> None:
    await voice.changed(order_id)
    off = update(Client).where(Client.id == RANOK.id).values(active=False)
    await voice.room.books.write(lambda tx: tx._connection.execute(off).rowcount)
    assert await voice.speak() == []


async def test_who_acts_for_another_client_now_is_told_of_this_ones_order(voice: Voice, room: Backroom) -> None:
    await room.sign_in(IRYNA, "viber", "iryna")
    await room.books.write(lambda tx: tx.accounts.choose_client("viber", "iryna", DNIPRO.id))
    await voice.changed(await room.place())
    ((to, text),) = await voice.speak()
    assert (to, "K-000001" in text) == ("iryna", True)


async def test_whoever_signed_out_is_told_nothing(voice: Voice, order_id: UUID) -> None:
    await voice.changed(order_id)
    await voice.room.books.write(lambda tx: tx.accounts.sign_out("viber", "olena"))
    assert await voice.speak() == []


async def test_whoever_cannot_be_reached_is_let_be(voice: Voice, order_id: UUID) -> None:
    await voice.changed(order_id)
    await voice.room.books.write(lambda tx: tx.accounts.set_reachable("viber", "olena", False))
    assert await voice.speak() == []


async def test_a_notice_that_is_not_taken_is_over(voice: Voice, order_id: UUID) -> None:
    await voice.changed(order_id)
    voice.mouth.errors = [Rejected("viber", "send", 6)]
    assert await voice.speak() == []
    assert await voice.speak() == []


@pytest.mark.parametrize("error", [Unavailable("viber", "send"), Ambiguous("viber", "send")])
async def test_a_messenger_that_does_not_answer_is_tried_again(
    voice: Voice, order_id: UUID, error: OutsideError
) -> None:
    await voice.changed(order_id)
    voice.mouth.errors = [error]
    with pytest.raises(type(error)):
        await voice.speak()
    assert [to for to, _ in await voice.speak()] == ["olena"]


async def test_many_notices_leave_at_twenty_a_second(voice: Voice, order_id: UUID) -> None:
    for number in range(22):
        await voice.changed(order_id, f"v{number}")
    await voice.speak()
    assert voice.pauses == pytest.approx([0.0] * 20 + [0.05, 0.1])


async def test_staff_are_told_in_their_group(voice: Voice) -> None:
    since = voice.room.clock() - timedelta(minutes=5)
    await voice.room.books.write(lambda tx: tell_staff(tx, Notice(NoticeKind.SILENT, since.isoformat())))
    ((to, text),) = await voice.speak()
    assert (to, "23.11 09:55" in text) == ("group", True)


async def test_without_a_group_the_log_tells(room: Backroom, tmp_path: Path) -> None:
    voice = Voice(room, tmp_path, desks=False)
    await room.books.write(lambda tx: tell_staff(tx, Notice(NoticeKind.SILENT, room.clock().isoformat())))
    with capture_logs() as lines:
        assert await voice.speak() == []
    assert [(line["event"], line["desk"], line["kind"]) for line in lines] == [
        ("a notice for staff, and no group for it", "managers", "silent"),
    ]  # fmt: skip
