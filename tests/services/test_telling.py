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
from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.errors import Ambiguous, OutsideError, Rejected, Unavailable
from bot.domain.job import Postponed
from bot.domain.notice import Notice, NoticeKind
from bot.domain.order import State
from bot.i18n import translator
from bot.jobs.telling import Telling
from bot.services.notices import TELL, TELL_STAFF, tell_client, tell_staff
from bot.services.standing import LastKnown
from handlers import notices
from handlers.app import App
from handlers.checkout import unchecked
from handlers.menu import frame
from tests.db.people import DNIPRO, IRYNA, OLENA, RANOK
from tests.services.backroom import Backroom
from tests.support.desk import MONDAY_MORNING, open_office
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

    async def check(self) -> str:
        return "mouth"


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


async def test_a_messenger_that_does_not_know_us_loses_no_notice(voice: Voice, order_id: UUID) -> None:
    await voice.changed(order_id)
    error = Rejected("viber", "send", 401)
    error.of_system = True
    voice.mouth.errors = [error]
    with pytest.raises(Rejected):
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


@pytest.mark.parametrize(
    ("detail", "why"),
    [
        ("Refusal onec GET Catalog_Валюты unauthorized", "вона нас не впускає: перевірте користувача й пароль"),
        ("Refusal onec GET Catalog_Валюты access", "користувачеві, під яким ми заходимо, бракує прав"),
        ("Refusal onec GET Catalog_Валюты entity:Catalog_Валюты", "вона не показує Catalog_Валюты через OData"),
        ("Unavailable onec GET Catalog_Валюты publication", "базу не опубліковано за її адресою"),
        ("Unavailable onec GET Catalog_Валюты http 503", "її вебсервер відповідає помилкою 503"),
        ("Unavailable onec GET Catalog_Валюты ConnectError", "за її адресою ніхто не слухає або немає мережі"),
        ("Unavailable onec ping timeout", "вона не відповіла вчасно"),
    ],
)
async def test_staff_are_told_in_words_why_1c_is_silent(voice: Voice, detail: str, why: str) -> None:
    since = voice.room.clock()

    def silent(tx: Tx) -> None:
        tx.systems.silent("onec", since, detail)
        tell_staff(tx, Notice(NoticeKind.SILENT, since.isoformat()))

    await voice.room.books.write(silent)
    ((_, text),) = await voice.speak()
    assert f"Причина: {why}" in text.splitlines()


async def test_a_silence_that_there_are_no_words_for_is_told_without_a_reason(voice: Voice) -> None:
    since = voice.room.clock()

    def silent(tx: Tx) -> None:
        tx.systems.silent("onec", since, "Unavailable onec ping")
        tell_staff(tx, Notice(NoticeKind.SILENT, since.isoformat()))

    await voice.room.books.write(silent)
    ((_, text),) = await voice.speak()
    assert "Причина" not in text


async def test_without_a_group_the_log_tells(room: Backroom, tmp_path: Path) -> None:
    voice = Voice(room, tmp_path, desks=False)
    await room.books.write(lambda tx: tell_staff(tx, Notice(NoticeKind.SILENT, room.clock().isoformat())))
    with capture_logs() as lines:
        assert await voice.speak() == []
    assert [(line["event"], line["desk"], line["kind"]) for line in lines] == [
        ("a notice for staff, and no group for it", "managers", "silent"),
    ]  # fmt: skip


async def prices_fell(voice: Voice, order_id: UUID) -> None:
    notice = Notice(NoticeKind.PRICES_FELL, str(order_id), "1")
    await voice.room.books.write(lambda tx: tell_client(tx, RANOK.id, notice))


async def test_a_price_waits_for_fresh_prices(voice: Voice, order_id: UUID) -> None:
    await prices_fell(voice, order_id)
    with pytest.raises(Postponed) as postponed:
        await voice.speak()
    assert postponed.value.until == voice.room.clock() + timedelta(minutes=5)
    await voice.room.pull(Subject.PRICES)
    assert [to for to, _ in await voice.speak()] == ["olena"]


async def test_a_price_that_waited_for_hours_is_told_to_the_log(voice: Voice, order_id: UUID) -> None:
    await prices_fell(voice, order_id)
    (job,) = await voice.room.jobs(TELL)
    voice.room.clock.moment = job.added_at + timedelta(hours=4)
    with capture_logs() as lines:
        assert await voice.speak() == []
    assert [(line["event"], line["kind"], line["subject"]) for line in lines] == [
        ("a notice waited in vain for fresh data", "prices_fell", "prices"),
    ]  # fmt: skip


async def test_a_price_that_waits_holds_up_nothing_else_in_its_chat(voice: Voice, order_id: UUID) -> None:
    await prices_fell(voice, order_id)
    await voice.changed(order_id)
    assert [job.lock for job in await voice.room.jobs(TELL)] == ["prices:viber:olena", "chat:viber:olena"]


async def test_a_question_says_what_becomes_of_what_is_short(voice: Voice, room: Backroom) -> None:
    await room.sign_in(OLENA, "viber", "olena")
    order_id = await room.handed(provisional=True)
    await room.stock("10661", "23")
    await room.pull(Subject.PRICES)
    await room.books.write(lambda tx: tx.orders.prices_asked(order_id, room.clock()))
    moved = Notice(NoticeKind.PRICES_MOVED, str(order_id), "1")
    await room.books.write(lambda tx: tell_client(tx, RANOK.id, moved))
    ((_, text),) = await voice.speak()
    assert "47,90 грн, на складі менше, ніж замовлено" in text.replace("\u00a0", " ")
    assert "лишається в замовленні: менеджер підтвердить, що зможемо привезти" in text


def test_prices_that_never_came_from_1c_are_told_without_a_moment() -> None:
    assert str(unchecked(translator("uk"), LastKnown(None))).startswith("Ціни з нашого останнього прайсу:")
    assert str(unchecked(translator("uk"), LastKnown(MONDAY_MORNING))).startswith("Ціни станом на 23.11 10:00:")
