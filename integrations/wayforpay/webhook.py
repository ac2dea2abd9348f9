"""The doors for the gateway's callback and for the payer who comes back."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from aiohttp import web

from bot.domain.errors import Rejected
from bot.domain.payment import GatewayState, Outcome
from bot.incoming import bounded
from bot.logs import log
from bot.ports import Clock
from integrations.wayforpay.config import WayForPaySettings
from integrations.wayforpay.incoming import BODY_LIMIT, read
from integrations.wayforpay.models import Answer
from integrations.wayforpay.orders import REFERENCE, is_reference
from integrations.wayforpay.signature import ACCEPTED, signed
from integrations.wayforpay.states import States
from integrations.wayforpay.values import CURRENCY
from integrations.wayforpay.wire import Number, Value, encoded

CALLBACK = "/wayforpay/callback"
RETURN = "/wayforpay/return"
_READING = 5.0
_QUIET = timedelta(minutes=1)

Told = Callable[[GatewayState], Awaitable[None]]
Read = Callable[[str], Awaitable[GatewayState | None]]
Back = Callable[[str], Awaitable[str | None]]

_log = log("integrations.wayforpay")


class WayForPayWebhook:
    """A callback is accepted once `told` has returned; anything else makes the gateway call again for days.

    `told` hears every status, repeated and out of order. The moments, the fee and the sum given back are not under
    the signature: where `read` is given, a refund is read back before it is told. `back` gives the page for an
    attempt; its name comes from whoever asks, so the page must not be a secret that a name could be guessed for.
    """

    def __init__(
        self, settings: WayForPaySettings, told: Told, now: Clock, *, back: Back, read: Read | None = None
    ) -> None:
        self._account = settings.account
        self._secret = settings.secret.get_secret_value()
        self._told = told
        self._now = now
        self._back = back
        self._read = read
        self._states = States()
        self._complaints = Complaints(now)

    def routes(self) -> list[web.RouteDef]:
        """For the web application."""
        return [
            web.post(CALLBACK, self._callback),
            web.get(RETURN, self._returned, allow_head=False),
            web.post(RETURN, self._returned),
        ]

    async def _callback(self, request: web.Request) -> web.Response:
        raw = await bounded(request, BODY_LIMIT, _READING)
        try:
            answer = read(raw)
        except ValueError:
            self._complaints.tell("wayforpay callback cannot be read", size=len(raw))
            return web.Response(status=400)
        if not answer.is_state_of(self._secret):
            self._complaints.tell("wayforpay callback is forged", size=len(raw))
            return web.Response(status=403)
        if answer.merchant_account != self._account or answer.currency != CURRENCY:
            self._complaints.tell("wayforpay callback is for another account or currency")
            return web.Response(status=403)
        try:
            state = self._states.read(answer)
        except ValueError:
            self._complaints.tell("wayforpay callback has no sum")
            return web.Response(status=400)
        if not await self._is_kept(state, answer):
            return web.Response(status=503, headers={"Retry-After": "60"})
        return self._accepted(answer.order_reference)

    async def _is_kept(self, state: GatewayState, answer: Answer) -> bool:
        """Whatever goes wrong inside, the gateway is asked to call again."""
        try:
            await self._told(await self._confirmed(state, answer))
        except Exception as error:
            _log.error("wayforpay callback is not kept", reference=state.reference, error=type(error).__name__)
            return False
        return True

    async def _confirmed(self, state: GatewayState, answer: Answer) -> GatewayState:
        """A refund as the gateway's books have it; as it was told where they may not be read."""
        if self._read is None or not (state.outcome is Outcome.REFUNDED or answer.refund_amount):
            return state
        try:
            return await self._read(state.reference) or state
        except Rejected as error:
            _log.error("wayforpay refund is not read back", reference=state.reference, code=error.code)
            return state

    def _accepted(self, reference: str) -> web.Response:
        body: dict[str, Value] = {
            REFERENCE: reference,
            "status": "accept",
            "time": Number(int(self._now().timestamp())),
        }
        body["signature"] = signed(self._secret, body, ACCEPTED)
        return web.Response(body=encoded(body), content_type="application/json", charset="utf-8")

    async def _returned(self, request: web.Request) -> web.Response:
        """The browser's word changes nothing: it only says which page to show."""
        reference = await _named(request)
        page = await self._back(reference) if is_reference(reference) else None
        if page is None:
            raise web.HTTPNotFound
        raise web.HTTPSeeOther(page, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})


class Complaints:
    """One line a minute of each kind, with how many were not written: anyone can send rubbish to an open door."""

    def __init__(self, now: Clock) -> None:
        self._now = now
        self._last: dict[str, datetime] = {}
        self._kept_back: dict[str, int] = {}

    def tell(self, event: str, **values: int) -> None:
        now, last = self._now(), self._last.get(event)
        if last is not None and timedelta(0) <= now - last < _QUIET:
            self._kept_back[event] = self._kept_back.get(event, 0) + 1
            return
        self._last[event] = now
        _log.warning(event, more=self._kept_back.pop(event, 0), **values)


async def _named(request: web.Request) -> str:
    """From what the browser posts, else from the address, where we wrote it ourselves."""
    raw = await bounded(request, BODY_LIMIT, _READING)
    try:
        said = read(raw).order_reference if raw else ""
    except ValueError:
        said = ""
    return said or request.query.get(REFERENCE, "")
