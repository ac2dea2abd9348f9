"""What a person does with the phone: every act leaves the message and the update Telegram would make of it."""

import re
import zlib
from typing import Any

from sandbox.telegram.people import Chat, Message, Person
from sandbox.telegram.standing import bot_member, tell_bot
from sandbox.telegram.text import caption_of, typed_text
from sandbox.telegram.threads import place, quoted
from sandbox.telegram.upload import Upload
from sandbox.telegram.utf16 import utf16_length
from sandbox.telegram.world import Query, World

Json = dict[str, Any]
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
LONGEST_TYPED = 4096
EDITABLE = ("text", "photo", "document")
WORDS = ("text", "entities", "caption", "caption_entities")


class Impossible(Exception):
    """A real client would not let the person do this; the text says why."""


def say(
    world: World,
    person: Person,
    chat: Chat,
    text: str,
    forward: Json | None = None,
    reply_to: int | None = None,
    thread: int | None = None,
) -> Message:
    """Types a text; `forward` ({id} of an account or {first_name}) makes it forwarded, `thread` is a topic."""
    if not text.strip() or utf16_length(text) > LONGEST_TYPED:
        raise Impossible(f"a text of 1 to {LONGEST_TYPED} characters is expected")
    return _send(
        world, person, chat, typed_text(text) | _origin(world, forward) | _placed(world, person, chat, reply_to, thread)
    )


def _placed(world: World, person: Person, chat: Chat, reply_to: int | None, thread: int | None) -> Json:
    if reply_to is not None and reply_to not in chat.messages:
        raise Impossible("the message to reply to is not there")
    if thread is not None and thread not in chat.topics:
        raise Impossible("there is no such topic")
    lies = place(chat, thread, chat.messages[reply_to] if reply_to is not None else None)
    in_topic = lies.get("message_thread_id") if "is_topic_message" in lies else None
    topic = chat.topics[in_topic] if in_topic is not None else chat.general
    if topic.closed and person.id not in chat.administrators:
        raise Impossible("the topic is closed")
    return lies


def start(world: World, person: Person, payload: str) -> Message:
    """Presses START, or opens the bot's link with `?start=`."""
    if payload and not PAYLOAD.fullmatch(payload):
        raise Impossible("a payload is at most 64 of A-Z a-z 0-9 _ -")
    return _send(world, person, world.chats[person.id], typed_text(f"/start {payload}"))


def share_contact(world: World, person: Person, contact: Json, forward: Json | None) -> Message:
    chat = world.chats[person.id]
    asked = _asking_for_contact(chat)
    content = {"contact": contact} | _origin(world, forward)
    return _send(world, person, chat, content | ({"reply_to_message": asked} if asked and not forward else {}))


def send_file(
    world: World,
    person: Person,
    chat: Chat,
    upload: Upload,
    kind: str,
    caption: str,
    reply_to: int | None = None,
    thread: int | None = None,
) -> Message:
    """A photo or a document from the phone."""
    lies = _placed(world, person, chat, reply_to, thread)
    stored = world.files.keep(upload, kind)
    return _send(world, person, chat, {kind: stored.media()} | caption_of({"caption": caption}) | lies)


def edit(world: World, person: Person, chat: Chat, message_id: int, text: str) -> Message:
    """The text of an own message, or the words under its file."""
    message = chat.messages.get(message_id)
    if message is None or message.wire["from"]["id"] != person.id or not message.wire.keys() & set(EDITABLE):
        raise Impossible("only an own text message can be edited")
    kept = {key: value for key, value in message.wire.items() if key not in WORDS}
    words = typed_text(text) if "text" in message.wire else caption_of({"caption": text})
    message.wire = kept | words | {"edit_date": world.clock.seconds()}
    world.changed(chat, message)
    if _reaches_bot(world, chat, message):
        world.mailbox.put("edited_message", chat.id, message.wire)
    return message


def tap(world: World, person: Person, chat: Chat, message_id: int, data: str) -> Query:
    """A callback query; the message may be gone and the data need not be on it, as a hostile client can do."""
    _require_place(person, chat)
    if person.blocked:
        raise Impossible("the bot is blocked")
    query = world.ask(chat, person.id, message_id)
    message = chat.messages.get(message_id)
    gone = {"chat": chat.wire(), "message_id": message_id, "date": 0}
    body = {
        "id": query.id,
        "from": person.user(),
        "message": message.wire if message else gone,
        "chat_instance": str(zlib.crc32(str(chat.id).encode()) << 31),
        "data": data,
    }
    world.mailbox.put("callback_query", chat.id, body)
    return query


def block(world: World, person: Person) -> None:
    if not person.blocked:
        person.blocked = True
        _bot_membership(world, person, "member", "kicked")


def unblock(world: World, person: Person) -> None:
    if person.blocked:
        person.blocked = False
        _bot_membership(world, person, "kicked", "member")


def _bot_membership(world: World, person: Person, before: str, after: str) -> None:
    chat = world.chats[person.id]
    tell_bot(world, chat, person, bot_member(world, before), bot_member(world, after))
    world.feed.tell("chat", chat.id, blocked=person.blocked)


def _send(world: World, person: Person, chat: Chat, content: Json) -> Message:
    _require_place(person, chat)
    if chat.kind == "private":
        unblock(world, person)
        chat.opened = True
    message = world.post(chat, person.user(), content)
    if _reaches_bot(world, chat, message):
        world.mailbox.put("message", chat.id, message.wire)
    return message


def _require_place(person: Person, chat: Chat) -> None:
    if person.deactivated:
        raise Impossible("the account is deactivated")
    if chat.person is not person and person.id not in chat.members:
        raise Impossible("the person is not a member of this chat")
    if chat.migrated_to is not None:
        raise Impossible("the group was upgraded to a supergroup")


def _reaches_bot(world: World, chat: Chat, message: Message) -> bool:
    """In groups a bot that is no administrator hears only commands, mentions and replies to itself."""
    if chat.kind == "private" or chat.bot_status == "administrator":
        return True
    if chat.bot_status != "member":
        return False
    text = message.wire.get("text", "")
    answered = message.wire.get("reply_to_message", {})
    replied = answered.get("from", {}).get("id") == world.bot_id and "forum_topic_created" not in answered
    return replied or text.startswith("/") or f"@{world.bot_username}".lower() in text.lower()


def _asking_for_contact(chat: Chat) -> Json | None:
    """The bot's last message with a keyboard, to which a client's shared phone is a reply."""
    asked = [one for one in chat.messages.values() if one.markup == "reply"]
    return quoted(asked[-1]) if asked else None


def _origin(world: World, forward: Json | None) -> Json:
    if forward is None:
        return {}
    known = world.people.get(forward.get("id", 0))
    if known is not None:
        origin: Json = {"type": "user", "sender_user": known.user()}
    else:
        origin = {"type": "hidden_user", "sender_user_name": str(forward.get("first_name") or "Хтось")}
    return {"forward_origin": origin | {"date": world.clock.seconds() - 60}}
