"""The phone for a browser: its script and style, and a bare page that mounts it."""

from pathlib import Path

from aiohttp import web

STATIC = Path(__file__).parent / "static"
FILES = {path.name: path for path in STATIC.iterdir() if path.suffix in (".js", ".css", ".html")}
TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}
POLICY = "default-src 'self'; img-src * data: blob:; style-src 'self' 'unsafe-inline'; base-uri 'none'"


async def static_file(request: web.Request) -> web.StreamResponse:
    """A file of the phone, by its exact name only."""
    path = FILES.get(request.match_info["name"])
    if path is None:
        raise web.HTTPNotFound
    return _file(path, {"Cache-Control": "no-cache"})


async def phone_page(request: web.Request) -> web.StreamResponse:
    """One phone alone on a page."""
    return _file(FILES["phone.html"], {"Content-Security-Policy": POLICY})


def _file(path: Path, headers: dict[str, str]) -> web.Response:
    headers = headers | {"X-Content-Type-Options": "nosniff"}
    return web.Response(body=path.read_bytes(), content_type=TYPES[path.suffix], charset="utf-8", headers=headers)
