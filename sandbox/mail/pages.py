"""What a person opens: the inbox, a letter's HTML shut away from everything, its files and the letter as it came."""

import re
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from sandbox.mail.letters import Received
from sandbox.mail.office import Office
from sandbox.mail.reading import read

STATIC = Path(__file__).parent / "static"
FILES = {path.name: path for path in STATIC.iterdir() if path.suffix in (".js", ".css")}
TYPES = {".js": "text/javascript", ".css": "text/css"}
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
_LETTER_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data: http://127.0.0.1:*; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
"""No script, no form, nothing from elsewhere; a link opens a tab of its own."""
_HEAD = re.compile(r"<head(\s[^>]*)?>", re.IGNORECASE)
_QUIET = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


def page_routes(office: Office) -> list[web.RouteDef]:
    """All of them are addressed relative to each other, so that they work under a folder too."""
    pages = _Pages(office)
    return [
        web.get("/", pages.inbox),
        web.get("/assets/{name}", asset),
        web.get("/letters/{id}/html", pages.html),
        web.get("/letters/{id}/files/{place}", pages.file),
        web.get("/letters/{id}/raw", pages.raw),
    ]


async def asset(request: web.Request) -> web.StreamResponse:
    """A script or a style, by its exact name only."""
    path = FILES.get(request.match_info["name"])
    if path is None:
        raise web.HTTPNotFound
    return web.Response(body=path.read_bytes(), content_type=TYPES[path.suffix], charset="utf-8", headers=_QUIET)


class _Pages:
    def __init__(self, office: Office) -> None:
        self._office = office

    async def inbox(self, request: web.Request) -> web.Response:
        page = (STATIC / "inbox.html").read_text("utf-8")
        headers = _QUIET | {"Content-Security-Policy": _PAGE_POLICY}
        return web.Response(text=page, content_type="text/html", headers=headers)

    async def html(self, request: web.Request) -> web.Response:
        html = read(self._require(request).raw).html
        if html is None:
            raise web.HTTPNotFound
        headers = _QUIET | {"Content-Security-Policy": _LETTER_POLICY}
        return web.Response(text=_outward(html), content_type="text/html", charset="utf-8", headers=headers)

    async def file(self, request: web.Request) -> web.Response:
        files, place = read(self._require(request).raw).files, request.match_info["place"]
        if not place.isdecimal() or len(place) > 4 or int(place) >= len(files):
            raise web.HTTPNotFound
        return _download(files[int(place)].name, files[int(place)].content)

    async def raw(self, request: web.Request) -> web.Response:
        letter = self._require(request)
        return _download(f"{letter.id}.eml", letter.raw)

    def _require(self, request: web.Request) -> Received:
        number = request.match_info["id"]
        letter = self._office.letters.get(int(number)) if number.isdecimal() and len(number) < 16 else None
        if letter is None:
            raise web.HTTPNotFound
        return letter


def _outward(html: str) -> str:
    """Links open a new tab: the frame itself goes nowhere."""
    base = '<base target="_blank">'
    head = _HEAD.search(html)
    return f"{html[: head.end()]}{base}{html[head.end() :]}" if head else base + html


def _download(name: str, content: bytes) -> web.Response:
    """Never shown in the browser, whatever it claims to be."""
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    headers = _QUIET | {"Content-Disposition": disposition, "Content-Security-Policy": "default-src 'none'; sandbox"}
    return web.Response(body=content, content_type="application/octet-stream", headers=headers)
