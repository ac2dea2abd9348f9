"""A forum's topics: what happens to one is a service message in it, which the bot hears even of its own doing."""

from typing import Any

from sandbox.telegram.people import Chat, Message, Topic
from sandbox.telegram.threads import in_topic, thread_of
from sandbox.telegram.world import World

Json = dict[str, Any]
COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
LONGEST_NAME = 128
BY_NAME = {True: "forum_topic_closed", False: "forum_topic_reopened"}
GENERAL_BY_NAME = {True: "general_forum_topic_hidden", False: "general_forum_topic_unhidden"}


def create(world: World, chat: Chat, actor: Json, name: str, colour: int, icon: str = "") -> Topic:
    """Its id is that of the message which begins it."""
    topic = Topic(chat.last_message_id + 1, name, colour, actor["id"], icon)
    chat.topics[topic.id] = topic
    told = {key: value for key, value in topic.wire().items() if key != "message_thread_id"}
    note(world, chat, actor, {"forum_topic_created": told, "message_thread_id": topic.id, "is_topic_message": True})
    return topic


def rename(world: World, chat: Chat, actor: Json, topic: Topic, name: str, icon: str) -> bool:
    """False where nothing differs."""
    changed = {key: value for key, value in (("name", name), ("icon", icon)) if getattr(topic, key) != value}
    if not changed:
        return False
    topic.name, topic.icon = name, icon
    told = {"icon_custom_emoji_id" if key == "icon" else key: value for key, value in changed.items()}
    note(world, chat, actor, {"forum_topic_edited": told} | in_topic(chat, topic))
    return True


def set_closed(world: World, chat: Chat, actor: Json, topic: Topic, closed: bool) -> bool:
    """False where it is so already."""
    if topic.closed == closed:
        return False
    topic.closed = closed
    note(world, chat, actor, {BY_NAME[closed]: {}} | in_topic(chat, topic))
    return True


def set_hidden(world: World, chat: Chat, actor: Json, hidden: bool) -> bool:
    """The General topic; a hidden one is closed too. False where it is so already."""
    if chat.general.hidden == hidden:
        return False
    chat.general.hidden = hidden
    chat.general.closed = chat.general.closed or hidden
    note(world, chat, actor, {GENERAL_BY_NAME[hidden]: {}})
    return True


def delete(world: World, chat: Chat, topic: Topic) -> None:
    """With every message in it; the bot is not told."""
    del chat.topics[topic.id]
    world.delete(chat, [one.id for one in chat.messages.values() if thread_of(one) == topic.id])
    _show(world, chat)


def note(world: World, chat: Chat, actor: Json, content: Json) -> Message:
    """A service message; every bot of the group hears it."""
    message = world.post(chat, actor, content)
    if chat.bot_status in ("administrator", "member"):
        world.mailbox.put("message", chat.id, message.wire)
    _show(world, chat)
    return message


def _show(world: World, chat: Chat) -> None:
    if chat.is_forum:
        world.feed.tell("topics", chat.id)
