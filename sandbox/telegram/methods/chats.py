"""Chats as the bot may ask about them, pins, and leaving a group."""

from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.forum import note
from sandbox.telegram.methods.call import Call
from sandbox.telegram.people import Chat
from sandbox.telegram.places import find_chat
from sandbox.telegram.standing import bot_member, put_bot
from sandbox.telegram.threads import place, quoted, thread_of

Json = dict[str, Any]
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


async def get_chat(call: Call) -> Json:
    chat = find_chat(call.world, call.asked["chat_id"])
    full = chat.wire() | {"accent_color_id": chat.id % 7, "max_reaction_count": 11}
    full["accepted_gift_types"] = dict.fromkeys(GIFTS, False)
    if chat.pinned and chat.pinned[-1] in chat.messages:
        full["pinned_message"] = chat.messages[chat.pinned[-1]].wire
    return full


async def get_chat_member(call: Call) -> Json:
    chat = find_chat(call.world, call.asked["chat_id"])
    user_id = call.asked["user_id"]
    if user_id == call.world.bot_id:
        return bot_member(call.world, chat.bot_status, chat.bot_rights)
    person = call.world.people.get(user_id)
    if person is None or (chat.kind == "private" and user_id != chat.id):
        raise bad_request("member not found")
    if user_id in chat.administrators:
        return {"status": "creator", "user": person.user(), "is_anonymous": False}
    inside = user_id in chat.members or user_id == chat.id
    return {"status": "member" if inside else "left", "user": person.user()}


async def get_chat_member_count(call: Call) -> int:
    chat = find_chat(call.world, call.asked["chat_id"])
    return len(chat.members) + 1 if chat.person is None else 2


async def pin_chat_message(call: Call) -> bool:
    """A pin is a service message beside what it pins; pinning again says nothing."""
    chat = _pinnable(call)
    message = chat.messages.get(call.asked["message_id"])
    if message is None:
        raise bad_request("message to pin not found")
    if message.id in chat.pinned:
        return True
    lies = {key: value for key, value in place(chat, thread_of(message), None).items() if key != "reply_to_message"}
    note(call.world, chat, call.world.bot(), {"pinned_message": quoted(message)} | lies)
    return _pin(call, chat, [*chat.pinned, message.id])


async def unpin_chat_message(call: Call) -> bool:
    """Without a message, the last pinned one."""
    chat = _pinnable(call)
    wanted = call.asked.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    return _pin(call, chat, [one for one in chat.pinned if one != wanted])


async def unpin_all_chat_messages(call: Call) -> bool:
    return _pin(call, _pinnable(call), [])


async def unpin_all_forum_topic_messages(call: Call) -> bool:
    chat = _pinnable(call)
    thread = call.asked["message_thread_id"]
    if thread not in chat.topics:
        raise bad_request("message thread not found")
    return _pin(call, chat, [one for one in chat.pinned if thread_of(chat.messages[one]) != thread])


async def leave_chat(call: Call) -> bool:
    chat = call.chat()
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    put_bot(call.world, chat, None, "left")
    return True


def _pin(call: Call, chat: Chat, pinned: list[int]) -> bool:
    chat.pinned = pinned
    call.world.feed.tell("pinned", chat.id, pinned=pinned)
    return True


def _pinnable(call: Call) -> Chat:
    chat = call.chat()
    if chat.kind != "private" and not chat.bot_may("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat
