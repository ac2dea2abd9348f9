"""Who waits: out of hours, said again, said to everybody; the card; canned answers; notices in topics."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.event import Kind
from bot.conversation.messenger import Delivery
from bot.db.tx import Tx
from bot.domain.desk import pieces
from bot.domain.difference import DifferenceKind
from bot.domain.notice import Notice, NoticeKind
from bot.domain.workdays import Workdays
from bot.services.notices import tell_staff
from keyboards.actions import AskManager
from tests.db.people import RANOK
from tests.db.test_orders import place
from tests.services.desk.room import GROUP, OLENA_TELEGRAM, DeskRoom, picture

WAITS = "Клієнт чекає на відповідь з 23.11 10:00."


def kyiv(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour - 2, minute, tzinfo=UTC)


async def test_out_of_hours_it_is_said_when_somebody_is_there(room: DeskRoom) -> None:
    room.clock.moment = kyiv(27, 19)
    await room.presses(AskManager().pack())
    assert "запитання прочитають від 30.11 09:00" in await room.says("Коли привезете?")
    assert room.topic()[-1].text.endswith("Коли привезете?")


async def test_a_wait_is_said_again_after_a_quarter_and_to_everybody_after_an_hour(room: DeskRoom) -> None:
    await room.asks()
    await room.later(minutes=14)
    assert len(room.topic()) == 2
    await room.later(minutes=1)
    assert room.topic()[-1].text == WAITS
    await room.later(minutes=44)
    assert room.telegram.to(GROUP, "") == []
    await room.later(minutes=1)
    await room.later(minutes=1)
    assert [one.text for one in room.telegram.to(GROUP, "")] == [
        "Кафе «Ранок» чекає на відповідь з 23.11 10:00, і ніхто не написав."
    ]
    assert [one.text for one in room.topic()].count(WAITS) == 1


async def test_an_answer_ends_the_wait_and_a_note_does_not(room: DeskRoom) -> None:
    await room.asks()
    await room.answers("// зараз")
    await room.later(minutes=15)
    assert room.topic()[-1].text == WAITS
    await room.answers("О дев’ятій")
    await room.later(minutes=60)
    assert room.telegram.to(GROUP, "") == []


async def test_only_working_time_counts(room: DeskRoom) -> None:
    room.clock.moment = kyiv(27, 17, 55)
    await room.asks()
    room.clock.moment = kyiv(30, 9, 9)
    await room.later()
    assert len(room.topic()) == 2
    await room.later(minutes=1)
    assert room.topic()[-1].text == "Клієнт чекає на відповідь з 27.11 17:55."


def test_hours_pass_over_nights_weekends_and_holidays() -> None:
    work = Workdays(holidays=frozenset({"11-30"}))
    assert work.opens(kyiv(27, 18)) == kyiv(27, 18) + timedelta(days=3, hours=15)
    assert work.later(kyiv(26, 17, 30), timedelta(hours=1)) == kyiv(27, 9, 30)
    assert (work.is_open(kyiv(27, 9)), work.is_open(kyiv(27, 18)), work.is_open(kyiv(28, 12))) == (
        True,
        False,
        False,
    )


@given(st.text(alphabet="аб \n", max_size=200), st.integers(1, 40))
def test_pieces_hold_every_letter_and_are_short(text: str, limit: int) -> None:
    parts = pieces(text, limit)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(len(part) <= limit for part in parts)


async def test_the_card_is_brought_up_to_date_in_place_and_not_more_often_than_a_minute(room: DeskRoom) -> None:
    await room.asks()
    await room.answers("О дев’ятій")
    await room.later(seconds=30)
    assert "чекає з 23.11 10:00" in room.card().text
    await room.later(seconds=30)
    card = room.card()
    assert ("відповідає Оксана" in card.text, "чекає" in card.text) == (True, False)
    await room.books.write(lambda tx: place(tx, RANOK, at=room.clock()))
    await room.later(minutes=1)
    assert "K-000001" in room.card().text
    assert (room.card().id, len(room.forum.pinned)) == (card.id, 1)


async def test_a_card_whose_topic_is_gone_waits_for_the_next_question(room: DeskRoom) -> None:
    await room.asks()
    room.forum.titles.clear()
    room.telegram.shown = [one for one in room.telegram.shown if not one.labels]
    await room.answers("// що тут?")
    await room.later(minutes=2)
    assert room.forum.titles == {}
    await room.asks("Ви тут?")
    assert room.forum.titles == {"2": "Кафе «Ранок»"}


async def test_a_canned_answer_is_kept_chosen_and_sent(room: DeskRoom) -> None:
    await room.asks()
    assert (await room.taps(room.card(), "Готові відповіді")).startswith("Готових відповідей ще немає.")
    assert await room.answers("/answers add Доставка: Возимо щодня до обіду.", thread="") == "Збережено: Доставка"
    assert "1. Доставка: Возимо щодня до обіду." in await room.answers("/answers", thread="")
    choice = await room.chooses()
    assert await room.presses_in_topic(choice, "1") == "Надіслано (Оксана): Возимо щодня до обіду."
    assert room.heard()[-1].endswith("Оксана:\nВозимо щодня до обіду.")


async def test_a_canned_answer_in_other_words_by_now_is_not_sent(room: DeskRoom) -> None:
    await room.asks()
    await room.answers("/answers add Доставка: Возимо щодня.")
    choice = await room.chooses()
    await room.answers("/answers add Доставка: Не возимо.")
    assert "застаріла" in await room.presses_in_topic(choice, "1")
    assert room.heard() == []
    assert await room.answers("/answers drop Доставка") == "Прибрано."
    assert await room.answers("/answers drop Доставка") == "Відповіді з такою назвою немає."


async def test_a_difference_of_a_client_who_has_a_topic_is_told_there(room: DeskRoom) -> None:
    await room.asks()

    def differ(tx: Tx) -> None:
        order = place(tx, RANOK, at=room.clock())
        found = tx.differences.found(
            DifferenceKind.MISSING_THERE, str(order), order, {"number": "K-000001"}, room.clock()
        )
        tell_staff(tx, Notice(NoticeKind.DIFFERENCE, str(found)))

    await room.books.write(differ)
    await room.backroom.works()
    assert "замовлення немає в 1С" in room.topic()[-1].text


async def test_a_group_that_moved_keeps_its_topics(room: DeskRoom) -> None:
    await room.asks("Коли?", OLENA_TELEGRAM)
    await room.office.pipeline.moved("telegram", GROUP, "-300")
    await room.answers("О дев’ятій", place="-300")
    assert room.heard(OLENA_TELEGRAM)[-1].endswith("О дев’ятій")
    await room.says("Дякую", OLENA_TELEGRAM)
    assert [one.text for one in room.telegram.to("-300")] == ["Олена (Telegram)\nДякую"]


async def test_a_message_that_viber_did_not_bring_after_all_is_shown_so(room: DeskRoom) -> None:
    await room.asks()
    await room.answers("О дев’ятій", message="900")
    await room.office.pipeline.delivered("viber", room.viber.shown[-1].id, Delivery.FAILED)
    await room.backroom.works()
    assert (room.topic()[-1].text.startswith("Не доставлено."), room.topic()[-1].reply_to) == (True, "900")


@pytest.mark.parametrize("kind", ["location", "poll"])
async def test_what_cannot_be_passed_on_is_named(room: DeskRoom, kind: str) -> None:
    await room.asks()
    said = await room.answers("", kind=Kind.SENT_FILE, file=picture("", kind))
    assert said.startswith("Таке повідомлення передати не можна")
    await room.says("", kind=Kind.SENT_FILE, file=picture("", "location"))
    assert room.topic()[-1].text == "Олена (Viber)\nмісце на мапі"
    await room.says("Ось", kind=Kind.SENT_FILE, file=picture("huge", "video"))
    assert room.topic()[-1].text == "Олена (Viber)\nОсь\nвідео: файл більший за 20 МБ"


async def renames(room: DeskRoom, name: str) -> None:
    await room.books.write(
        lambda tx: tx.directory.put_client(RANOK.id, {"kind": "legal", "name": name, "active": True})
    )


async def test_a_topic_is_called_as_its_client_is_called_by_now(room: DeskRoom) -> None:
    await room.asks()
    await renames(room, "Кафе «Світанок»")
    await room.later(minutes=2)
    assert room.forum.titles == {"1": "Кафе «Світанок»"}
    assert room.card().text.startswith("Кафе «Світанок»")
    assert len(room.forum.pinned) == 1


async def test_a_quiet_topic_is_renamed_too(room: DeskRoom) -> None:
    await room.asks()
    await room.answers("О дев’ятій")
    await room.later(days=3)
    await renames(room, "Кафе «Світанок»")
    await room.later(minutes=1)
    assert room.forum.titles == {"1": "Кафе «Світанок»"}


async def test_where_topics_may_not_be_renamed_the_card_says_the_name_all_the_same(room: DeskRoom) -> None:
    await room.asks()
    room.forum.renames = False
    await renames(room, "Кафе «Світанок»")
    await room.later(minutes=2)
    assert room.forum.titles == {"1": "Кафе «Ранок»"}
    assert room.card().text.startswith("Кафе «Світанок»")
