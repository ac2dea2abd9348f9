"""Control side: what people do with the topics of a forum."""

from typing import Any

from sandbox.telegram import forum
from sandbox.telegram.acting import Impossible
from sandbox.telegram.control.asked import Asked, Unknown, Wrong
from sandbox.telegram.people import GENERAL, Chat, Person, Topic
from sandbox.telegram.view import topic_view

Json = dict[str, Any]


async def create(asked: Asked) -> Json:
    chat, person = _inside(asked)
    topic = forum.create(asked.world, chat, person.user(), _name(asked), forum.COLOURS[len(chat.topics) % 6])
    return topic_view(topic)


async def rename(asked: Asked) -> Json:
    chat, person, topic = _owned(asked)
    forum.rename(asked.world, chat, person.user(), topic, _name(asked), topic.icon)
    return topic_view(topic)


async def close(asked: Asked) -> Json:
    """`closed: false` opens it again."""
    chat, person, topic = _owned(asked)
    forum.set_closed(asked.world, chat, person.user(), topic, asked.flag("closed", True))
    return topic_view(topic)


async def delete(asked: Asked) -> Json:
    """With its messages; the bot is told nothing."""
    chat, _, topic = _owned(asked)
    if topic is chat.general:
        raise Impossible("the General topic cannot be deleted")
    forum.delete(asked.world, chat, topic)
    return topic_view(topic)


def _inside(asked: Asked) -> tuple[Chat, Person]:
    chat, person = asked.chat(), asked.person()
    if not chat.is_forum:
        raise Impossible("the chat is not a forum")
    if person.id not in chat.members:
        raise Impossible("the person is not a member of this chat")
    return chat, person


def _owned(asked: Asked) -> tuple[Chat, Person, Topic]:
    """A topic this person may change: an administrator any, others their own."""
    chat, person = _inside(asked)
    thread = asked.whole("thread")
    topic = chat.general if thread == GENERAL else chat.topics.get(thread)
    if topic is None:
        raise Unknown("no such topic")
    if person.id not in chat.administrators and topic.creator != person.id:
        raise Impossible("only an administrator or who made the topic may do it")
    return chat, person, topic


def _name(asked: Asked) -> str:
    name = asked.text("name", longest=forum.LONGEST_NAME).strip()
    if not name:
        raise Wrong("name: a text is expected")
    return name
