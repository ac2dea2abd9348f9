"""Pages of the web server in front of the program."""

from html import escape

from aiohttp import web

_WORDS = {400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 502: "Bad Gateway", 503: "Service Unavailable"}


def html(status: int, text: str = "") -> web.Response:
    """An error page."""
    words = escape(text or _WORDS.get(status, "Error"))
    body = f"<!DOCTYPE html><html><head><title>{words}</title></head><body><h2>{status} {words}</h2></body></html>"
    return web.Response(status=status, text=body, content_type="text/html")


def unauthorized() -> web.Response:
    """Wrong user or password."""
    page = html(401, "401.5 - Unauthorized")
    page.headers["WWW-Authenticate"] = 'Basic realm="1C:Enterprise 8.3"'
    return page


def login() -> web.Response:
    """A sign-in page that comes with status 200."""
    form = '<form method="post"><input name="user"><input name="password" type="password"></form>'
    return web.Response(text=f"<!DOCTYPE html><html><body><h1>Вхід</h1>{form}</body></html>", content_type="text/html")
