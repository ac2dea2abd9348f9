"""Photos and documents: an upload, an address, or a file Telegram already has."""

from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.fetching import fetch
from sandbox.telegram.files import Stored
from sandbox.telegram.methods.call import Call
from sandbox.telegram.methods.sending import post
from sandbox.telegram.text import caption_of
from sandbox.telegram.upload import Upload

Json = dict[str, Any]


async def send_photo(call: Call) -> Json:
    chat = call.chat()
    content = caption_of(call.asked) | look_of(call.asked)
    stored = await take_file(call, call.asked["photo"], "photo")
    return post(call, chat, {"photo": stored.media()} | content)


async def send_document(call: Call) -> Json:
    chat = call.chat()
    content = caption_of(call.asked)
    stored = await take_file(call, call.asked["document"], "document")
    return post(call, chat, {"document": stored.media()} | content)


async def get_file(call: Call) -> Json:
    return call.world.files.by_id(call.asked["file_id"]).as_file()


async def take_file(call: Call, given: Upload | str, kind: str) -> Stored:
    """The kept file of an upload, an http(s) address, `attach://name` or a file id. Raises ApiError 400."""
    if isinstance(given, Upload):
        return call.world.files.keep(given, kind)
    if given.startswith("attach://"):
        upload = call.files.get(given.removeprefix("attach://"))
        if upload is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return call.world.files.keep(upload, kind)
    if given.startswith(("http://", "https://")):
        return call.world.files.keep(await fetch(given, kind), kind)
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    return call.world.files.by_id(given, kind)


def look_of(asked: Json) -> Json:
    """Flags of a photo that the message repeats."""
    flags = {"has_media_spoiler": asked.get("has_spoiler"), "show_caption_above_media": _above(asked)}
    return {name: True for name, value in flags.items() if value}


def _above(asked: Json) -> bool:
    return bool(asked.get("show_caption_above_media") and asked.get("caption"))
