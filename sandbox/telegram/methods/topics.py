"""Topics of a forum: a supergroup whose messages lie in threads."""

from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.methods.call import Call
from sandbox.telegram.people import Chat

Json = dict[str, Any]
COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)


async def create_forum_topic(call: Call) -> Json:
    chat = _forum(call)
    name = _name(call.asked["name"])
    colour = call.asked.get("icon_color", COLOURS[0])
    if colour not in COLOURS:
        raise bad_request("wrong topic icon color specified")
    call.spend(chat)
    created = {"forum_topic_created": {"name": name, "icon_color": colour}, "is_topic_message": True}
    message = call.world.post(chat, call.world.bot(), created)
    message.wire["message_thread_id"] = message.id
    chat.topics[message.id] = {"id": message.id, "name": name, "closed": False}
    call.world.feed.tell("topics", chat.id)
    return {"message_thread_id": message.id, "name": name, "icon_color": colour}


async def edit_forum_topic(call: Call) -> bool:
    chat = _forum(call)
    topic = _topic(call, chat)
    name = _name(call.asked.get("name") or topic["name"])
    if name == topic["name"] and "icon_custom_emoji_id" not in call.asked:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic["name"] = name
    call.world.feed.tell("topics", chat.id)
    return True


async def close_forum_topic(call: Call) -> bool:
    return _set_closed(call, True)


async def reopen_forum_topic(call: Call) -> bool:
    return _set_closed(call, False)


def _set_closed(call: Call, closed: bool) -> bool:
    chat = _forum(call)
    topic = _topic(call, chat)
    if topic["closed"] == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic["closed"] = closed
    call.world.feed.tell("topics", chat.id)
    return True


def _forum(call: Call) -> Chat:
    chat = call.chat()
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if chat.bot_status != "administrator":
        raise bad_request("not enough rights to manage topics in the chat")
    return chat


def _topic(call: Call, chat: Chat) -> Json:
    topic: Json | None = chat.topics.get(call.asked["message_thread_id"])
    if topic is None:
        raise bad_request("message thread not found")
    return topic


def _name(name: str) -> str:
    if not 1 <= len(name.strip()) <= 128:
        raise bad_request("topic name must be 1 to 128 characters")
    return name
