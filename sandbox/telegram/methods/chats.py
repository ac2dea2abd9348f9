"""Chats as the bot may ask about them, pins, and leaving a group."""

from typing import Any

from sandbox.telegram.acting import bot_member, membership
from sandbox.telegram.errors import bad_request
from sandbox.telegram.methods.call import Call
from sandbox.telegram.people import Chat
from sandbox.telegram.places import find_chat

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
        return bot_member(call.world, chat.bot_status)
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
    chat = _pinnable(call)
    message = chat.messages.get(call.asked["message_id"])
    if message is None:
        raise bad_request("message to pin not found")
    chat.pinned = [*(one for one in chat.pinned if one != message.id), message.id]
    call.world.feed.tell("pinned", chat.id, pinned=chat.pinned)
    return True


async def unpin_chat_message(call: Call) -> bool:
    """Without a message, the last pinned one."""
    chat = _pinnable(call)
    wanted = call.asked.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned = [one for one in chat.pinned if one != wanted]
    call.world.feed.tell("pinned", chat.id, pinned=chat.pinned)
    return True


async def leave_chat(call: Call) -> bool:
    chat = call.chat()
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    body = membership(call.world, chat, None, chat.bot_status, "left")
    chat.bot_status = "left"
    call.world.mailbox.put("my_chat_member", chat.id, body)
    return True


def _pinnable(call: Call) -> Chat:
    chat = call.chat()
    if chat.kind != "private" and chat.bot_status != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat
