"""Clients and staff through the desk: questions, takeover, files, edits, and what fails on the way."""

from bot.conversation.event import Kind
from bot.domain.errors import Ambiguous, Rejected, Unavailable
from keyboards.actions import AskManager, More
from keyboards.desk_actions import AskFinance, PassOn
from tests.services.desk.room import GROUP, MONEY, OLENA_TELEGRAM, OLENA_VIBER, DeskRoom, picture

TAKEN = "Далі відповідає менеджер Оксана. Кнопки працюють, як і раніше."


async def test_the_first_question_makes_a_topic_with_a_pinned_card(room: DeskRoom) -> None:
    question = await room.asks()
    assert room.forum.titles == {"1": "Кафе «Ранок»"}
    assert [one.text for one in room.topic()][1:] == ["Олена (Viber)\nКоли привезете?"]
    assert room.forum.pinned == [room.card().id]
    assert "чекає з 23.11 10:00" in room.card().text
    assert question.thread == "1"


async def test_the_next_question_comes_into_the_same_topic_from_the_other_messenger_too(room: DeskRoom) -> None:
    await room.asks()
    await room.asks("І ще одне", OLENA_TELEGRAM)
    assert room.forum.titles == {"1": "Кафе «Ранок»"}
    assert room.topic()[-1].text == "Олена (Telegram)\nІ ще одне"


async def test_an_answer_takes_the_talk_over_and_says_so_once(room: DeskRoom) -> None:
    await room.asks()
    assert await room.answers("О дев’ятій") == ""
    await room.answers("І зателефонуємо")
    assert room.heard() == [f"{TAKEN}\n\nОксана:\nО дев’ятій", "Оксана:\nІ зателефонуємо"]


async def test_another_manager_who_writes_is_named_too(room: DeskRoom) -> None:
    await room.asks()
    await room.answers("О дев’ятій")
    await room.answers("Поправка: о десятій", "Петро")
    assert room.heard()[-1].startswith("Далі відповідає менеджер Петро.")


async def test_the_bot_is_quiet_for_free_text_and_its_buttons_work(room: DeskRoom) -> None:
    await room.asks()
    await room.answers("О дев’ятій")
    assert await room.says("молоко") == ""
    assert room.topic()[-1].text == "Олена (Viber)\nмолоко"
    assert "Кошик" in await room.says("Кошик")
    assert "Ще" in await room.presses(More().pack())


async def test_handed_back_by_the_button_the_bot_answers_again_and_says_so(room: DeskRoom) -> None:
    await room.asks()
    await room.answers("О дев’ятій")
    await room.later(minutes=2)
    assert await room.taps(room.card(), "Повернути боту") == "Клієнтові знову відповідає бот."
    assert room.heard()[-1].startswith("Розмову з менеджером (Оксана) завершено: знову відповідає бот.")
    assert "молоко" in (await room.says("молоко")).casefold()


async def test_after_two_hours_of_silence_the_bot_answers_again(room: DeskRoom) -> None:
    await room.asks()
    await room.answers("О дев’ятій")
    await room.later(minutes=119)
    assert len(room.heard()) == 1
    await room.later(minutes=1)
    assert room.heard()[-1].startswith("Розмову з менеджером (Оксана) завершено")
    assert room.topic()[-1].text == "Давно ніхто не писав: клієнтові знову відповідає бот."
    await room.later(minutes=1)
    assert len(room.heard()) == 2


async def test_words_that_nothing_was_found_for_are_passed_on_by_a_button(room: DeskRoom) -> None:
    await room.says("щщщъыэ")
    assert "Ваше запитання в менеджера" in await room.presses(PassOn().pack())
    assert room.topic()[-1].text == "Олена (Viber)\nщщщъыэ"


async def test_a_picture_from_viber_comes_to_the_topic_and_one_from_the_staff_to_viber(room: DeskRoom) -> None:
    room.viber.files["theirs"], room.telegram.files["ours"] = b"jpg", b"JPG"
    said = await room.says("Ось таке", kind=Kind.SENT_FILE, file=picture("theirs", "picture"))
    assert "Ваше запитання в менеджера" in said
    assert (room.topic()[-1].file, room.topic()[-1].text) == ("photo.jpg", "Олена (Viber)\nОсь таке")
    await room.answers("", kind=Kind.SENT_FILE, file=picture("ours"))
    (sent,) = room.viber.to(OLENA_VIBER[1])
    assert (sent.file, sent.screen.media.picture) == ("photo.jpg", True)  # type: ignore[union-attr]


async def test_a_document_keeps_its_name_without_what_no_system_takes(room: DeskRoom) -> None:
    room.viber.files["act"] = b"pdf"
    await room.says("", kind=Kind.SENT_FILE, file=picture("act", "file", '../Акт: "звірка".pdf'))
    assert room.topic()[-1].file == "Акт звірка.pdf"


async def test_a_file_that_cannot_be_fetched_is_said_to_be_missing(room: DeskRoom) -> None:
    await room.asks()
    await room.answers("", kind=Kind.SENT_FILE, file=picture("gone"), message="77")
    assert room.heard() == []
    assert (room.topic()[-1].text, room.topic()[-1].reply_to) == (
        "Не доставлено. Причина: файл більший за 20 МБ.", "77"
    )  # fmt: skip


async def test_a_reply_is_quoted_in_telegram_and_in_words_on_viber(room: DeskRoom) -> None:
    first = await room.asks("Коли привезете?", OLENA_TELEGRAM, message="5")
    await room.answers("О дев’ятій", to=first.id)
    assert room.telegram.to("olena")[-1].reply_to == "5"
    second = await room.asks("А сир є?")
    await room.answers("Є", to=second.id)
    assert "Ви писали: А сир є?" in room.heard()[-1]


async def test_a_client_who_answers_a_message_is_shown_answering_it(room: DeskRoom) -> None:
    await room.asks("Коли?", OLENA_TELEGRAM)
    await room.answers("О дев’ятій", message="900")
    await room.says("Добре", OLENA_TELEGRAM, reply_to=room.telegram.to("olena")[-1].id)
    assert (room.topic()[-1].text, room.topic()[-1].reply_to) == ("Олена (Telegram)\nДобре", "900")


async def test_an_edit_is_carried_both_ways_where_the_messenger_can(room: DeskRoom) -> None:
    await room.asks("Коли?", OLENA_TELEGRAM, message="5")
    await room.answers("О дев’ятій", message="900")
    await room.answers("О десятій", message="900", kind=Kind.EDITED)
    assert room.heard(OLENA_TELEGRAM) == [f"{TAKEN}\n\nОксана:\nО десятій"]
    assert await room.says("Коли саме?", OLENA_TELEGRAM, Kind.EDITED, message="5") == ""
    assert room.topic()[1].text == "Олена (Telegram)\nКоли саме?"


async def test_where_the_client_sees_no_edit_the_topic_says_so(room: DeskRoom) -> None:
    await room.asks()
    await room.answers("О дев’ятій", message="900")
    await room.answers("О десятій", message="900", kind=Kind.EDITED)
    assert room.heard() == [f"{TAKEN}\n\nОксана:\nО дев’ятій"]
    assert room.topic()[-1].text.startswith("Надіслане клієнтові вже не змінити")
    assert room.topic()[-1].reply_to == "900"


async def test_what_the_messenger_refuses_is_shown_under_the_message(room: DeskRoom) -> None:
    await room.asks()
    room.viber.errors = [Rejected("viber", "send", 6)]
    await room.answers("О дев’ятій", message="900")
    assert room.heard() == []
    assert (room.topic()[-1].text, room.topic()[-1].reply_to) == ("Не доставлено. Причина: 6.", "900")


async def test_an_answer_whose_fate_is_unknown_is_not_sent_twice(room: DeskRoom) -> None:
    await room.asks()
    room.viber.errors = [Ambiguous("viber", "send")]
    await room.answers("О дев’ятій", message="900")
    assert room.heard() == []
    assert room.topic()[-1].text.startswith("Можливо, не доставлено")


async def test_an_answer_waits_while_the_messenger_is_away(room: DeskRoom) -> None:
    await room.asks()
    room.viber.errors = [Unavailable("viber", "send")]
    await room.answers("О дев’ятій")
    assert room.heard() == []
    await room.later(minutes=1)
    assert room.heard() == [f"{TAKEN}\n\nОксана:\nО дев’ятій"]


async def test_somebody_who_blocked_the_bot_is_said_to_be_gone(room: DeskRoom) -> None:
    await room.asks()
    await room.office.pipeline.unreachable(*OLENA_VIBER)
    await room.answers("О дев’ятій")
    assert room.topic()[-1].text == "Не доставлено. Причина: клієнт заблокував бота або його там уже немає."


async def test_a_long_text_comes_whole(room: DeskRoom) -> None:
    words = " ".join(f"слово{number}" for number in range(600))
    await room.asks(words)
    pieces = [one.text.partition("\n")[2] for one in room.topic()[1:]]
    assert " ".join(pieces) == words
    assert all(len(one.text) <= 4096 for one in room.topic())


async def test_a_deleted_topic_is_made_again_and_nothing_is_lost(room: DeskRoom) -> None:
    await room.asks()
    del room.forum.titles["1"]
    await room.asks("Ви тут?")
    assert room.forum.titles == {"2": "Кафе «Ранок»"}
    assert [one.text for one in room.topic("2")][1:] == ["Олена (Viber)\nВи тут?"]
    assert room.forum.pinned[-1] == room.card("2").id
    await room.answers("Тут", thread="2")
    assert room.heard() == [f"{TAKEN}\n\nОксана:\nТут"]


async def test_a_closed_topic_is_opened_again(room: DeskRoom) -> None:
    await room.asks()
    room.forum.closed = {"1"}
    await room.asks("Ви тут?")
    assert (room.forum.closed, room.topic()[-1].text) == (set(), "Олена (Viber)\nВи тут?")


async def test_a_topic_that_is_known_to_be_closed_is_opened_for_the_next_question(room: DeskRoom) -> None:
    await room.asks()
    await room.office.pipeline.thread_closed("telegram", GROUP, "1", closed=True)
    room.forum.reopened.clear()
    await room.asks("Ви тут?")
    await room.asks("Агов?")
    assert room.forum.reopened == ["1"]


async def test_without_topics_one_chat_does_and_an_answer_is_a_reply(room: DeskRoom) -> None:
    room.forum.allowed = False
    await room.presses(AskManager().pack())
    await room.says("Коли привезете?")
    (question,) = room.telegram.to(GROUP)
    assert (question.thread, question.text) == ("", "Олена (Viber), Кафе «Ранок»\nКоли привезете?")
    await room.answers("між собою", thread="")
    assert room.heard() == []
    await room.answers("О дев’ятій", thread="", to=question.id)
    assert room.heard() == [f"{TAKEN}\n\nОксана:\nО дев’ятій"]


async def test_when_the_group_gets_topics_the_next_question_has_one(room: DeskRoom) -> None:
    room.forum.allowed = False
    await room.says("Є хтось?", kind=Kind.SENT_FILE)
    room.forum.allowed = True
    await room.asks("Ви тут?")
    assert room.topic()[-1].text == "Олена (Viber)\nВи тут?"


async def test_somebody_unknown_has_a_topic_of_their_own_and_is_answered_too(room: DeskRoom) -> None:
    stranger = ("viber", "ніхто==")
    assert "менеджери це прочитають" in await room.says("Я з кав’ярні «Зерно»", stranger)
    assert room.forum.titles == {"1": "Олена (Viber)"}
    assert "Серед наших клієнтів невідомий." in room.card().text
    await room.answers("Вітаємо!")
    assert room.heard(stranger) == [f"{TAKEN}\n\nОксана:\nВітаємо!"]
    assert await room.says("Дякую", stranger) == ""
    assert room.topic()[-1].text == "Олена (Viber)\nДякую"


async def test_an_answer_without_a_question_goes_to_whoever_of_the_client_can_be_reached(room: DeskRoom) -> None:
    await room.asks()
    await room.answers("Нагадуємо про борг", to="")
    assert len(room.heard()) == 1


async def test_a_question_about_money_is_for_finance_where_there_is_such_a_group(rich: DeskRoom) -> None:
    await rich.presses(AskFinance().pack())
    await rich.says("Чому такий борг?")
    assert [one.text for one in rich.telegram.to(MONEY)][-1] == "Олена (Viber)\nЧому такий борг?"
    assert rich.telegram.to(GROUP) == []
    await rich.answers("Зараз подивимося", place=MONEY)
    assert rich.heard()[-1].endswith("Зараз подивимося")
    await rich.says("Дякую")
    assert rich.telegram.to(MONEY)[-1].text == "Олена (Viber)\nДякую"


async def test_a_repeated_event_asks_and_answers_once(room: DeskRoom) -> None:
    await room.asks()
    question = room.last
    await room.answers("О дев’ятій", message="900")
    for event in (question, room.last):
        assert event is not None
        await room.does(event)
    assert (len(room.topic()), len(room.heard())) == (2, 1)
