"""Topics of a forum: a supergroup whose messages lie in threads."""

from typing import Any

from sandbox.telegram import forum
from sandbox.telegram.errors import bad_request
from sandbox.telegram.icons import ICONS, sticker
from sandbox.telegram.methods.call import Call
from sandbox.telegram.people import Chat, Topic

Json = dict[str, Any]


async def create_forum_topic(call: Call) -> Json:
    chat = _forum(call, "create a topic")
    name, icon = _name(call.asked["name"]), _icon(call, "")
    colour = call.asked.get("icon_color", forum.COLOURS[0])
    if colour not in forum.COLOURS:
        raise bad_request("wrong topic icon color specified")
    call.spend(chat)
    return forum.create(call.world, chat, call.world.bot(), name, colour, icon).wire()


async def edit_forum_topic(call: Call) -> bool:
    chat, topic = _topic(call)
    name = _name(call.asked.get("name") or topic.name)
    return _modified(forum.rename(call.world, chat, call.world.bot(), topic, name, _icon(call, topic.icon)))


async def close_forum_topic(call: Call) -> bool:
    chat, topic = _topic(call)
    return _modified(forum.set_closed(call.world, chat, call.world.bot(), topic, True))


async def reopen_forum_topic(call: Call) -> bool:
    chat, topic = _topic(call)
    return _modified(forum.set_closed(call.world, chat, call.world.bot(), topic, False))


async def delete_forum_topic(call: Call) -> bool:
    chat = _forum(call, "delete the topic", "can_delete_messages")
    forum.delete(call.world, chat, _found(call, chat))
    return True


async def edit_general_forum_topic(call: Call) -> bool:
    chat = _forum(call, "edit the topic")
    return _modified(forum.rename(call.world, chat, call.world.bot(), chat.general, _name(call.asked["name"]), ""))


async def close_general_forum_topic(call: Call) -> bool:
    chat = _forum(call, "edit the topic")
    return _modified(forum.set_closed(call.world, chat, call.world.bot(), chat.general, True))


async def reopen_general_forum_topic(call: Call) -> bool:
    """A hidden one comes back too."""
    chat = _forum(call, "edit the topic")
    chat.general.hidden = False
    return _modified(forum.set_closed(call.world, chat, call.world.bot(), chat.general, False))


async def hide_general_forum_topic(call: Call) -> bool:
    chat = _forum(call, "edit the topic")
    return _modified(forum.set_hidden(call.world, chat, call.world.bot(), True))


async def unhide_general_forum_topic(call: Call) -> bool:
    chat = _forum(call, "edit the topic")
    return _modified(forum.set_hidden(call.world, chat, call.world.bot(), False))


async def get_forum_topic_icon_stickers(call: Call) -> list[Json]:
    return [sticker(icon) for icon in ICONS]


def _forum(call: Call, deed: str, right: str = "can_manage_topics") -> Chat:
    chat = call.chat()
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not chat.bot_may(right):
        raise bad_request(f"not enough rights to {deed}")
    return chat


def _topic(call: Call) -> tuple[Chat, Topic]:
    """A topic the bot may change: with the right to, or its own one as any administrator."""
    chat = call.chat()
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    known = chat.topics.get(call.asked["message_thread_id"])
    own = known is not None and known.creator == call.world.bot_id and chat.bot_status == "administrator"
    if not own and not chat.bot_may("can_manage_topics"):
        raise bad_request("not enough rights to edit the topic")
    return chat, _found(call, chat)


def _found(call: Call, chat: Chat) -> Topic:
    topic = chat.topics.get(call.asked["message_thread_id"])
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return topic


def _modified(changed: bool) -> bool:
    if not changed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    return True


def _name(name: str) -> str:
    if not 1 <= len(name.strip()) <= forum.LONGEST_NAME:
        raise bad_request(f"topic name must be 1 to {forum.LONGEST_NAME} characters")
    return name.strip()


def _icon(call: Call, before: str) -> str:
    """One of those that getForumTopicIconStickers gives; an empty one takes the picture away."""
    icon: str = call.asked.get("icon_custom_emoji_id", before)
    if icon and icon not in ICONS:
        raise bad_request("DOCUMENT_INVALID")
    return icon
