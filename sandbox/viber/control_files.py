"""Control side: pictures, files and videos from the person, and the public addresses they get."""

import base64
import binascii
import mimetypes
import re
from typing import Any

from aiohttp import web

from sandbox.viber import acting
from sandbox.viber.asked import Asked, Wrong
from sandbox.viber.bodies import TooLarge, read_bounded
from sandbox.viber.control_acts import report
from sandbox.viber.keys import WORLD
from sandbox.viber.media import LARGEST

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/n4EIwDiqkL4KAW+FCf1P0j0OAAAAAElFTkSuQmCC"
)
SHOWN_INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp", "video/mp4")


async def send_picture(asked: Asked) -> Any:
    return await _send(asked, "picture", "photo.png", PIXEL)


async def send_file(asked: Asked) -> Any:
    return await _send(asked, "file", "document.txt", "Документ\n".encode())


async def send_video(asked: Asked) -> Any:
    return await _send(asked, "video", "video.mp4", b"\x00\x00\x00\x18ftypmp42")


async def serve(request: web.Request) -> web.StreamResponse:
    """/media/<id>/<name>: what a person sent; everything but pictures and video is a download."""
    stored = request.app[WORLD].media.get(request.match_info["id"])
    if stored is None or stored.name != request.match_info["name"]:
        raise web.HTTPNotFound
    shown = stored.content_type in SHOWN_INLINE
    disposition = "inline" if shown else "attachment"
    content_type = stored.content_type if shown else "application/octet-stream"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return web.Response(body=stored.content, content_type=content_type, headers=headers)


async def _send(asked: Asked, kind: str, default_name: str, default: bytes) -> Any:
    person = asked.person()
    name = _safe_name(asked.text("name", default_name, 256)) or default_name
    content = await _content(asked, default)
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    stored = asked.world.media.add(name, content_type, content)
    path = asked.request.app.router["media"].url_for(id=stored.id, name=name)
    address = str(asked.request.url.origin().join(path))
    message = acting.hosted(kind, address, name, len(content), asked.text("text", "", 768))
    return await report(asked, acting.write(asked.world, person, message))


async def _content(asked: Asked, default: bytes) -> bytes:
    if asked.has("content_base64"):
        try:
            return base64.b64decode(asked.text("content_base64", longest=LARGEST), validate=True)
        except (binascii.Error, ValueError):
            raise Wrong("content_base64 is not base64") from None
    if asked.request.content_type.endswith("json") or not asked.request.can_read_body:
        return default
    try:
        return await read_bounded(asked.request, LARGEST) or default
    except TooLarge:
        raise Wrong(f"the file is larger than {LARGEST} bytes") from None


def _safe_name(name: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f/\\?#%]", "_", name).strip(". ")
