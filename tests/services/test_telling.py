"""Notices on their way: drawn by how things stand by then, for whoever they still concern."""

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, update
from structlog.testing import capture_logs

from bot.conversation.messenger import Delivery
from bot.db.models import Client, Membership
from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.dispatch import DispatchState, Way
from bot.domain.errors import Ambiguous, Rejected, Unavailable
from bot.domain.job import Postponed
from bot.domain.notice import Notice, NoticeKind, Topic
from bot.domain.order import State
from bot.domain.pricelist import OfferRecord
from bot.i18n import translator
from bot.jobs.carriers import ChatCarrier
from bot.jobs.telling import Telling
from bot.services.arrivals import came
from bot.services.dispatch import another_way, given_up
from bot.services.notices import RENEW, TELL, TELL_STAFF, renew_shown, tell_client, tell_staff
from bot.services.pricelist import PriceListImport
from bot.services.standing import LastKnown
from bot.services.watching import Watching
from handlers import notices
from handlers.app import App
from handlers.checkout import unchecked
from handlers.menu import frame
from tests.db.people import BURRATA, DNIPRO, IRYNA, OLENA, RANOK, turn
from tests.services.backroom import Backroom
from tests.services.mouth import Mouth
from tests.support.desk import MONDAY_MORNING, open_office


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
            [ChatCarrier(self.mouth, notices.screen, frame, notices.renewed)],
            {"managers": ("viber", "group")} if desks else {},
            now=room.clock,
            pause=self._pause,
        )

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0)

    async def changed(self, order_id: UUID, version: str = "v1") -> None:
        notice = Notice(NoticeKind.ORDER_CHANGED, str(order_id), version)
        await self.room.books.write(lambda tx: tell_client(tx, RANOK.id, notice, self.room.clock()))

    async def speak(self) -> list[tuple[str, str]]:
        await self.room.route()
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
    await voice.room.books.write(lambda tx: tell_client(tx, RANOK.id, accepted, voice.room.clock()))
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


async def states(voice: Voice) -> list[tuple[str, str]]:
    """What the journal says of Olena's, oldest first, and why."""
    rows = await voice.room.books.read(lambda tx: tx.dispatches.journal(100))
    return [(row.state.value, row.reason) for row in reversed(rows) if row.person_id == OLENA]


async def test_what_was_sent_is_in_the_journal_with_its_number(voice: Voice, order_id: UUID) -> None:
    await voice.changed(order_id)
    await voice.speak()
    (row,) = await voice.room.dispatches()
    assert (row.state, row.message_id, row.sent_at) == (DispatchState.SENT, "m1", voice.room.clock())


@pytest.mark.parametrize("news", [Delivery.DELIVERED, Delivery.SEEN])
async def test_what_the_messenger_tells_of_a_message_goes_only_forward(
    voice: Voice, order_id: UUID, news: Delivery
) -> None:
    await voice.changed(order_id)
    await voice.speak()
    for one in (news, Delivery.SENT):
        state = DispatchState(one.value)
        await voice.room.books.write(came, Way.VIBER, "m1", state, voice.room.clock())
    assert await states(voice) == [(news.value, "")]


async def test_news_that_come_before_the_answer_are_not_lost(voice: Voice, order_id: UUID) -> None:
    now = voice.room.clock()
    await voice.room.books.write(lambda tx: tx.inbox.sent("viber", "olena", "m1", now, 0))
    await voice.room.books.write(lambda tx: tx.inbox.delivered("viber", "m1", "seen", now))
    await voice.changed(order_id)
    await voice.speak()
    assert await states(voice) == [("seen", "")]


async def test_whoever_cannot_be_reached_any_more_is_told_another_way_or_not_at_all(
    voice: Voice, order_id: UUID
) -> None:
    await voice.changed(order_id)
    await voice.room.route()
    await voice.room.books.write(lambda tx: tx.accounts.set_reachable("viber", "olena", False))
    assert await voice.speak() == []
    await voice.room.route()
    assert await states(voice) == [("failed", "unreachable")]


async def test_a_notice_that_is_not_taken_looks_for_another_way(voice: Voice, order_id: UUID) -> None:
    await voice.changed(order_id)
    voice.mouth.errors = [Rejected("viber", "send", 6)]
    assert await voice.speak() == []
    assert await voice.speak() == []
    assert await states(voice) == [("failed", "6")]


async def test_a_messenger_that_does_not_answer_is_tried_again(voice: Voice, order_id: UUID) -> None:
    await voice.changed(order_id)
    voice.mouth.errors = [Unavailable("viber", "send")]
    with pytest.raises(Unavailable):
        await voice.speak()
    assert [to for to, _ in await voice.speak()] == ["olena"]


async def test_what_may_have_arrived_is_not_sent_again(voice: Voice, order_id: UUID) -> None:
    await voice.changed(order_id)
    voice.mouth.errors = [Ambiguous("viber", "send", "ReadTimeout")]
    with pytest.raises(Unavailable):  # so that it is asked whether the messenger answers at all
        await voice.speak()
    assert await voice.speak() == []
    assert await states(voice) == [("unsure", "viber ReadTimeout")]


async def test_what_was_being_sent_when_the_process_died_is_not_sent_again(voice: Voice, order_id: UUID) -> None:
    await voice.changed(order_id)
    (row,) = await voice.room.dispatches()
    await voice.room.books.write(lambda tx: tx.dispatches.settle(row.id, DispatchState.SENDING))
    assert await voice.speak() == []
    assert await states(voice) == [("unsure", "interrupted")]


async def test_a_notice_that_is_given_up_goes_another_way_or_is_known_to_have_failed(
    voice: Voice, order_id: UUID
) -> None:
    await voice.changed(order_id)
    await voice.room.route()
    (job,) = await voice.room.jobs(TELL)
    await voice.room.books.write(lambda tx: given_up(tx, job))
    await voice.room.route()
    assert await states(voice) == [("failed", "given up")]


async def test_a_notice_that_was_being_sent_when_it_was_given_up_may_have_arrived(voice: Voice, order_id: UUID) -> None:
    await voice.changed(order_id)
    (row,) = await voice.room.dispatches()
    (job,) = await voice.room.jobs(TELL)
    await voice.room.books.write(lambda tx: tx.dispatches.settle(row.id, DispatchState.SENDING))
    await voice.room.books.write(lambda tx: given_up(tx, job))
    assert await states(voice) == [("unsure", "given up")]


async def test_a_job_of_an_earlier_way_sends_nothing(voice: Voice, order_id: UUID) -> None:
    await voice.changed(order_id)
    (row,) = await voice.room.dispatches()
    await voice.room.books.write(lambda tx: another_way(tx, row))
    await voice.room.run(TELL, voice.telling.tell)
    assert voice.mouth.said == []


async def test_what_could_not_leave_in_the_daytime_does_not_leave_at_night(voice: Voice, order_id: UUID) -> None:
    await voice.changed(order_id)
    await voice.room.route()
    voice.room.clock.moment = voice.room.clock().replace(hour=22)
    with pytest.raises(Postponed) as postponed:
        await voice.speak()
    assert postponed.value.until == MONDAY_MORNING.replace(day=24, hour=6)


async def test_what_somebody_switches_off_while_it_waits_is_not_told(voice: Voice, order_id: UUID) -> None:
    moved = Notice(NoticeKind.ORDER_STATE, str(order_id), State.PLACED.value)
    await voice.room.books.write(lambda tx: tell_client(tx, RANOK.id, moved, voice.room.clock()))
    await voice.room.books.write(lambda tx: tx.reach.mute(OLENA, Topic.ORDERS, muted=True))
    assert await voice.speak() == []
    assert await states(voice) == [("dropped", "muted")]


async def test_a_message_in_which_something_else_stands_by_now_is_not_overwritten(voice: Voice, order_id: UUID) -> None:
    room = voice.room
    await room.books.write(lambda tx: tx.shown_orders.shown("viber", "olena", "77", order_id, room.clock()))
    await room.books.write(lambda tx: renew_shown(tx, order_id, "1", room.clock()))
    await room.books.write(lambda tx: tx.shown_orders.shown("viber", "olena", "77", None, room.clock()))
    await room.run(RENEW, voice.telling.renew)
    assert voice.mouth.renewed == []


async def test_a_message_that_shows_the_order_is_renewed_when_it_is_paid(voice: Voice, order_id: UUID) -> None:
    room = voice.room
    await room.books.write(lambda tx: tx.shown_orders.shown("viber", "olena", "77", order_id, room.clock()))
    await room.books.write(lambda tx: renew_shown(tx, order_id, "1", room.clock()))
    await room.run(RENEW, voice.telling.renew)
    ((to, message, text),) = voice.mouth.renewed
    assert (to, message, "K-000001" in text) == ("olena", "77", True)


async def test_a_message_that_shows_something_else_by_now_is_let_be(voice: Voice, order_id: UUID) -> None:
    room = voice.room
    await room.books.write(lambda tx: tx.shown_orders.shown("viber", "olena", "77", order_id, room.clock()))
    await room.books.write(lambda tx: tx.shown_orders.shown("viber", "olena", "77", None, room.clock()))
    await room.books.write(lambda tx: renew_shown(tx, order_id, "1", room.clock()))
    await room.run(RENEW, voice.telling.renew)
    assert voice.mouth.renewed == []


async def test_somebody_who_acts_for_the_client_no_more_has_nothing_renewed(voice: Voice, order_id: UUID) -> None:
    room = voice.room
    await room.books.write(lambda tx: tx.shown_orders.shown("viber", "stranger", "77", order_id, room.clock()))
    await room.books.write(lambda tx: renew_shown(tx, order_id, "1", room.clock()))
    await room.run(RENEW, voice.telling.renew)
    assert voice.mouth.renewed == []


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
    """Told to somebody whose session is open: it is not worth more."""
    now = voice.room.clock()
    await voice.room.books.write(lambda tx: tx.accounts.meet("viber", "olena", "", now, now))
    notice = Notice(NoticeKind.PRICES_FELL, str(order_id), "1")
    await voice.room.books.write(lambda tx: tell_client(tx, RANOK.id, notice, voice.room.clock()))


async def test_a_price_waits_for_fresh_prices(voice: Voice, order_id: UUID) -> None:
    await prices_fell(voice, order_id)
    with pytest.raises(Postponed) as postponed:
        await voice.speak()
    assert postponed.value.until == voice.room.clock() + timedelta(minutes=5)
    await voice.room.pull(Subject.PRICES)
    assert [to for to, _ in await voice.speak()] == ["olena"]


async def test_goods_that_came_wait_for_fresh_stock(voice: Voice, order_id: UUID) -> None:
    room = voice.room
    await Watching(room.books).switch(turn(), OLENA, RANOK, BURRATA, on=True, language="uk")
    came = OfferRecord("a-15662", 0, stock=(("w-main", 7000),))
    await PriceListImport(room.books).run(iter([came]), now=room.clock())
    with pytest.raises(Postponed) as postponed:
        await voice.speak()
    assert postponed.value.until == room.clock() + timedelta(minutes=5)
    await room.pull(Subject.STOCK)
    ((to, text),) = await voice.speak()
    assert (to, "Моцарела бурата 125 г" in text) == ("olena", True)


async def test_a_price_that_waited_for_hours_is_told_to_the_log(voice: Voice, order_id: UUID) -> None:
    await prices_fell(voice, order_id)
    await voice.room.route()
    voice.room.later(hours=4)
    with capture_logs() as lines:
        assert await voice.speak() == []
    assert [(line["event"], line["kind"], line["subject"]) for line in lines] == [
        ("a notice waited in vain for fresh data", "prices_fell", "prices"),
    ]  # fmt: skip


async def test_a_price_that_waits_holds_up_nothing_else_in_its_chat(voice: Voice, order_id: UUID) -> None:
    await prices_fell(voice, order_id)
    await voice.changed(order_id)
    await voice.room.route()
    assert [job.lock for job in await voice.room.jobs(TELL)] == ["prices:viber:olena", "chat:viber:olena"]


async def test_a_question_says_what_becomes_of_what_is_short(voice: Voice, room: Backroom) -> None:
    await room.sign_in(OLENA, "viber", "olena")
    order_id = await room.handed(provisional=True)
    await room.stock("10661", "23")
    await room.pull(Subject.PRICES)
    await room.books.write(lambda tx: tx.orders.prices_asked(order_id, room.clock()))
    moved = Notice(NoticeKind.PRICES_MOVED, str(order_id), "1")
    await room.books.write(lambda tx: tell_client(tx, RANOK.id, moved, room.clock()))
    ((_, text),) = await voice.speak()
    assert "47,90 грн, на складі менше, ніж замовлено" in text.replace("\u00a0", " ")
    assert "лишається в замовленні: менеджер підтвердить, що зможемо привезти" in text


def test_prices_that_never_came_from_1c_are_told_without_a_moment() -> None:
    assert str(unchecked(translator("uk"), LastKnown(None))).startswith("Ціни з нашого останнього прайсу:")
    assert str(unchecked(translator("uk"), LastKnown(MONDAY_MORNING))).startswith("Ціни станом на 23.11 10:00:")
