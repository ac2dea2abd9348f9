"""The addresses of the pay page: what is asked, and what is answered when something is not right."""

import asyncio
import re
import traceback
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from aiohttp import web

from bot.domain import nbu_qr
from bot.domain.errors import NotFound, OutsideError, Refused
from bot.domain.money import ZERO, Money
from bot.domain.payment import Payee, PayState, PayView
from bot.i18n import LANGUAGES, translator
from bot.logs import log
from bot.ports import Clock, PayDesk
from bot.web.pay import states
from bot.web.pay.layout import FILES, html
from bot.web.pay.limits import Limit, caller
from bot.web.pay.picture import picture

FROM_ONE_ADDRESS = 300
OF_ONE_LINK = 120
STARTS_OF_ONE_LINK = 10
GUESSES_OF_ONE_ADDRESS = 30
"""A minute. A page that waits for the bank asks twenty times, and a whole office may sit behind one address."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,64}", re.ASCII)
"""At least 128 bits; anything else is no token of ours, and nobody need look for it."""
_KOPIYKAS = re.compile(r"\d{1,15}", re.ASCII)
OTHER_SUM = frozenset({"sum_changed", "promotion_over"})
_log = log("pay")

_Answer = Callable[[web.Request, str], Awaitable[web.Response]]


def pay_routes(desk: PayDesk, company: Payee, *, origin: str, now: Clock) -> list[web.RouteDef]:
    """Everything under `/pay/`. `origin` is the gateway's: the browser is let go there and nowhere else."""
    return _PayPages(desk, company, origin, now).routes()


class _PayPages:
    def __init__(self, desk: PayDesk, company: Payee, origin: str, now: Clock) -> None:
        self._desk = desk
        self._company = company
        self._now = now
        self._headers = _headers(origin)
        self._addresses = Limit(FROM_ONE_ADDRESS, now)
        self._links = Limit(OF_ONE_LINK, now)
        self._starts = Limit(STARTS_OF_ONE_LINK, now)
        self._guesses = Limit(GUESSES_OF_ONE_ADDRESS, now)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/pay/files/{name}", _file),
            web.get("/pay/{token}", partial(self._guarded, self._page)),
            web.get("/pay/{token}/qr.svg", partial(self._guarded, self._picture)),
            web.get("/pay/{token}/card", partial(self._guarded, _back)),
            web.post("/pay/{token}/card", partial(self._guarded, self._start)),
        ]

    async def _guarded(self, answer: _Answer, request: web.Request) -> web.Response:
        """The boundary: whatever happens, the answer is words, and the log has no token."""
        try:
            response = await self._admitted(answer, request)
        except Exception as error:  # a person in front of a bank must not see an empty page
            frame = traceback.extract_tb(error.__traceback__)[-1]
            _log.error(
                "pay page failed", error=type(error).__name__, where=f"{Path(frame.filename).name}:{frame.lineno}"
            )
            response = self._words(request, states.broken, 500)
        response.headers.update(self._headers)
        return response

    async def _admitted(self, answer: _Answer, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        if not self._addresses.allows(caller(request)) or self._guesses.exhausted(caller(request)):
            return self._words(request, states.too_often, 429)
        if not _TOKEN.fullmatch(token):
            return self._words(request, states.unknown, 404)
        if not self._links.allows(token):
            return self._words(request, states.too_often, 429)
        return await answer(request, token)

    async def _page(self, request: web.Request, token: str) -> web.Response:
        return await self._shown(request, token)

    async def _shown(self, request: web.Request, token: str, *, gateway_away: bool = False) -> web.Response:
        view = await self._view(token)
        if view is None:
            return self._missed(request)
        tr = translator(_language(request) or view.language)
        page = states.page_of(tr, view, self._company, self._now())
        if gateway_away and page.pay_button:
            page = states.gateway_away(tr, page)
        text = html(tr, page, payee=self._company.name, token=token, bank_link=self._bank_link(view))
        return _html(text, 503 if gateway_away else 200)

    async def _shown_anew(self, request: web.Request, token: str) -> web.Response:
        """The sum is not the one that was seen: nobody pays another before reading it."""
        view = await self._view(token)
        if view is None or view.state is not PayState.UNPAID:
            return await _back(request, token)
        tr = translator(_language(request) or view.language)
        page = states.other_sum(tr, states.page_of(tr, view, self._company, self._now()), view)
        return _html(html(tr, page, payee=self._company.name, token=token, bank_link=self._bank_link(view)), 409)

    async def _picture(self, request: web.Request, token: str) -> web.Response:
        view = await self._view(token)
        if view is None:
            return self._missed(request)
        text = self._bank_link(view)
        if not text:
            return self._words(request, states.unknown, 404)
        return web.Response(text=await asyncio.to_thread(picture, text), content_type="image/svg+xml")

    async def _start(self, request: web.Request, token: str) -> web.Response:
        if not self._starts.allows(token):
            return self._words(request, states.too_often, 429)
        try:
            return _see(await self._desk.start(token, _language(request) or "uk", _shown(request)))
        except NotFound:
            self._missed(request)
            return await _back(request, token)
        except Refused as refusal:  # the page itself says how the link stands now
            if refusal.code not in OTHER_SUM:
                return await _back(request, token)
            return await self._shown_anew(request, token)
        except OutsideError as error:
            _log.warning("pay page: gateway is away", system=error.system, operation=error.operation, code=error.code)
            return await self._shown(request, token, gateway_away=True)

    def _missed(self, request: web.Request) -> web.Response:
        """A token of nobody: mistyped, or guessed; who guesses has to wait, and the log has no token."""
        key = caller(request)
        self._guesses.allows(key)
        if self._guesses.exhausted(key):
            _log.warning("pay page: links are guessed", most=GUESSES_OF_ONE_ADDRESS)
        return self._words(request, states.unknown, 404)

    async def _view(self, token: str) -> PayView | None:
        view = await self._desk.page(token)
        return view.at(self._now()) if view else None

    def _bank_link(self, view: PayView) -> str:
        """Empty where nothing is to be transferred."""
        if view.state is not PayState.UNPAID or not self._company.iban or not view.due:
            return ""
        return nbu_qr.link(self._company, view.due, view.purpose)

    def _words(self, request: web.Request, say: Callable[..., states.Page], status: int) -> web.Response:
        tr = translator(_language(request) or "uk")
        response = _html(html(tr, say(tr), payee=self._company.name), status)
        if status == 429:
            response.headers["Retry-After"] = "60"
        return response


async def _file(request: web.Request) -> web.Response:
    """Named with its version in the page, so a browser may keep it."""
    if request.match_info["name"] not in FILES:
        raise web.HTTPNotFound
    body, kind = FILES[request.match_info["name"]]
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=body, content_type=kind, charset="utf-8", headers=headers)


async def _back(request: web.Request, token: str) -> web.Response:
    language = _language(request)
    return _see(f"/pay/{token}?lang={language}" if language else f"/pay/{token}")


def _see(address: str) -> web.Response:
    return web.Response(status=303, headers={"Location": address})


def _html(text: str, status: int) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/html")


def _language(request: web.Request) -> str:
    """The one asked for in the address; empty where none of ours is."""
    asked = request.query.get("lang", "")
    return asked if asked in LANGUAGES else ""


def _shown(request: web.Request) -> Money:
    """The sum that stood on the page whose button was pressed; none where that cannot be read."""
    written = request.query.get("sum", "")
    return Money(int(written)) if _KOPIYKAS.fullmatch(written) else ZERO


def _headers(origin: str) -> dict[str, str]:
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
        f"form-action 'self' {origin}; frame-ancestors 'none'; base-uri 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
    }
