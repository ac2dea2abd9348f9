"""The control side: orders and callbacks, the payer's and the cabinet's acts, time and troubles. Loopback only."""

import json
import math
from collections.abc import Awaitable, Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from aiohttp import web

from sandbox.loopback import loopback_only
from sandbox.wayforpay.cards import CARDS, WALLETS
from sandbox.wayforpay.control_watch import Watch, static_file
from sandbox.wayforpay.faults import API_KINDS, CALLBACK_KINDS, Fault
from sandbox.wayforpay.merchant import Merchant
from sandbox.wayforpay.order import Order
from sandbox.wayforpay.refusal import REASONS, Refused
from sandbox.wayforpay.settings import Settings

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
LONGEST_ADVANCE = 366 * 24 * 3600.0


def control_app(merchant: Merchant) -> web.Application:
    """The application to mount under `/_control/`."""
    control = _Control(merchant)
    app = web.Application(middlewares=[loopback_only, _in_words], client_max_size=64 * 1024)
    app.router.add_get("/", control.index)
    app.router.add_get("/static/{name}", static_file)
    for method, path, handler, _ in control.routes():
        app.router.add_route(method, path, handler)
    return app


@web.middleware
async def _in_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What the gateway refuses, and what cannot be read, is said as JSON."""
    try:
        return await handler(request)
    except Refused as refused:
        return web.json_response({"error": refused.reason, "code": refused.code}, status=409)
    except ValueError as error:
        return web.json_response({"error": str(error)}, status=400)


class _Control:
    def __init__(self, merchant: Merchant) -> None:
        self._merchant = merchant
        self._gateway = merchant.gateway

    def routes(self) -> list[tuple[str, str, Handler, str]]:
        watch = Watch(self._merchant)
        kinds = "|".join((*API_KINDS, *CALLBACK_KINDS))
        return [
            ("GET", "/orders", self.orders, "?reference= : every order and its tries, oldest first"),
            ("GET", "/callbacks", watch.callbacks, "?reference= : callbacks, their attempts and answers"),
            ("GET", "/calls", watch.calls, "the last calls of the API and of Purchase"),
            ("GET", "/events", watch.events, "orders and callbacks as they change, as Server-Sent Events"),
            ("GET", "/idle", watch.idle, "?seconds= : answers when no callback is under way"),
            ("POST", "/pay", self.pay, f"{{reference, card: {'|'.join(CARDS)} or wallet: {'|'.join(WALLETS)}}}"),
            ("POST", "/approve", self.approve, "{reference}: what was under way ends well"),
            ("POST", "/decline", self.decline, "{reference, code: 1101}"),
            ("POST", "/hold", self.hold, "{reference}: the sum is held, not taken"),
            ("POST", "/wait", self.wait, "{reference, review: false}: in processing, or on review"),
            ("POST", "/abandon", self.abandon, "{reference}: the payer leaves the page"),
            ("POST", "/expire", self.expire, "{reference}"),
            ("POST", "/settle", self.settle, "{reference, amount?}: in the cabinet, not by the API"),
            ("POST", "/refund", self.refund, "{reference, amount?}: in the cabinet, not by the API"),
            ("GET", "/settings", self.show_settings, "what the documentation leaves open"),
            ("POST", "/settings", self.set_settings, "only what is given changes"),
            ("GET", "/faults", self.list_faults, "troubles waiting"),
            (
                "POST",
                "/faults",
                self.add_fault,
                f"{{kind: {kinds}, operation?, reference?, times?, seconds?, status?, code?, copies?}}",
            ),
            ("DELETE", "/faults", self.drop_faults, "no more troubles"),
            ("POST", "/clock", self.clock, "{advance: seconds}"),
            ("POST", "/reset", self.reset, "no orders, no callbacks, no troubles, usual settings, real time"),
        ]

    async def index(self, request: web.Request) -> web.Response:
        listed = [{"method": method, "path": path, "about": about} for method, path, _, about in self.routes()]
        cards = [{"kind": one.kind, "number": one.grouped, "about": one.about} for one in CARDS.values()]
        return web.json_response({"routes": listed, "cards": cards, "account": self._merchant.account})

    async def orders(self, request: web.Request) -> web.Response:
        self._gateway.tick()
        wanted = request.query.get("reference")
        named = self._gateway.find(wanted) if wanted is not None else None
        found = list(self._gateway) if wanted is None else [named] if named else []
        return web.json_response({"orders": [one.view() for one in found], "now": self._merchant.clock.time()})

    async def pay(self, request: web.Request) -> web.Response:
        asked = await _object(request)
        order = self._order(asked)
        wallet, kind = asked.get("wallet"), asked.get("card", "approve")
        if wallet is not None and wallet not in WALLETS:
            raise ValueError(f"wallet: {', '.join(WALLETS)}")
        if not isinstance(kind, str) or kind not in CARDS:
            raise ValueError(f"card: {', '.join(CARDS)}")
        if wallet is not None:
            self._gateway.pay_by_wallet(order, str(wallet))
        else:
            self._gateway.pay(order, CARDS[kind])
        return web.json_response(order.view())

    async def approve(self, request: web.Request) -> web.Response:
        return await self._act(request, lambda order, asked: self._gateway.approve(order))

    async def decline(self, request: web.Request) -> web.Response:
        def act(order: Order, asked: dict[str, Any]) -> None:
            code = asked.get("code", 1101)
            if code not in REASONS:
                raise ValueError("code: one of the gateway's table")
            self._gateway.decline(order, code)

        return await self._act(request, act)

    async def hold(self, request: web.Request) -> web.Response:
        return await self._act(request, lambda order, asked: self._gateway.approve(order, hold=True))

    async def wait(self, request: web.Request) -> web.Response:
        return await self._act(
            request, lambda order, asked: self._gateway.wait(order, review=bool(asked.get("review")))
        )

    async def abandon(self, request: web.Request) -> web.Response:
        return await self._act(request, lambda order, asked: self._gateway.abandon(order))

    async def expire(self, request: web.Request) -> web.Response:
        return await self._act(request, lambda order, asked: self._gateway.expire(order))

    async def settle(self, request: web.Request) -> web.Response:
        return await self._act(request, lambda order, asked: self._gateway.settle(order, _amount(asked, order.amount)))

    async def refund(self, request: web.Request) -> web.Response:
        def act(order: Order, asked: dict[str, Any]) -> None:
            self._gateway.refund(order, _amount(asked, order.amount - order.refunded))

        return await self._act(request, act)

    async def show_settings(self, request: web.Request) -> web.Response:
        return web.json_response(self._gateway.settings.model_dump(mode="json"))

    async def set_settings(self, request: web.Request) -> web.Response:
        changed = self._gateway.settings.model_dump() | await _object(request)
        self._merchant.set(Settings.model_validate(changed))
        return await self.show_settings(request)

    async def list_faults(self, request: web.Request) -> web.Response:
        return web.json_response({"faults": self._merchant.faults.view()})

    async def add_fault(self, request: web.Request) -> web.Response:
        self._merchant.faults.add(Fault.model_validate(await _object(request)))
        return await self.list_faults(request)

    async def drop_faults(self, request: web.Request) -> web.Response:
        self._merchant.faults.clear()
        return await self.list_faults(request)

    async def clock(self, request: web.Request) -> web.Response:
        """Moves time; what became due is done at once, and its callbacks are on their way."""
        seconds = (await _object(request)).get("advance")
        if not isinstance(seconds, int | float) or not math.isfinite(seconds) or not 0 <= seconds <= LONGEST_ADVANCE:
            raise ValueError("advance: seconds, not negative, at most a year")
        self._merchant.clock.advance(float(seconds))
        self._gateway.tick()
        self._merchant.courier.send_due()
        return web.json_response({"now": self._merchant.clock.time()})

    async def reset(self, request: web.Request) -> web.Response:
        self._merchant.reset()
        return web.json_response({"reset": True})

    async def _act(self, request: web.Request, act: Callable[[Order, dict[str, Any]], None]) -> web.Response:
        asked = await _object(request)
        order = self._order(asked)
        act(order, asked)
        return web.json_response(order.view())

    def _order(self, asked: dict[str, Any]) -> Order:
        reference = asked.get("reference")
        if not isinstance(reference, str):
            raise ValueError("reference: the orderReference of an order")
        return self._gateway.require(reference)


async def _object(request: web.Request) -> dict[str, Any]:
    try:
        read = json.loads(await request.text())
    except (LookupError, RecursionError) as error:
        raise ValueError("JSON expected") from error
    if not isinstance(read, dict):
        raise ValueError("a JSON object expected")
    return read


def _amount(asked: dict[str, Any], usual: Decimal) -> Decimal:
    try:
        found = Decimal(str(asked.get("amount", usual)))
    except InvalidOperation as error:
        raise ValueError("amount: hryvnias and kopiykas") from error
    if not found.is_finite() or found <= 0 or found != round(found, 2):
        raise ValueError("amount: above zero, two decimals")
    return found
