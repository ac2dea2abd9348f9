"""The control side: phones, callbacks, money, the stop list, time and troubles. Loopback only."""

import json
import math
from collections.abc import Awaitable, Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from aiohttp import web

from sandbox.loopback import loopback_only
from sandbox.turbosms.control_watch import Watch
from sandbox.turbosms.faults import API_KINDS, CALLBACK_KINDS, Fault
from sandbox.turbosms.message import NO_VIBER, READERS, SMS, SMS_ENDINGS, VIBER
from sandbox.turbosms.provider import Provider
from sandbox.turbosms.settings import Settings

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
LONGEST_ADVANCE = 366 * 24 * 3600.0
MOST_STOPPED = 10_000


def control_app(provider: Provider) -> web.Application:
    """The application to mount under `/_control/`."""
    control = _Control(provider)
    app = web.Application(middlewares=[loopback_only, _in_words], client_max_size=64 * 1024)
    app.router.add_get("/", control.index)
    for method, path, handler, _ in control.routes():
        app.router.add_route(method, path, handler)
    app.on_shutdown.append(control.watch.live.close)
    return app


@web.middleware
async def _in_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What cannot be read is said as JSON."""
    try:
        return await handler(request)
    except ValueError as error:
        return web.json_response({"error": str(error)}, status=400)


class _Control:
    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._account = provider.account
        self.watch = Watch(provider)

    def routes(self) -> list[tuple[str, str, Handler, str]]:
        watch, kinds = self.watch, "|".join((*API_KINDS, *CALLBACK_KINDS))
        about = "{kind: " + kinds + ", method?, times?, seconds?, status?, code?, copies?}"
        return [
            ("GET", "/inbox", watch.inbox, "?phone= : messages as the phones show them, oldest first"),
            ("GET", "/events", watch.live.events, "?after=ID : the same messages live, as Server-Sent Events"),
            ("GET", "/calls", watch.calls, "the last calls: method, fields, answer"),
            ("GET", "/callbacks", watch.callbacks, "?message_id= : callbacks and their attempts"),
            ("GET", "/idle", watch.idle, "?seconds= : answers when no callback is under way"),
            ("POST", "/callbacks/resend", self.resend, "{id} : send it once more"),
            ("POST", "/read", self.read, "{message_id} : the person opens what Viber brought"),
            ("GET", "/stoplist", self.show_stoplist, "phones that want no messages"),
            ("POST", "/stoplist", self.set_stoplist, "{phone, stopped: true|false}"),
            ("GET", "/balance", self.show_balance, "the money left, UAH"),
            ("POST", "/balance", self.set_balance, "{amount: '12.50'}"),
            ("POST", "/senders", self.set_sender, "{name, channel: sms|viber, active: true|false}"),
            ("GET", "/settings", self.show_settings, "what the cabinet says about callbacks"),
            ("POST", "/settings", self.set_settings, "callback_url, callback_form, signature, words"),
            ("GET", "/faults", self.list_faults, "troubles waiting"),
            ("POST", "/faults", self.add_fault, about),
            ("DELETE", "/faults", self.drop_faults, "no more troubles"),
            ("POST", "/clock", self.clock, "{advance: seconds}"),
            ("POST", "/reset", self.reset, "a fresh account, empty phones, real time, no troubles"),
        ]

    async def index(self, request: web.Request) -> web.Response:
        listed = [{"method": method, "path": path, "about": about} for method, path, _, about in self.routes()]
        endings = {"sms": dict(SMS_ENDINGS), "no_viber": sorted(NO_VIBER), "viber_readers": sorted(READERS)}
        return web.json_response({"routes": listed, "phone_endings": endings})

    async def resend(self, request: web.Request) -> web.Response:
        self._provider.courier.resend(str((await _object(request)).get("id")))
        return web.json_response({"sent": True})

    async def read(self, request: web.Request) -> web.Response:
        message = self._account.messages.get(str((await _object(request)).get("message_id")))
        if message is None:
            raise ValueError("message_id: of a message that was sent")
        self._account.tick()
        self._account.read(message)
        return web.json_response({"read": True})

    async def show_stoplist(self, request: web.Request) -> web.Response:
        return web.json_response({"phones": sorted(self._account.stoplist)})

    async def set_stoplist(self, request: web.Request) -> web.Response:
        asked = await _object(request)
        phone, stopped = asked.get("phone"), asked.get("stopped", True)
        if not isinstance(phone, str) or not phone.isdecimal() or len(phone) > 15 or not isinstance(stopped, bool):
            raise ValueError("phone: digits; stopped: true or false")
        if stopped and len(self._account.stoplist) < MOST_STOPPED:
            self._account.stoplist.add(phone)
        elif not stopped:
            self._account.stoplist.discard(phone)
        return await self.show_stoplist(request)

    async def show_balance(self, request: web.Request) -> web.Response:
        return web.json_response({"balance": str(self._account.balance), "currency": "UAH"})

    async def set_balance(self, request: web.Request) -> web.Response:
        try:
            amount = Decimal(str((await _object(request)).get("amount")))
        except InvalidOperation as error:
            raise ValueError("amount: a number of hryvnias") from error
        if not amount.is_finite() or not 0 <= amount <= 1_000_000:
            raise ValueError("amount: 0 to 1000000 hryvnias")
        self._account.balance = amount
        return await self.show_balance(request)

    async def set_sender(self, request: web.Request) -> web.Response:
        asked = await _object(request)
        name, channel, active = asked.get("name"), asked.get("channel", SMS), asked.get("active", True)
        known = isinstance(name, str) and 0 < len(name) <= 28 and channel in (SMS, VIBER) and isinstance(active, bool)
        if not known or len(self._account.senders) >= MOST_STOPPED:
            raise ValueError("name: 1 to 28 signs; channel: sms or viber; active: true or false")
        self._account.senders[str(channel), str(name)] = bool(active)
        return web.json_response({"name": name, "channel": channel, "active": active})

    async def show_settings(self, request: web.Request) -> web.Response:
        return web.json_response(self._provider.courier.settings.model_dump())

    async def set_settings(self, request: web.Request) -> web.Response:
        changed = self._provider.courier.settings.model_dump() | await _object(request)
        self._provider.courier.settings = Settings.model_validate(changed)
        return await self.show_settings(request)

    async def list_faults(self, request: web.Request) -> web.Response:
        return web.json_response({"faults": self._provider.faults.view()})

    async def add_fault(self, request: web.Request) -> web.Response:
        self._provider.faults.add(Fault.model_validate(await _object(request)))
        return await self.list_faults(request)

    async def drop_faults(self, request: web.Request) -> web.Response:
        self._provider.faults.clear()
        return await self.list_faults(request)

    async def clock(self, request: web.Request) -> web.Response:
        """Moves time; what became due is done at once, and its callbacks are on their way."""
        seconds = (await _object(request)).get("advance")
        if not isinstance(seconds, int | float) or not math.isfinite(seconds) or not 0 <= seconds <= LONGEST_ADVANCE:
            raise ValueError("advance: seconds, not negative, at most a year")
        self._provider.clock.advance(float(seconds))
        self._provider.tick()
        return web.json_response({"now": self._provider.clock.time()})

    async def reset(self, request: web.Request) -> web.Response:
        self._provider.reset()
        return web.json_response({"reset": True})


async def _object(request: web.Request) -> dict[str, Any]:
    try:
        read = json.loads(await request.text())
    except (LookupError, RecursionError) as error:
        raise ValueError("JSON expected") from error
    if not isinstance(read, dict):
        raise ValueError("a JSON object expected")
    return read
