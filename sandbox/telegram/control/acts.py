"""Control side: what a person does with the phone in the hand."""

import asyncio
import base64
import binascii
from contextlib import suppress
from typing import Any

from sandbox.telegram import acting
from sandbox.telegram.acting import Impossible
from sandbox.telegram.control.asked import Asked, Wrong
from sandbox.telegram.errors import ApiError
from sandbox.telegram.people import Chat
from sandbox.telegram.upload import Upload
from sandbox.telegram.view import message_view
from sandbox.telegram.world import Query

Json = dict[str, Any]
LONGEST_WAIT = 60.0


async def say(asked: Asked) -> Json:
    message = acting.say(
        asked.world,
        asked.person(),
        asked.chat(),
        asked.text("text"),
        forward=asked.optional_object("forward"),
        reply_to=asked.optional_whole("reply_to"),
        thread=asked.optional_whole("thread"),
    )
    return message_view(message)


async def start(asked: Asked) -> Json:
    return message_view(acting.start(asked.world, asked.person(), asked.text("payload", "")))


async def edit(asked: Asked) -> Json:
    text = asked.text("text")
    return message_view(acting.edit(asked.world, asked.person(), asked.chat(), asked.whole("message_id"), text))


async def share_phone(asked: Asked) -> Json:
    """The phone of the account, unless another is given; `contact_user_id: null` is a card without an account."""
    person = asked.person()
    contact: Json = {"phone_number": asked.text("phone", person.phone, 32), "first_name": person.first_name}
    if person.last_name:
        contact["last_name"] = person.last_name
    if "contact_user_id" not in asked.given:
        contact["user_id"] = person.id
    elif asked.has("contact_user_id"):
        contact["user_id"] = asked.whole("contact_user_id")
    if not contact["phone_number"]:
        raise Impossible("the account has no phone")
    forward = asked.optional_object("forwarded")
    return message_view(acting.share_contact(asked.world, person, contact, forward))


async def send_photo(asked: Asked) -> Json:
    return await _send_file(asked, "photo", "photo.jpg")


async def send_file(asked: Asked) -> Json:
    return await _send_file(asked, "document", "file.bin")


async def _send_file(asked: Asked, kind: str, name: str) -> Json:
    upload, caption = _upload(asked, name), asked.text("caption", "")
    place = {"reply_to": asked.optional_whole("reply_to"), "thread": asked.optional_whole("thread")}
    try:
        message = acting.send_file(asked.world, asked.person(), asked.chat(), upload, kind, caption, **place)
    except ApiError as error:
        raise Impossible(error.description) from None
    return message_view(message)


def _upload(asked: Asked, name: str) -> Upload:
    if asked.files:
        return next(iter(asked.files.values()))
    try:
        content = base64.b64decode(asked.text("content_base64", longest=80_000_000), validate=True)
    except (binascii.Error, ValueError):
        raise Wrong("content_base64: base64 is expected") from None
    return Upload(asked.text("name", name, 255), content)


async def tap(asked: Asked) -> Json:
    """Presses an inline button and waits up to `wait` seconds for the bot's answer to it."""
    world, person, chat = asked.world, asked.person(), asked.chat()
    message_id = asked.whole("message_id")
    button: Json = {"callback_data": asked.text("data")} if asked.has("data") else _button(asked, chat, message_id)
    if "callback_data" not in button:
        return {key: value for key, value in button.items() if key != "text"}
    query = acting.tap(world, person, chat, message_id, button["callback_data"])
    await _answered(query, min(asked.number("wait", 5.0), LONGEST_WAIT))
    return {"query_id": query.id, "answered": query.answer is not None} | (query.answer or {})


def _button(asked: Asked, chat: Chat, message_id: int) -> Json:
    message = chat.messages.get(message_id)
    rows = message.wire.get("reply_markup", {}).get("inline_keyboard", []) if message else []
    row, column = asked.whole("row"), asked.whole("column")
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise Impossible("there is no such button")
    button: Json = rows[row][column]
    return button


async def _answered(query: Query, patience: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(query.done.wait(), patience)
