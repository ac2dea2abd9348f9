"""Whom the bot may write to, groups, their people and topics."""

from typing import Any

from tests.sandbox.telegram.conftest import USER, Telegram


async def write(telegram: Telegram, chat_id: int) -> str:
    told = await telegram.call("sendMessage", chat_id=chat_id, text="x")
    return f"{told.get('error_code', 200)} {told.get('description', 'sent')}"


async def test_a_person_the_bot_has_never_met_is_not_found(stranger: Telegram) -> None:
    assert await write(stranger, USER) == "400 Bad Request: chat not found"
    assert await stranger.refusal("getChat", chat_id=USER) == "400 Bad Request: chat not found"


async def test_a_person_met_in_a_group_only_cannot_be_written_to(stranger: Telegram) -> None:
    await stranger.group()
    assert await write(stranger, USER) == "403 Forbidden: bot can't initiate conversation with a user"


async def test_a_blocked_bot_is_forbidden_until_the_person_writes_again(telegram: Telegram) -> None:
    await telegram.do("block", user=USER)
    assert await write(telegram, USER) == "403 Forbidden: bot was blocked by the user"
    assert await telegram.refusal("sendChatAction", chat_id=USER, action="typing") == (
        "403 Forbidden: bot was blocked by the user"
    )
    await telegram.do("say", user=USER, text="я повернулась")
    assert await write(telegram, USER) == "200 sent"
    kinds = [(next(reversed(one)), one.get("my_chat_member")) for one in await telegram.updates()]
    assert [kind for kind, _ in kinds] == ["my_chat_member", "my_chat_member", "message"]
    assert [body["new_chat_member"]["status"] for _, body in kinds if body] == ["kicked", "member"]


async def test_a_deleted_account_is_deactivated(telegram: Telegram) -> None:
    await telegram.do("deactivate", user=USER)
    assert await write(telegram, USER) == "403 Forbidden: user is deactivated"


async def test_a_group_the_bot_was_put_out_of(telegram: Telegram) -> None:
    small, large = await telegram.group(type="group"), await telegram.group(type="supergroup")
    for chat in (small, large):
        await telegram.do("members", chat=chat, bot="kicked")
    assert await write(telegram, small) == "403 Forbidden: bot was kicked from the group chat"
    assert await write(telegram, large) == "403 Forbidden: bot was kicked from the supergroup chat"


async def test_an_upgraded_group_tells_its_new_id(telegram: Telegram) -> None:
    group = await telegram.group(type="group")
    new = (await telegram.do("migrate", chat=group))["id"]
    told = await telegram.call("sendMessage", chat_id=group, text="x")
    assert told["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert told["parameters"] == {"migrate_to_chat_id": new}
    assert await write(telegram, new) == "200 sent"
    services = [one["message"] for one in await telegram.updates() if "message" in one]
    assert [one.get("migrate_to_chat_id") for one in services] == [new, None]
    assert [one.get("migrate_from_chat_id") for one in services] == [None, group]


async def test_a_bot_that_is_no_administrator_hears_what_is_meant_for_it(telegram: Telegram) -> None:
    group = await telegram.group(bot="member")
    asked = (await telegram.send("Хто візьме?", chat_id=group))["message_id"]
    for said in ("між нами", "/take", "@komora_demo_bot так"):
        await telegram.do("say", user=USER, chat=group, text=said)
    await telegram.do("say", user=USER, chat=group, text="я", reply_to=asked)
    heard = [one["message"]["text"] for one in await telegram.updates() if "message" in one]
    assert heard == ["/take", "@komora_demo_bot так", "я"]


async def test_an_administrator_hears_everything(telegram: Telegram) -> None:
    group = await telegram.group(bot="administrator")
    await telegram.do("say", user=USER, chat=group, text="між нами")
    assert (await telegram.updates())[-1]["message"]["text"] == "між нами"


async def test_message_numbers_of_a_supergroup_are_its_own(telegram: Telegram) -> None:
    group = await telegram.group()
    assert (await telegram.send(chat_id=group))["message_id"] == 1
    assert (await telegram.send())["message_id"] == 2


async def test_members_and_their_standing(telegram: Telegram) -> None:
    await telegram.do("users", id=1002, first_name="Ігор")
    group = await telegram.group(administrators=[USER])
    standing = {"chat_id": group}
    assert (await telegram.result("getChatMember", user_id=USER, **standing))["status"] == "creator"
    assert (await telegram.result("getChatMember", user_id=1002, **standing))["status"] == "left"
    assert (await telegram.result("getChatMember", user_id=7100000001, **standing))["status"] == "administrator"
    assert await telegram.refusal("getChatMember", user_id=5, **standing) == "400 Bad Request: member not found"
    await telegram.do("members", chat=group, add=[1002])
    assert (await telegram.updates())[-1]["message"]["new_chat_members"][0]["first_name"] == "Ігор"
    assert await telegram.result("getChatMemberCount", chat_id=group) == 3


async def test_a_topic_holds_its_thread(telegram: Telegram) -> None:
    forum = await telegram.group(is_forum=True)
    topic = await telegram.result("createForumTopic", chat_id=forum, name="Кафе «Липа»")
    thread = topic["message_thread_id"]
    sent = await telegram.send(chat_id=forum, message_thread_id=thread)
    said = await telegram.do("say", user=USER, chat=forum, text="відповідь", thread=thread)
    assert sent["message_thread_id"] == said["message_thread_id"] == thread
    assert (await telegram.updates())[-1]["message"]["is_topic_message"] is True
    missing: dict[str, Any] = {"chat_id": forum, "text": "x", "message_thread_id": 999}
    assert await telegram.refusal("sendMessage", **missing) == "400 Bad Request: message thread not found"
    assert await telegram.result("closeForumTopic", chat_id=forum, message_thread_id=thread)
    assert await telegram.refusal("createForumTopic", chat_id=await telegram.group(), name="x") == (
        "400 Bad Request: the chat is not a forum"
    )


async def test_a_wrong_action_is_refused_and_a_right_one_is_shown(telegram: Telegram) -> None:
    assert await telegram.refusal("sendChatAction", chat_id=USER, action="thinking") == (
        "400 Bad Request: wrong parameter action in request"
    )
    assert await telegram.result("sendChatAction", chat_id=USER, action="typing") is True
    assert (await telegram.chat())["action"]["action"] == "typing"
    await telegram.send()
    assert (await telegram.chat())["action"] is None


async def test_the_narrowest_scope_and_the_persons_language_win(telegram: Telegram) -> None:
    plain = [{"command": "menu", "description": "Menu"}]
    ours = [{"command": "menu", "description": "Меню"}]
    await telegram.result("setMyCommands", commands=plain)
    assert (await telegram.chat())["commands"] == plain
    await telegram.result("setMyCommands", commands=ours, language_code="uk", scope={"type": "all_private_chats"})
    assert (await telegram.chat())["commands"] == ours
    wrong = [{"command": "Меню", "description": "x"}]
    assert await telegram.refusal("setMyCommands", commands=wrong) == "400 Bad Request: BOT_COMMAND_INVALID"
