"""A forum as the bot has it: topics made, changed, closed and deleted, messages in them, and what it may not do."""

from typing import Any

from pytest import fixture, mark

from tests.sandbox.telegram.conftest import USER, Telegram
from tests.sandbox.telegram.pictures import PNG

Json = dict[str, Any]
BOT = 7100000001


@fixture
async def forum(telegram: Telegram) -> int:
    return await telegram.group(is_forum=True, administrators=[USER])


@fixture
async def thread(telegram: Telegram, forum: int) -> int:
    topic = await telegram.result("createForumTopic", chat_id=forum, name="Кафе «Липа»")
    return int(topic["message_thread_id"])


async def heard(telegram: Telegram) -> list[Json]:
    """Messages the bot was told of."""
    return [one["message"] for one in await telegram.updates() if "message" in one]


async def test_a_topic_begins_with_a_message_that_has_its_number(telegram: Telegram, forum: int) -> None:
    await telegram.send(chat_id=forum)
    topic = await telegram.result("createForumTopic", chat_id=forum, name=" Липа ", icon_color=9367192)
    assert topic == {"message_thread_id": 3, "name": "Липа", "icon_color": 9367192}
    told = (await heard(telegram))[-1]
    assert told["forum_topic_created"] == {"name": "Липа", "icon_color": 9367192}
    assert (told["message_id"], told["message_thread_id"], told["is_topic_message"]) == (3, 3, True)
    assert told["from"]["id"] == BOT


async def test_what_lies_in_a_topic_says_so(telegram: Telegram, forum: int, thread: int) -> None:
    place: Json = {"chat_id": forum, "message_thread_id": thread}
    general = await telegram.send(chat_id=forum)
    sent = [
        await telegram.send(**place),
        await telegram.result("sendContact", phone_number="+380", first_name="Олена", **place),
        await telegram.result("sendLocation", latitude=50.4, longitude=30.5, **place),
        await telegram.result("forwardMessage", from_chat_id=forum, message_id=general["message_id"], **place),
        (await telegram.call("sendPhoto", files={"photo": ("a.png", PNG)}, **place))["result"],
        (await telegram.call("sendDocument", files={"document": ("a.txt", b"a")}, **place))["result"],
    ]
    copied = await telegram.result("copyMessage", from_chat_id=forum, message_id=general["message_id"], **place)
    assert {(one["message_thread_id"], one["is_topic_message"]) for one in sent} == {(thread, True)}
    assert "message_thread_id" not in general
    shown = [one["message_id"] for one in (await telegram.chat(forum))["messages"] if one.get("topic") == thread]
    assert shown == [thread, *(one["message_id"] for one in sent), copied["message_id"]]


async def test_an_answer_goes_where_the_question_lies(telegram: Telegram, forum: int, thread: int) -> None:
    asked = await telegram.do("say", user=USER, chat=forum, text="скільки?", thread=thread)
    answer = await telegram.send(chat_id=forum, reply_parameters={"message_id": asked["message_id"]})
    assert (answer["message_thread_id"], answer["is_topic_message"]) == (thread, True)
    assert answer["reply_to_message"]["text"] == "скільки?"


async def test_what_answers_nothing_answers_the_beginning_of_its_topic(
    telegram: Telegram, forum: int, thread: int
) -> None:
    await telegram.do("say", user=USER, chat=forum, text="добрий день", thread=thread)
    told = (await heard(telegram))[-1]
    assert told["reply_to_message"]["message_id"] == thread
    assert "forum_topic_created" in told["reply_to_message"]
    assert "reply_to" not in await telegram.last(forum)


async def test_an_answer_out_of_topics_bears_a_thread_that_is_no_topic(telegram: Telegram, forum: int) -> None:
    sent = (await telegram.send(chat_id=forum))["message_id"]
    await telegram.do("say", user=USER, chat=forum, text="так", reply_to=sent)
    told = (await heard(telegram))[-1]
    assert (told["message_thread_id"], "is_topic_message" in told) == (sent, False)
    assert await telegram.refusal("sendMessage", chat_id=forum, text="x", message_thread_id=sent) == (
        "400 Bad Request: message thread not found"
    )


async def test_a_topic_is_renamed_closed_and_opened_again(telegram: Telegram, forum: int, thread: int) -> None:
    place: Json = {"chat_id": forum, "message_thread_id": thread}
    assert await telegram.result("editForumTopic", name="Липа", **place)
    assert await telegram.refusal("editForumTopic", name="Липа", **place) == "400 Bad Request: TOPIC_NOT_MODIFIED"
    assert await telegram.result("closeForumTopic", **place)
    assert await telegram.refusal("closeForumTopic", **place) == "400 Bad Request: TOPIC_NOT_MODIFIED"
    assert await telegram.result("reopenForumTopic", **place)
    told = [one for one in await heard(telegram) if one.get("message_thread_id") == thread][1:]
    kinds = [one.keys() & {"forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"} for one in told]
    assert kinds == [{"forum_topic_edited"}, {"forum_topic_closed"}, {"forum_topic_reopened"}]
    assert told[0]["forum_topic_edited"] == {"name": "Липа"}
    assert (await telegram.chat(forum))["topics"][0]["name"] == "Липа"


async def test_a_deleted_topic_takes_its_messages_away_and_is_no_thread_any_more(
    telegram: Telegram, forum: int, thread: int
) -> None:
    place: Json = {"chat_id": forum, "message_thread_id": thread}
    kept, gone = await telegram.send(chat_id=forum), await telegram.send(**place)
    await telegram.result("pinChatMessage", chat_id=forum, message_id=gone["message_id"])
    assert await telegram.result("deleteForumTopic", **place)
    chat = await telegram.chat(forum)
    assert [one["message_id"] for one in chat["messages"]] == [kept["message_id"]]
    assert (chat["topics"], chat["pinned"]) == ([], [])
    assert await telegram.refusal("sendMessage", text="x", **place) == "400 Bad Request: message thread not found"
    for method in ("closeForumTopic", "deleteForumTopic", "editForumTopic"):
        assert await telegram.refusal(method, **place) == "400 Bad Request: TOPIC_ID_INVALID"
    edited = {"chat_id": forum, "message_id": gone["message_id"], "text": "x"}
    assert await telegram.refusal("editMessageText", **edited) == "400 Bad Request: message to edit not found"


@mark.parametrize(
    ("method", "refused"),
    [
        ("createForumTopic", "not enough rights to create a topic"),
        ("deleteForumTopic", "not enough rights to delete the topic"),
        ("closeForumTopic", "not enough rights to edit the topic"),
        ("hideGeneralForumTopic", "not enough rights to edit the topic"),
        ("pinChatMessage", "not enough rights to manage pinned messages in the chat"),
    ],
)
async def test_without_the_right_it_is_refused(telegram: Telegram, forum: int, method: str, refused: str) -> None:
    thread = (await telegram.do("create_topic", user=USER, chat=forum, name="Склад"))["id"]
    none = dict.fromkeys(("can_manage_topics", "can_pin_messages", "can_delete_messages"), False)
    await telegram.do("members", chat=forum, rights=none)
    fields: Json = {
        "createForumTopic": {"name": "x"},
        "pinChatMessage": {"message_id": thread},
        "hideGeneralForumTopic": {},
    }
    asked = fields.get(method, {"message_thread_id": thread})
    assert await telegram.refusal(method, chat_id=forum, **asked) == f"400 Bad Request: {refused}"


async def test_its_own_topic_it_may_change_without_the_right(telegram: Telegram, forum: int, thread: int) -> None:
    await telegram.do("members", chat=forum, rights={"can_manage_topics": False})
    assert await telegram.result("editForumTopic", chat_id=forum, message_thread_id=thread, name="Липа")


async def test_into_a_closed_topic_only_who_manages_topics_writes(telegram: Telegram, forum: int, thread: int) -> None:
    place: Json = {"chat_id": forum, "message_thread_id": thread}
    await telegram.do("close_topic", user=USER, chat=forum, thread=thread)
    last = await telegram.send(**place)
    await telegram.do("members", chat=forum, rights={"can_manage_topics": False})
    assert await telegram.refusal("sendMessage", text="x", **place) == "400 Bad Request: TOPIC_CLOSED"
    answer = {"chat_id": forum, "text": "x", "reply_parameters": {"message_id": last["message_id"]}}
    assert await telegram.refusal("sendMessage", **answer) == "400 Bad Request: TOPIC_CLOSED"


async def test_a_plain_group_has_no_topics(telegram: Telegram) -> None:
    group = await telegram.group()
    assert await telegram.refusal("createForumTopic", chat_id=group, name="x") == (
        "400 Bad Request: the chat is not a forum"
    )
    assert "is_forum" not in await telegram.result("getChat", chat_id=group)


async def test_the_chat_and_the_bots_rights_can_be_asked_for(telegram: Telegram, forum: int) -> None:
    await telegram.do("members", chat=forum, rights={"can_pin_messages": False})
    assert (await telegram.result("getChat", chat_id=forum))["is_forum"] is True
    me = await telegram.result("getChatMember", chat_id=forum, user_id=BOT)
    assert (me["status"], me["can_manage_topics"], me["can_pin_messages"]) == ("administrator", True, False)


async def test_the_general_topic_is_hidden_and_shown(telegram: Telegram, forum: int) -> None:
    assert await telegram.result("hideGeneralForumTopic", chat_id=forum)
    assert (await telegram.chat(forum))["general"]["closed"] is True
    assert await telegram.result("unhideGeneralForumTopic", chat_id=forum)
    assert await telegram.result("reopenGeneralForumTopic", chat_id=forum)
    assert await telegram.result("editGeneralForumTopic", chat_id=forum, name="Загальна")
    assert (await telegram.chat(forum))["general"] | {"color": 0} == {
        "id": 1, "name": "Загальна", "color": 0, "icon": "", "closed": False, "hidden": False,
    }  # fmt: skip


async def test_a_pin_is_told_beside_what_it_pins(telegram: Telegram, forum: int, thread: int) -> None:
    card = await telegram.send("Картка", chat_id=forum, message_thread_id=thread)
    for _ in range(2):
        assert await telegram.result("pinChatMessage", chat_id=forum, message_id=card["message_id"])
    told = [one for one in await heard(telegram) if "pinned_message" in one]
    assert [(one["pinned_message"]["text"], one["message_thread_id"]) for one in told] == [("Картка", thread)]
    assert (await telegram.chat(forum))["pinned"] == [card["message_id"]]
    edited = {"chat_id": forum, "message_id": card["message_id"], "text": "Картка 2"}
    assert await telegram.result("editMessageText", **edited)
    assert await telegram.result("unpinAllForumTopicMessages", chat_id=forum, message_thread_id=thread)
    assert (await telegram.chat(forum))["pinned"] == []


async def test_a_forum_takes_twenty_messages_a_minute_whatever_the_topic(
    telegram: Telegram, forum: int, thread: int
) -> None:
    place: Json = {"message_thread_id": thread}
    for number in range(19):
        await telegram.send(chat_id=forum, **((place, {})[number % 2]))
    told = await telegram.call("sendMessage", chat_id=forum, text="x", message_thread_id=thread)
    assert (told["error_code"], told["parameters"]) == (429, {"retry_after": 3})


async def test_pictures_for_topics_are_offered_and_no_others_taken(telegram: Telegram, forum: int) -> None:
    offered = await telegram.result("getForumTopicIconStickers")
    icon = offered[0]["custom_emoji_id"]
    topic = await telegram.result("createForumTopic", chat_id=forum, name="x", icon_custom_emoji_id=icon)
    assert topic["icon_custom_emoji_id"] == icon
    wrong = await telegram.refusal("createForumTopic", chat_id=forum, name="x", icon_custom_emoji_id="5")
    assert wrong == "400 Bad Request: DOCUMENT_INVALID"
