"""The page that opens our chats: the permanent address to be printed, and the personal one where Viber needs a page."""

import re
from collections.abc import Mapping
from typing import Protocol

from aiohttp import web
from markupsafe import Markup

from bot.i18n import Translator, translator
from bot.ports import Clock
from bot.services.invitations import JOIN
from bot.web.pay.limits import Limit, caller

FROM_ONE_ADDRESS = 60
"""A minute."""
NAMES = {"telegram": "Telegram", "viber": "Viber"}
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
_PAGE = Markup(
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport"'
    ' content="width=device-width, initial-scale=1"><title>{company}</title></head><body style="margin:0 auto;'
    'max-width:30em;padding:24px 16px;font:18px/1.5 sans-serif;color:#1a1a1a;background:#ffffff"><h1>{company}</h1>'
    "<p>{text}</p>{links}<p>{foot}</p></body></html>"
)
_LINK = Markup(
    '<p><a href="{url}" style="display:block;padding:14px 20px;border-radius:8px;background:#0b6b3a;color:#ffffff;'
    'text-align:center;text-decoration:none">{label}</a></p>'
)


class Doors(Protocol):
    """Whoever knows where our chats are; empty while no messenger says its name."""

    async def plain(self) -> dict[str, str]: ...

    async def behind(self, token: str) -> dict[str, str]: ...


def join_routes(
    doors: Doors, company: str, phone: str, *, now: Clock, default_language: str = "uk"
) -> list[web.RouteDef]:
    """Looking at a page uses no link up. Whether a token is good is not told here, only in the chat."""
    limit, tr = Limit(FROM_ONE_ADDRESS, now), translator(default_language)

    def page(links: Mapping[str, str], text: str) -> web.Response:
        if not links:
            text = tr.label("The chats cannot be opened just now. Please try again in a few minutes.")
        shown = _PAGE.format(
            language=tr.language, company=company, text=text,
            links=Markup("").join(_LINK.format(url=url, label=_opens(tr, channel)) for channel, url in links.items()),
            foot=phone,
        )  # fmt: skip
        status = 200 if links else 503
        return web.Response(text=str(shown), content_type="text/html", headers=_HEADERS, status=status)

    def guard(request: web.Request) -> None:
        if not limit.allows(caller(request)):
            raise web.HTTPTooManyRequests(headers=_HEADERS)

    async def permanent(request: web.Request) -> web.Response:
        guard(request)
        text = tr.label("Order in a chat on your phone. Share your number there, and it knows you.")
        return page(await doors.plain(), text)

    async def personal(request: web.Request) -> web.Response:
        guard(request)
        token = request.match_info["token"]
        if not _TOKEN.fullmatch(token):
            raise web.HTTPNotFound(headers=_HEADERS)
        return page(await doors.behind(token), tr.label("Your own entrance: open the chat, and it knows you at once."))

    return [web.get(JOIN, permanent), web.get(f"{JOIN}/{{token}}", personal)]


def _opens(tr: Translator, channel: str) -> str:
    return tr.label("Open in {messenger}", messenger=NAMES.get(channel, channel))
