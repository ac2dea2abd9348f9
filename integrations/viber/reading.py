"""A callback of Viber as an event in plain words."""

from dataclasses import replace
from datetime import UTC, datetime

from viberbot.api.event_type import EventType
from viberbot.api.messages.message_type import MessageType

from bot.conversation.action import is_payload
from bot.conversation.event import Contact, Event, File, Kind, Sender
from integrations.viber.models import Callback, Card, Content
from integrations.viber.plaintext import cleaned

CHANNEL = "viber"
TEXT_LIMIT = 7000
_NAME_LIMIT = 100
_REF_LIMIT = 2000
_PHONE_LIMIT = 32


def event_of(callback: Callback, key: str, now: datetime) -> Event | None:
    """None where nobody did anything that wants an answer: an unknown event, no account, an opened link's echo."""
    if callback.person_id is None:
        return None
    sender = Sender(CHANNEL, callback.person_id, _name(callback), callback.person.language)
    at = _moment(callback.timestamp, now)
    match callback.event:
        case EventType.CONVERSATION_STARTED | EventType.SUBSCRIBED:
            return Event(key, sender, Kind.STARTED, at, text=(callback.context or "")[:TEXT_LIMIT])
        case EventType.UNSUBSCRIBED:
            return Event(key, sender, Kind.LEFT, at)
        case EventType.MESSAGE if callback.message is not None:
            said = _said(callback, callback.message, key, sender, at)
            return None if said is None else replace(said, message=callback.message_token or "")
    return None


def _said(callback: Callback, content: Content, key: str, sender: Sender, at: datetime) -> Event | None:
    kind = content.type or MessageType.TEXT
    if kind == MessageType.TEXT:
        text = (content.text or "")[:TEXT_LIMIT]
        if is_payload(text):
            return Event(key, sender, Kind.TAPPED, at, action=text)
        if callback.silent and text.startswith(("http://", "https://")):
            return None  # a Link button sends its address to the bot as well
        return Event(key, sender, Kind.WROTE, at, text=text)
    if kind == MessageType.CONTACT:
        phone = ((content.contact or Card()).phone_number or "").strip()[:_PHONE_LIMIT]
        return Event(key, sender, Kind.SHARED_PHONE, at, contact=Contact(phone, proven=False))
    file = File(
        kind[:_PHONE_LIMIT],
        (content.file_name or "")[:_NAME_LIMIT],
        max(content.size or 0, 0),
        (content.media or "")[:_REF_LIMIT],
    )
    return Event(key, sender, Kind.SENT_FILE, at, text=(content.text or "")[:TEXT_LIMIT], file=file)


def _name(callback: Callback) -> str:
    return " ".join(cleaned(callback.person.name or "").split())[:_NAME_LIMIT]


def _moment(milliseconds: int | None, now: datetime) -> datetime:
    if milliseconds is None or milliseconds <= 0:
        return now
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return now
