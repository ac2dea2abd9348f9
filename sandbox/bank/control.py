"""The control side: who pays what, the transfers, time. Loopback only."""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime, time
from random import Random
from typing import TypeVar

from aiohttp import web
from pydantic import ValidationError

from sandbox.bank import bodies, crowd
from sandbox.bank.accounts import Party, account_of, is_iban
from sandbox.bank.ledger import KYIV, Ledger, Refused, Transfer
from sandbox.live import Live
from sandbox.loopback import loopback_only

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
B = TypeVar("B", bound=bodies.Body)
NOON = time(12)


def control_app(ledger: Ledger) -> web.Application:
    """The application to mount under `/_control/`."""
    control = Control(ledger)
    app = web.Application(middlewares=[loopback_only], client_max_size=1024 * 1024)
    app.router.add_get("/", control.index)
    for method, path, handler, _ in control.routes():
        app.router.add_route(method, path, handler)
    app.on_shutdown.append(control.live.close)
    return app


class Control:
    """The routes; the index lists them."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.live = Live(
            ledger, lambda after: ((one.id, one.view()) for one in ledger.transfers if one.id > after), "transfer"
        )

    def routes(self) -> list[tuple[str, str, Handler, str]]:
        return [
            ("GET", "/account", self.account, "{name, code, iban, bank, balance, now}"),
            ("GET", "/transfers", self.transfers, "all of them, oldest first"),
            ("GET", "/events", self.live.events, "?after=ID : transfers live, as Server-Sent Events"),
            ("POST", "/pay", self.pay, "{name, code?, amount, purpose, iban?, number?, day?} : a transfer comes"),
            (
                "POST",
                "/crowd",
                self.crowd,
                "{debts: [{number, day, amount, name, code}], seed?, others?} : a day of them",
            ),
            ("POST", "/clock", self.clock, "{advance: seconds}"),
            ("POST", "/reset", self.reset, "no transfers, real time"),
        ]

    async def index(self, request: web.Request) -> web.Response:
        return web.json_response({f"{method} {path}": about for method, path, _, about in self.routes()})

    async def account(self, request: web.Request) -> web.Response:
        own, ledger = self._ledger.own, self._ledger
        held = {"bank": own.bank, "balance": f"{ledger.balance():.2f}", "now": ledger.clock.time()}
        return web.json_response({"name": own.name, "code": own.code, "iban": own.iban} | held)

    async def transfers(self, request: web.Request) -> web.Response:
        return web.json_response({"transfers": [one.view() for one in self._ledger.transfers]})

    async def pay(self, request: web.Request) -> web.Response:
        asked = await _body(request, bodies.Pay)
        number = asked.iban.replace(" ", "").upper() or account_of(asked.code or asked.name)
        if not is_iban(number):
            raise _bad("iban: a number of Ukraine with right check digits is expected")
        at = datetime.combine(asked.day, NOON, KYIV) if asked.day else None
        payer = Party(asked.name.strip(), asked.code, number)
        return self._done(
            lambda: [self._ledger.receive(payer, asked.amount, asked.purpose, number=asked.number, at=at)]
        )

    async def crowd(self, request: web.Request) -> web.Response:
        asked = await _body(request, bodies.Crowd)
        debts = [crowd.Debt(one.number, one.day, one.amount, one.name, one.code) for one in asked.debts]
        more = crowd.others if asked.others else lambda _: []
        return self._done(lambda: crowd.pay(self._ledger, debts, Random(asked.seed)) + more(self._ledger))

    def _done(self, deed: Callable[[], list[Transfer]]) -> web.Response:
        try:
            return web.json_response({"transfers": [one.view() for one in deed()]})
        except Refused as refused:
            raise _bad(str(refused)) from None

    async def clock(self, request: web.Request) -> web.Response:
        self._ledger.clock.advance((await _body(request, bodies.Clock)).advance)
        return web.json_response({"now": self._ledger.clock.time()})

    async def reset(self, request: web.Request) -> web.Response:
        self._ledger.reset()
        return web.json_response({"now": self._ledger.clock.time()})


async def _body(request: web.Request, model: type[B]) -> B:
    try:
        return model.model_validate_json(await request.text() or "{}")
    except (ValidationError, UnicodeDecodeError, LookupError) as error:
        raise _bad(str(error)) from error


def _bad(reason: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=json.dumps({"error": reason}, ensure_ascii=False), content_type="application/json")
