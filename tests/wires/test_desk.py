"""A question is answered by a human from the client's topic, whichever messenger the client has."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.db.books import Books
from tests.scenarios.steps import PHONES
from tests.support.chat import Talker
from tests.support.telegram_line import _picture
from tests.wires.desk_world import GROUP, OKSANA, PETRO, DeskWorld, desk_world

TAKEN = "Далі відповідає менеджер Оксана."


@pytest.fixture
async def desk(shop: Books, tmp_path: Path) -> AsyncIterator[DeskWorld]:
    async with desk_world(shop, tmp_path) as world:
        await world.opens()
        yield world


async def joined(person: Talker, name: str = "Олена") -> Talker:
    await person.starts()
    await person.shares_phone(PHONES[name])
    return person


async def asked(desk: DeskWorld, person: Talker, words: str = "Коли привезете?") -> None:
    await person.taps("Менеджер")
    await person.writes(words)
    await desk.settles()


async def test_a_question_on_viber_is_answered_from_a_topic_in_telegram(desk: DeskWorld) -> None:
    olena = await joined(desk.on_viber("Олена"))
    await asked(desk, olena)
    olena.sees("Ваше запитання в менеджера.")
    (topic,) = await desk.topics()
    assert topic["name"] == "Кафе «Ранок»"
    question = await desk.reads("Олена (Viber)", "Коли привезете?")
    assert question["message_thread_id"] == topic["id"]
    await desk.writes(OKSANA, "О дев’ятій")
    assert await desk.last(olena) == f"{TAKEN} Кнопки працюють, як і раніше.\n\nОксана:\nО дев’ятій"
    await desk.sends(olena, "say", text="Дякую!")
    await desk.reads("Олена (Viber)", "Дякую!")
    await desk.writes(OKSANA, "Прошу")
    assert await desk.last(olena) == "Оксана:\nПрошу"
    assert len(await desk.topics()) == 1


async def test_a_note_is_read_by_nobody_but_the_staff(desk: DeskWorld) -> None:
    olena = await joined(desk.on_viber("Олена"))
    await asked(desk, olena)
    before = await desk.chat(olena)
    await desk.writes(OKSANA, "// він нам винен")
    await desk.rewords(OKSANA, await desk.writes(OKSANA, "//дати знижку?"), "дати знижку?")
    await desk.reads("Збережено як нотатку, бо належить до нотатки: клієнт цього не бачить.")
    assert await desk.chat(olena) == before


async def test_words_and_pictures_are_edited_and_quoted_within_telegram(desk: DeskWorld) -> None:
    andrii = await joined(desk.on_telegram("Андрій"), "Андрій")
    await asked(desk, andrii, "Чи є сир?")
    question = await desk.reads("Андрій (Telegram)", "Чи є сир?")
    answer = await desk.writes(OKSANA, "Є", to=question)
    await desk.rewords(OKSANA, answer, "Є, свіжий")
    told = (await desk.chat(andrii))[-1]
    assert (told["text"].endswith("Оксана:\nЄ, свіжий"), told["reply_to"]["text"]) == (True, "Чи є сир?")
    own = await desk.sends(andrii, "say", text="Беру два")
    await desk.sends(andrii, "edit", message_id=own["message_id"], text="Беру три")
    await desk.reads("Андрій (Telegram)", "Беру три")


async def test_files_go_both_ways_between_viber_and_telegram(desk: DeskWorld) -> None:
    olena = await joined(desk.on_viber("Олена"))
    await olena.sends_photo()
    await desk.settles()
    assert "photo" in await desk.reads("Олена (Viber)") or "document" in await desk.reads("Олена (Viber)")
    (topic,) = await desk.topics()
    await desk.post("send_photo", user=OKSANA, chat=GROUP, thread=topic["id"], content_base64=_picture(), caption="Ось")
    await desk.settles()
    got = (await desk.chat(olena))[-1]
    assert (got["type"], got["text"]) == ("picture", f"{TAKEN} Кнопки працюють, як і раніше.\n\nОксана:\nОсь")
    assert (await desk.http.get(got["media"])).headers["Content-Type"] == "image/jpeg"
    act = {"content_base64": "JVBERg==", "name": "Акт.pdf"}
    await desk.post("send_file", user=OKSANA, chat=GROUP, thread=topic["id"], **act)
    await desk.settles()
    file, words = (await desk.chat(olena))[-2:]
    assert (file["file_name"], words["text"]) == ("Акт.pdf", "Оксана:")


async def test_a_topic_deleted_or_closed_by_hand_heals(desk: DeskWorld) -> None:
    olena = await joined(desk.on_viber("Олена"))
    await asked(desk, olena)
    (first,) = await desk.topics()
    await desk.post("close_topic", user=OKSANA, chat=GROUP, thread=first["id"])
    await asked(desk, olena, "Ви тут?")
    await desk.reads("Ви тут?")
    assert [one["closed"] for one in await desk.topics()] == [False]
    await desk.post("delete_topic", user=OKSANA, chat=GROUP, thread=first["id"])
    await asked(desk, olena, "Агов!")
    (second,) = await desk.topics()
    assert second["id"] != first["id"]
    assert (await desk.reads("Агов!"))["message_thread_id"] == second["id"]
    await desk.writes(OKSANA, "Тут")
    assert (await desk.last(olena)).endswith("Оксана:\nТут")


async def test_the_card_is_pinned_and_hands_back(desk: DeskWorld) -> None:
    olena = await joined(desk.on_viber("Олена"))
    await asked(desk, olena)
    await desk.writes(OKSANA, "О дев’ятій")
    await desk.minute_passes(2)
    card = await desk.card()
    assert "відповідає Оксана" in card["text"]
    (topic,) = await desk.topics()
    assert card["message_id"] in (await desk.control(f"chat/{GROUP}"))["pinned"]
    await desk.presses(PETRO, card, "Повернути боту")
    assert "знову відповідає бот" in await desk.last(olena)
    assert (await desk.reads("Клієнтові знову відповідає бот."))["message_thread_id"] == topic["id"]
    await olena.writes("молоко")
    olena.sees("Молоко")


async def test_without_a_forum_the_group_answers_by_replies(shop: Books, tmp_path: Path) -> None:
    async with desk_world(shop, tmp_path) as desk:
        await desk.opens(forum=False)
        olena = await joined(desk.on_viber("Олена"))
        await asked(desk, olena)
        question = await desk.reads("Олена (Viber), Кафе «Ранок»", "Коли привезете?")
        await desk.writes(OKSANA, "хто це?")
        await desk.writes(OKSANA, "О дев’ятій", to=question)
        assert (await desk.last(olena)).endswith("Оксана:\nО дев’ятій")


async def test_a_group_where_the_bot_may_make_no_topics_answers_by_replies(shop: Books, tmp_path: Path) -> None:
    async with desk_world(shop, tmp_path) as desk:
        await desk.opens(bot="member")
        olena = await joined(desk.on_viber("Олена"))
        await asked(desk, olena)
        await desk.reads("Олена (Viber), Кафе «Ранок»", "Коли привезете?")
        rights = await desk.messenger.topics.rights(str(GROUP))
        assert (rights.member, rights.forum, rights.topics, rights.pins) == (True, True, False, False)


async def test_who_blocked_the_bot_is_named_under_the_answer(desk: DeskWorld) -> None:
    andrii = await joined(desk.on_telegram("Андрій"), "Андрій")
    await asked(desk, andrii)
    await desk.sends(andrii, "block")
    said = await desk.writes(OKSANA, "О дев’ятій")
    failed = await desk.reads("Не доставлено. Причина: клієнт заблокував бота")
    assert failed["reply_to"]["message_id"] == said["message_id"]
