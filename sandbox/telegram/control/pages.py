"""The phone for a browser, files as a client shows them, and the live stream of changes."""

import json
from contextlib import suppress
from pathlib import Path

from aiohttp import web

from sandbox.telegram.errors import ApiError
from sandbox.telegram.files import Stored
from sandbox.telegram.keys import WORLD

STATIC = Path(__file__).parent.parent / "static"
FILES = {path.name: path for path in STATIC.iterdir() if path.suffix in (".js", ".css", ".html")}
TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'"
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
HEARTBEAT = 15.0


async def static_file(request: web.Request) -> web.StreamResponse:
    """A file of the phone, by its exact name only."""
    path = FILES.get(request.match_info["name"])
    if path is None:
        raise web.HTTPNotFound
    return _file(path, {"Cache-Control": "no-cache"})


async def phone_page(request: web.Request) -> web.StreamResponse:
    """One phone alone on a page."""
    return _file(FILES["page.html"], {"Content-Security-Policy": POLICY})


def _file(path: Path, headers: dict[str, str]) -> web.Response:
    headers = headers | {"X-Content-Type-Options": "nosniff"}
    return web.Response(body=path.read_bytes(), content_type=TYPES[path.suffix], charset="utf-8", headers=headers)


async def kept_file(request: web.Request) -> web.StreamResponse:
    """A photo to look at, or anything else to save: what people send must not run in this origin."""
    try:
        stored = request.app[WORLD].files.by_id(request.match_info["id"])
    except ApiError:
        raise web.HTTPNotFound from None
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, max-age=3600, immutable",
    }
    shown = _shown_type(stored)
    response = web.Response(body=stored.upload.content, content_type=shown or "application/octet-stream")
    response.headers.update(headers)
    if shown is None:
        response.headers["Content-Disposition"] = "attachment"
    return response


def _shown_type(stored: Stored) -> str | None:
    suffix = stored.path.rpartition(".")[2].replace("jpg", "jpeg")
    kind = f"image/{suffix}"
    return kind if stored.kind == "photo" and kind in PICTURES else None


async def stream(request: web.Request) -> web.StreamResponse:
    """Server-Sent Events: `data:` is a JSON object with type and chat; a comment every 15 s keeps the line alive."""
    chat = request.query.get("chat", "")
    wanted = int(chat) if chat.lstrip("-").isdecimal() and len(chat) < 20 else None
    try:
        with request.app[WORLD].feed.watching(wanted) as watcher:
            headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
            response = web.StreamResponse(headers=headers)
            await response.prepare(request)
            await response.write(b'retry: 1000\n\ndata: {"type": "hello", "chat": null}\n\n')
            with suppress(ConnectionError):
                while (event := await watcher.next(HEARTBEAT)) is not None:
                    line = f"data: {json.dumps(event, ensure_ascii=False)}\n\n" if event else ": still here\n\n"
                    await response.write(line.encode())
            return response
    except OverflowError as full:
        return web.json_response({"error": str(full)}, status=429)
