"""Sending on a message that is already somewhere."""

from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.markup import check_markup
from sandbox.telegram.methods.call import Call
from sandbox.telegram.methods.sending import options, post, put
from sandbox.telegram.people import Message
from sandbox.telegram.places import find_chat
from sandbox.telegram.text import caption_of

Json = dict[str, Any]
CONTENT = ("text", "entities", "link_preview_options", "photo", "document", "contact", "location")
CAPTION = ("caption", "caption_entities", "has_media_spoiler")


async def forward_message(call: Call) -> Json:
    chat = call.chat()
    original = _original(call, "forward")
    content = _content(original)
    origin = original.wire.get("forward_origin") or {
        "type": "user",
        "sender_user": original.wire["from"],
        "date": original.wire["date"],
    }
    place = options(call, chat)
    call.spend(chat)
    return put(call, chat, content | place | {"forward_origin": origin}).wire


async def copy_message(call: Call) -> Json:
    """{message_id}: the copy has no link to the original."""
    chat = call.chat()
    original = _original(call, "copy")
    check_markup(call.asked.get("reply_markup"), chat)
    content = _content(original)
    if "caption" in call.asked:
        kept = {key: value for key, value in content.items() if key not in CAPTION[:2]}
        content = kept | caption_of(call.asked)
    return {"message_id": post(call, chat, content)["message_id"]}


def _original(call: Call, purpose: str) -> Message:
    source = find_chat(call.world, call.asked["from_chat_id"])
    message = source.messages.get(call.asked["message_id"])
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    if message.wire.get("has_protected_content") or not message.wire.keys() & set(CONTENT):
        raise bad_request(f"message can't be {'copied' if purpose == 'copy' else 'forwarded'}")
    return message


def _content(message: Message) -> Json:
    return {key: value for key, value in message.wire.items() if key in (*CONTENT, *CAPTION)}
