"""The control side as a member of the staff: what they do in a topic, and what becomes of the bot's standing."""

import base64
from typing import Any

from pytest import fixture

from tests.sandbox.telegram.conftest import USER, Telegram
from tests.sandbox.telegram.pictures import PNG

Json = dict[str, Any]
IHOR = 1002


@fixture
async def forum(telegram: Telegram) -> int:
    await telegram.do("users", id=IHOR, first_name="Ігор")
    return await telegram.group(is_forum=True, members=[USER, IHOR], administrators=[USER])


@fixture
async def thread(telegram: Telegram, forum: int) -> int:
    topic = await telegram.do("create_topic", user=USER, chat=forum, name="Кафе «Липа»")
    await telegram.updates(offset=2_000_000_000)
    return int(topic["id"])


async def last_update(telegram: Telegram) -> Json:
    return (await telegram.updates())[-1]


async def test_a_photo_and_a_file_are_sent_into_a_topic_as_answers(telegram: Telegram, forum: int, thread: int) -> None:
    asked = (await telegram.send("Рахунок?", chat_id=forum, message_thread_id=thread))["message_id"]
    content = base64.b64encode(PNG).decode()
    for act, kind in (("send_photo", "photo"), ("send_file", "document")):
        await telegram.do(act, user=IHOR, chat=forum, content_base64=content, caption="ось", reply_to=asked)
        told = (await last_update(telegram))["message"]
        assert (told["message_thread_id"], told["is_topic_message"], told["caption"]) == (thread, True, "ось")
        assert (kind in told, told["reply_to_message"]["message_id"]) == (True, asked)


async def test_words_under_a_photo_are_edited(telegram: Telegram, forum: int, thread: int) -> None:
    content = base64.b64encode(PNG).decode()
    sent = await telegram.do("send_photo", user=IHOR, chat=forum, content_base64=content, caption="1", thread=thread)
    await telegram.do("edit", user=IHOR, chat=forum, message_id=sent["message_id"], text="2")
    told = (await last_update(telegram))["edited_message"]
    assert (told["caption"], told["message_thread_id"], "photo" in told) == ("2", thread, True)


async def test_a_button_in_a_topic_is_pressed_there(telegram: Telegram, forum: int, thread: int) -> None:
    keys = {"inline_keyboard": [[{"text": "Взяти", "callback_data": "take"}]]}
    card = await telegram.send("Питання", chat_id=forum, message_thread_id=thread, reply_markup=keys)
    await telegram.do("tap", user=IHOR, chat=forum, message_id=card["message_id"], row=0, column=0, wait=0)
    told = (await last_update(telegram))["callback_query"]
    assert (told["from"]["id"], told["message"]["message_thread_id"]) == (IHOR, thread)


async def test_what_people_do_with_topics_is_heard(telegram: Telegram, forum: int, thread: int) -> None:
    await telegram.do("rename_topic", user=USER, chat=forum, thread=thread, name="Липа")
    await telegram.do("close_topic", user=USER, chat=forum, thread=thread)
    await telegram.do("close_topic", user=USER, chat=forum, thread=thread, closed=False)
    told = [one["message"] for one in await telegram.updates()]
    kinds = ("forum_topic_edited", "forum_topic_closed", "forum_topic_reopened")
    assert [[kind for kind in kinds if kind in one] for one in told] == [[kind] for kind in kinds]
    assert {one["from"]["id"] for one in told} == {USER}


async def test_a_deleted_topic_is_not_told_of(telegram: Telegram, forum: int, thread: int) -> None:
    await telegram.do("delete_topic", user=USER, chat=forum, thread=thread)
    assert await telegram.updates() == []
    assert (await telegram.chat(forum))["topics"] == []


async def test_who_is_no_administrator_writes_in_no_closed_topic_and_closes_none(
    telegram: Telegram, forum: int, thread: int
) -> None:
    await telegram.do("close_topic", user=IHOR, chat=forum, thread=thread, refused=409)
    await telegram.do("close_topic", user=USER, chat=forum, thread=thread)
    await telegram.do("say", user=IHOR, chat=forum, text="x", thread=thread, refused=409)
    assert (await telegram.do("say", user=USER, chat=forum, text="x", thread=thread))["topic"] == thread


async def test_the_bots_rights_are_taken_and_it_is_told(telegram: Telegram, forum: int) -> None:
    await telegram.do("members", chat=forum, rights={"can_manage_topics": False})
    told = (await last_update(telegram))["my_chat_member"]
    assert (told["old_chat_member"]["can_manage_topics"], told["new_chat_member"]["can_manage_topics"]) == (True, False)
    assert told["new_chat_member"]["status"] == "administrator"
    await telegram.do("members", chat=forum, rights={"can_fly": True}, refused=400)


async def test_people_come_and_go(telegram: Telegram, forum: int) -> None:
    await telegram.do("members", chat=forum, remove=[IHOR])
    assert (await last_update(telegram))["message"]["left_chat_member"]["id"] == IHOR
    await telegram.do("say", user=IHOR, chat=forum, text="x", refused=409)
    await telegram.do("members", chat=forum, add=[IHOR])
    assert (await last_update(telegram))["message"]["new_chat_members"][0]["id"] == IHOR
