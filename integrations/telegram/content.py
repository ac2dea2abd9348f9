"""What a message holds: text, a phone, a service notice, or anything else, which counts as a file."""

from enum import Enum

from aiogram.enums import ContentType
from aiogram.types import Message

from bot.conversation.event import File

_SERVICE = frozenset(
    {
        ContentType.BOOST_ADDED,
        ContentType.CHAT_BACKGROUND_SET,
        ContentType.CHECKLIST_TASKS_ADDED,
        ContentType.CHECKLIST_TASKS_DONE,
        ContentType.CONNECTED_WEBSITE,
        ContentType.FORUM_TOPIC_CLOSED,
        ContentType.FORUM_TOPIC_CREATED,
        ContentType.FORUM_TOPIC_EDITED,
        ContentType.FORUM_TOPIC_REOPENED,
        ContentType.GENERAL_FORUM_TOPIC_HIDDEN,
        ContentType.GENERAL_FORUM_TOPIC_UNHIDDEN,
        ContentType.MESSAGE_AUTO_DELETE_TIMER_CHANGED,
        ContentType.PINNED_MESSAGE,
        ContentType.PROXIMITY_ALERT_TRIGGERED,
        ContentType.WRITE_ACCESS_ALLOWED,
    }
)
"""Telegram's own notices in a private chat: the person said nothing, so nothing is answered."""


class Nature(Enum):
    """How a message is to be understood."""

    TEXT = "text"
    CONTACT = "contact"
    SERVICE = "service"
    FILE = "file"


def nature_of(message: Message) -> Nature:
    match message.content_type:
        case ContentType.TEXT:
            return Nature.TEXT
        case ContentType.CONTACT:
            return Nature.CONTACT
        case kind if kind in _SERVICE:
            return Nature.SERVICE
        case _:
            return Nature.FILE


def file_of(message: Message) -> File:
    """The kind is Telegram's own word: photo, document, voice, sticker, location, dice…"""
    kind = str(ContentType(message.content_type).value)
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return File(kind, size=largest.file_size or 0, ref=largest.file_id)
    named = message.animation or message.document or message.audio or message.video
    if named is not None:
        name = (named.file_name or "").replace("\0", "")
        return File(kind, name=name, size=named.file_size or 0, ref=named.file_id)
    plain = message.voice or message.video_note or message.sticker
    if plain is not None:
        return File(kind, size=plain.file_size or 0, ref=plain.file_id)
    return File(kind)
