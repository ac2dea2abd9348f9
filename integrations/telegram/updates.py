"""What arrives: one update, read with aiogram's models and said in plain words."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Chat, ChatMemberUpdated, InaccessibleMessage, Message, Update, User
from pydantic import ValidationError
from pydantic_core import from_json

from bot.conversation.event import Contact, Event, Kind, Origin, Sender
from bot.logs import log
from integrations.telegram.content import Nature, file_of, nature_of

CHANNEL = "telegram"
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
_START = re.compile(r"/start(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MEDIA = ("photo", "document", "video", "animation", "audio")
_OF_TAPPED = ("message_id", "date", "chat", "message_thread_id", "is_topic_message", *_MEDIA)
_OF_ANSWERED = ("message_id", "date", "chat", "forum_topic_created")
_GROUP_HEARS = (Kind.WROTE, Kind.SENT_FILE)
_GONE = ("kicked", "left")
_log = log("integrations.telegram")


@dataclass(frozen=True, slots=True)
class Moved:
    """A group became a supergroup and has a new id."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The bot was put out of a group."""

    chat: str


@dataclass(frozen=True, slots=True)
class Closed:
    """Somebody closed a topic, or opened it again."""

    chat: str
    thread: str
    closed: bool


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update in our words; `news` is None where nothing concerns us, `callback` asks to be answered anyway."""

    chat: str
    news: Event | Moved | Gone | Closed | None = None
    callback: str | None = None


def read(body: str | bytes, now: datetime) -> Incoming | None:
    """None for what cannot be decoded; that is logged without its content."""
    try:
        update = Update.model_validate(lean(from_json(body)))
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        places = [".".join(str(part)[:40] for part in fault["loc"][:6]) for fault in faults[:3]]
        _log.error("telegram update cannot be decoded", size=len(body), places=places)
        return None
    except ValueError:
        _log.error("telegram update is not JSON", size=len(body))
        return None
    return _incoming(update, now)


def lean(update: Any) -> Any:
    """Without what is never used: our own message, which comes back with every tap and costs most of the reading."""
    match update:
        case {"callback_query": {"message": dict(message)} as query}:
            query["message"] = {name: message[name] for name in _OF_TAPPED if name in message}
        case {"message": {"reply_to_message": dict(answered)} as message} | {
            "edited_message": {"reply_to_message": dict(answered)} as message
        }:
            message["reply_to_message"] = {name: answered[name] for name in _OF_ANSWERED if name in answered}
    return update


def _incoming(update: Update, now: datetime) -> Incoming:
    if update.callback_query is not None:
        return _tapped(update.update_id, update.callback_query, now)
    if update.message is not None:
        return _message(update.update_id, update.message, now)
    if update.edited_message is not None:
        return _edited(update.update_id, update.edited_message, now)
    if update.my_chat_member is not None:
        return _member(update.update_id, update.my_chat_member, now)
    return Incoming("")


def _tapped(update_id: int, query: CallbackQuery, now: datetime) -> Incoming:
    message, sender = query.message, _sender(query.from_user)
    place = str(message.chat.id) if message is not None and message.chat.type != ChatType.PRIVATE else ""
    chat = place or sender.external_id
    if query.data is None:
        return Incoming(chat, callback=query.id)
    origin, thread = None, ""
    if message is not None and not isinstance(message, InaccessibleMessage):
        origin = Origin(str(message.message_id), has_media=_has_media(message), has_file=message.document is not None)
        thread = _thread(message)
    event = Event(
        str(update_id), sender, Kind.TAPPED, now, action=query.data, origin=origin, place=place, thread=thread
    )
    return Incoming(chat, event, query.id)


def _message(update_id: int, message: Message, now: datetime) -> Incoming:
    chat = str(message.chat.id)
    if message.migrate_to_chat_id is not None:
        return Incoming(chat, Moved(chat, str(message.migrate_to_chat_id)))
    if message.migrate_from_chat_id is not None:
        return Incoming(chat, Moved(str(message.migrate_from_chat_id), chat))
    if message.forum_topic_closed or message.forum_topic_reopened:
        return Incoming(chat, Closed(chat, _thread(message), message.forum_topic_closed is not None))
    said = _said(str(update_id), _author(message), message, now)
    if said is None:
        return Incoming(chat)
    said = replace(said, message=str(message.message_id), reply_to=_answered(message), album=_album(message))
    if message.chat.type == ChatType.PRIVATE:
        return Incoming(chat, said)
    return Incoming(chat, _in_group(said, message))


def _edited(update_id: int, message: Message, now: datetime) -> Incoming:
    """Only words can be other; of a file those under it."""
    chat, private = str(message.chat.id), message.chat.type == ChatType.PRIVATE
    if nature_of(message) not in (Nature.TEXT, Nature.FILE):
        return Incoming(chat)
    text = (message.text or message.caption or "").replace("\0", "")
    event = Event(
        str(update_id),
        _author(message),
        Kind.EDITED,
        now,
        text=text,
        place="" if private else chat,
        thread="" if private else _thread(message),
        message=str(message.message_id),
        album=_album(message),
    )
    return Incoming(chat, event)


def _in_group(said: Event, message: Message) -> Event | None:
    """Everything said there is words or a file: a group has no start, and nobody's own phone comes from it."""
    if said.kind is Kind.STARTED:
        said = replace(said, kind=Kind.WROTE, text=message.text or "")
    if said.kind is Kind.SHARED_PHONE:
        said = replace(said, kind=Kind.SENT_FILE, contact=None, file=file_of(message))
    if said.kind not in _GROUP_HEARS:
        return None
    return replace(said, place=str(message.chat.id), thread=_thread(message))


def _author(message: Message) -> Sender:
    """Who speaks; a chat in whose name somebody speaks is not a person, and its id begins with a minus."""
    return _sender(message.sender_chat or message.from_user or message.chat)


def _thread(message: Message) -> str:
    return str(message.message_thread_id) if message.is_topic_message and message.message_thread_id else ""


def _answered(message: Message) -> str:
    """In a topic every message that answers nothing seems to answer the topic's beginning."""
    answered = message.reply_to_message
    return "" if answered is None or answered.forum_topic_created else str(answered.message_id)


def _album(message: Message) -> str:
    return message.media_group_id or ""


def _said(event_id: str, sender: Sender, message: Message, now: datetime) -> Event | None:
    at = min(message.date, now)
    match nature_of(message):
        case Nature.TEXT:
            text = (message.text or "").replace("\0", "")
            if start := _START.fullmatch(text.strip()):
                payload = start[1] or ""
                known = payload if PAYLOAD.fullmatch(payload) else ""
                return Event(event_id, sender, Kind.STARTED, at, text=known)
            return Event(event_id, sender, Kind.WROTE, at, text=text)
        case Nature.CONTACT:
            return Event(event_id, sender, Kind.SHARED_PHONE, at, contact=_contact(message))
        case Nature.SERVICE:
            return None
        case Nature.FILE:
            caption = (message.caption or "").replace("\0", "")
            return Event(event_id, sender, Kind.SENT_FILE, at, text=caption, file=file_of(message))


def _contact(message: Message) -> Contact | None:
    """Proven only where the person pressed the button: a card from the address book or a forward proves nothing."""
    shared, author = message.contact, message.from_user
    if shared is None:
        return None
    own = author is not None and shared.user_id == author.id and message.forward_origin is None
    phone = shared.phone_number
    if own and phone.isdecimal():  # Telegram leaves the plus out of some
        phone = f"+{phone}"
    return Contact(phone, proven=own)


def _member(update_id: int, change: ChatMemberUpdated, now: datetime) -> Incoming:
    chat = str(change.chat.id)
    if change.new_chat_member.status not in _GONE:
        return Incoming(chat)
    if change.chat.type == ChatType.PRIVATE:
        return Incoming(chat, Event(str(update_id), _sender(change.from_user), Kind.LEFT, min(change.date, now)))
    return Incoming(chat, Gone(chat))


def _sender(who: User | Chat) -> Sender:
    name = " ".join(part for part in (who.first_name, who.last_name) if part).replace("\0", "")
    language = who.language_code if isinstance(who, User) else None
    return Sender(CHANNEL, str(who.id), name, language)


def _has_media(message: Message) -> bool:
    return any(getattr(message, name) for name in _MEDIA)
