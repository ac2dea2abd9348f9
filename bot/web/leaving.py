"""Where somebody says that they want no more letters: one tap, and what mail programs do by themselves (RFC 8058)."""

from collections.abc import Awaitable, Callable
from typing import Protocol
from uuid import UUID

from aiohttp import web
from markupsafe import Markup

from bot.i18n import Translator, translator
from bot.ports import Clock
from bot.web.pay.limits import Limit, caller

LEAVE = "/unsubscribe"
FROM_ONE_ADDRESS = 30
"""A minute."""
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
_PAGE = Markup(
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport"'
    ' content="width=device-width, initial-scale=1"><title>{title}</title></head><body><h1>{title}</h1>'
    "<p>{text}</p>{form}</body></html>"
)
_FORM = Markup('<form method="post"><button type="submit">{label}</button></form>')
_Answer = Callable[[web.Request, UUID, Translator], Awaitable[web.Response]]


class Letters(Protocol):
    """Whoever knows which letters were sent."""

    async def language_of(self, dispatch_id: UUID) -> str | None: ...

    async def leave(self, dispatch_id: UUID) -> bool: ...


def leaving_routes(letters: Letters, *, now: Clock, default_language: str = "uk") -> list[web.RouteDef]:
    """The address is the letter's own number, which nobody can guess; looking at it changes nothing."""
    limit = Limit(FROM_ONE_ADDRESS, now)

    def guarded(answer: _Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            if not limit.allows(caller(request)):
                raise web.HTTPTooManyRequests(headers=_HEADERS)
            try:
                dispatch_id = UUID(request.match_info["letter"])
            except ValueError:
                raise web.HTTPNotFound(headers=_HEADERS) from None
            language = await letters.language_of(dispatch_id)
            if language is None:
                raise web.HTTPNotFound(headers=_HEADERS)
            return await answer(request, dispatch_id, translator(language or default_language))

        return handle

    async def ask(_: web.Request, __: UUID, tr: Translator) -> web.Response:
        form = _FORM.format(label=tr.label("Send me no more letters"))
        return _page(tr, tr.label("Orders and payments are still told in the messengers, and by SMS."), form)

    async def leave(_: web.Request, dispatch_id: UUID, tr: Translator) -> web.Response:
        await letters.leave(dispatch_id)
        return _page(tr, tr.label("No more letters will be sent to this address."), Markup(""))

    return [web.get(f"{LEAVE}/{{letter}}", guarded(ask)), web.post(f"{LEAVE}/{{letter}}", guarded(leave))]


def _page(tr: Translator, text: str, form: Markup) -> web.Response:
    page = _PAGE.format(language=tr.language, title=tr.label("Letters"), text=text, form=form)
    return web.Response(text=str(page), content_type="text/html", headers=_HEADERS)
