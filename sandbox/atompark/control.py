"""The control side: what the phones show, what was called, money, time and troubles. Loopback only."""

import json
import math
from collections.abc import Awaitable, Callable
from decimal import Decimal, InvalidOperation

from aiohttp import web

from sandbox.atompark.delivery import ENDINGS
from sandbox.atompark.faults import KINDS, Fault
from sandbox.atompark.wire import Wire
from sandbox.live import Live
from sandbox.loopback import loopback_only

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

MAX_ADVANCE = 366 * 24 * 3600.0


def control_app(wire: Wire) -> web.Application:
    """The application to mount under `/_control/`."""
    control = _Control(wire)
    app = web.Application(middlewares=[loopback_only], client_max_size=64 * 1024)
    app.router.add_get("/", control.index)
    for method, path, handler, _ in control.routes():
        app.router.add_route(method, path, handler)
    app.on_shutdown.append(control.live.close)
    return app


class _Control:
    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._account = wire.account
        self.live = Live(self._account.inbox, self._arrived)

    def routes(self) -> list[tuple[str, str, Handler, str]]:
        return [
            ("GET", "/inbox", self.inbox, "?phone= : messages as the phones show them, oldest first"),
            ("GET", "/events", self.live.events, "?after=ID : the same messages live, as Server-Sent Events"),
            ("GET", "/calls", self.calls, "the last calls: action, params, answer"),
            ("GET", "/faults", self.list_faults, "troubles waiting"),
            (
                "POST",
                "/faults",
                self.add_fault,
                f"{{kind: {'|'.join(KINDS)}, action?, times?, seconds?, status?, code?, message?}}",
            ),
            ("DELETE", "/faults", self.drop_faults, "no more troubles"),
            ("POST", "/clock", self.clock, "{advance: seconds}"),
            ("GET", "/balance", self.show_balance, "the money left, UAH"),
            ("POST", "/balance", self.set_balance, "{amount: '12.50'}"),
            ("POST", "/senders", self.set_sender, "{name, status: 0 moderation | 1 approved | 2 rejected}"),
            ("POST", "/reset", self.reset, "a fresh account, empty phones, real time, no troubles"),
        ]

    async def index(self, request: web.Request) -> web.Response:
        listed = [{"method": method, "path": path, "about": about} for method, path, _, about in self.routes()]
        return web.json_response({"routes": listed, "phone_endings": dict(ENDINGS)})

    async def inbox(self, request: web.Request) -> web.Response:
        found = self._account.inbox.messages(self._account.now(), phone=request.query.get("phone"))
        return web.json_response({"messages": [one.as_json() for one in found]})

    async def calls(self, request: web.Request) -> web.Response:
        return web.json_response({"calls": list(self._wire.calls)})

    async def list_faults(self, request: web.Request) -> web.Response:
        return web.json_response({"faults": self._wire.faults.as_json()})

    async def add_fault(self, request: web.Request) -> web.Response:
        try:
            self._wire.faults.add(Fault.model_validate(await _object(request)))
        except ValueError as error:
            raise _bad(str(error)) from error
        return await self.list_faults(request)

    async def drop_faults(self, request: web.Request) -> web.Response:
        self._wire.faults.waiting.clear()
        return await self.list_faults(request)

    async def clock(self, request: web.Request) -> web.Response:
        seconds = (await _object(request)).get("advance")
        if not isinstance(seconds, int | float) or not math.isfinite(seconds) or not 0 <= seconds <= MAX_ADVANCE:
            raise _bad("advance: seconds, not negative, at most a year")
        self._account.advance(float(seconds))
        return web.json_response({"now": self._account.now()})

    def _arrived(self, after: int) -> list[tuple[int, dict[str, str | int]]]:
        return [(one.id, one.as_json()) for one in self._account.inbox.messages(self._account.now(), after=after)]

    async def show_balance(self, request: web.Request) -> web.Response:
        return web.json_response({"balance": str(self._account.balance), "currency": "UAH"})

    async def set_balance(self, request: web.Request) -> web.Response:
        try:
            amount = Decimal(str((await _object(request)).get("amount")))
        except InvalidOperation as error:
            raise _bad("amount: a number of hryvnias") from error
        if not amount.is_finite() or not 0 <= amount <= 1_000_000:
            raise _bad("amount: 0 to 1000000 hryvnias")
        self._account.balance = amount
        return await self.show_balance(request)

    async def set_sender(self, request: web.Request) -> web.Response:
        wanted = await _object(request)
        name, status = wanted.get("name"), wanted.get("status")
        if not isinstance(name, str) or not 1 <= len(name) <= 14 or status not in (0, 1, 2):
            raise _bad("name: 1 to 14 signs; status: 0, 1 or 2")
        self._account.sender(name).status = status
        return web.json_response({"name": name, "status": status})

    async def reset(self, request: web.Request) -> web.Response:
        self._account.reset()
        self._wire.faults.waiting.clear()
        self._wire.calls.clear()
        return web.json_response({"reset": True})


async def _object(request: web.Request) -> dict[str, object]:
    try:
        read = json.loads(await request.text())
    except (ValueError, LookupError, RecursionError) as error:
        raise _bad("JSON expected") from error
    if not isinstance(read, dict):
        raise _bad("a JSON object expected")
    return read


def _bad(reason: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=json.dumps({"error": reason}, ensure_ascii=False), content_type="application/json")
