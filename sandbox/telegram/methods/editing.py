"""Changing a message in place."""

from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.markup import check_markup
from sandbox.telegram.methods.albums import media_content
from sandbox.telegram.methods.call import Call
from sandbox.telegram.people import Chat, Message
from sandbox.telegram.places import own_message
from sandbox.telegram.text import caption_of, text_of

Json = dict[str, Any]
TEXT = ("text", "entities", "link_preview_options")
CAPTION = ("caption", "caption_entities", "show_caption_above_media")
MEDIA = ("photo", "document", "has_media_spoiler", *CAPTION)


async def edit_text(call: Call) -> Json:
    chat, message = _target(call)
    if "text" not in message.wire:
        raise bad_request("there is no text in the message to edit")
    content = text_of(call.asked)
    if "link_preview_options" in call.asked:
        content["link_preview_options"] = call.asked["link_preview_options"]
    return _change(call, chat, message, TEXT, content)


async def edit_caption(call: Call) -> Json:
    chat, message = _target(call)
    if not message.wire.keys() & {"photo", "document"}:
        raise bad_request("there is no caption in the message to edit")
    content = caption_of(call.asked)
    if call.asked.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return _change(call, chat, message, CAPTION, content)


async def edit_reply_markup(call: Call) -> Json:
    chat, message = _target(call)
    return _change(call, chat, message, (), {})


async def edit_media(call: Call) -> Json:
    chat, message = _target(call)
    if "media_group_id" in message.wire and call.asked["media"]["type"] not in message.wire:
        raise bad_request("type of an album's item can't be changed")
    content = await media_content(call, call.asked["media"])
    return _change(call, chat, message, (*MEDIA, *TEXT), content)


def _target(call: Call) -> tuple[Chat, Message]:
    for name in ("chat_id", "message_id"):
        if name not in call.asked and "inline_message_id" not in call.asked:
            raise bad_request("message identifier is not specified" if name == "message_id" else "chat_id is empty")
    chat = call.chat()
    message = own_message(call.world, chat, call.asked.get("message_id"), "edit")
    if message.markup not in ("inline", "none") or "forward_origin" in message.wire:
        raise bad_request("message can't be edited")
    check_markup(call.asked.get("reply_markup"), chat)
    return chat, message


def _change(call: Call, chat: Chat, message: Message, replaced: tuple[str, ...], content: Json) -> Json:
    """A keyboard that is left out is taken away, as Telegram does."""
    markup = call.asked.get("reply_markup")
    content |= {"reply_markup": markup} if markup and any(markup["inline_keyboard"]) else {}
    gone = (*replaced, "reply_markup")
    kept = {key: value for key, value in message.wire.items() if key not in gone}
    before = {key: value for key, value in message.wire.items() if key in gone}
    if _comparable(before) == _comparable(content):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same"
            " as a current content and reply markup of the message"
        )
    call.spend(chat)
    message.wire = kept | content | {"edit_date": call.world.clock.seconds()}
    call.world.changed(chat, message)
    return message.wire


def _comparable(content: Json) -> Json:
    """Files are the same when their bytes are, whatever id they came under."""
    known = dict(content)
    if "photo" in known:
        known["photo"] = [size["file_unique_id"] for size in known["photo"]]
    if "document" in known:
        known["document"] = (known["document"]["file_unique_id"], known["document"]["file_name"])
    return known
