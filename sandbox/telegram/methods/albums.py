"""Albums: two to ten photos, or two to ten documents, that lie together."""

import secrets
from typing import Any

from sandbox.telegram.errors import bad_request, not_done_here
from sandbox.telegram.methods.call import Call
from sandbox.telegram.methods.media import look_of, take_file
from sandbox.telegram.methods.sending import options, put
from sandbox.telegram.text import caption_of

Json = dict[str, Any]


async def send_media_group(call: Call) -> list[Json]:
    chat = call.chat()
    media = call.asked["media"]
    if not 2 <= len(media) <= 10:
        raise bad_request("wrong number of media in an album: 2 to 10 are expected")
    if len({item["type"] for item in media}) > 1:
        raise bad_request("document can't be mixed with other media types")
    contents = [await media_content(call, item) for item in media]
    place = options(call, chat) | {"media_group_id": str(secrets.randbits(53))}
    call.spend(chat, len(media))
    return [put(call, chat, content | place).wire for content in contents]


async def media_content(call: Call, item: Json) -> Json:
    """The content of a message with this InputMedia; only photos and documents are done."""
    kind = item["type"]
    if kind not in ("photo", "document"):
        raise not_done_here(f"media of type {kind}")
    content = caption_of(item) | (look_of(item) if kind == "photo" else {})
    stored = await take_file(call, item["media"], kind)
    return {kind: stored.media()} | content
