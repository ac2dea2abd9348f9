"""The provider's side of the wire: `/<module>/<method>.json`, HTTP 200 for whatever it could read."""

import asyncio
import hmac
from collections import deque

from aiohttp import web

from sandbox.clock import Clock
from sandbox.turbosms import codes
from sandbox.turbosms.account import Account
from sandbox.turbosms.bodies import Fields, fields_of
from sandbox.turbosms.codes import Denied
from sandbox.turbosms.faults import API_KINDS, Fault, Faults
from sandbox.turbosms.methods import METHODS

KEPT_CALLS = 500
HUGE = b"[" + b"0," * 1_000_000
_SHOWN = 300
Json = dict[str, object]


class Wire:
    """Reads, checks and answers the calls; keeps the last five hundred without the token."""

    def __init__(self, token: str, account: Account, clock: Clock, faults: Faults) -> None:
        self._token = token
        self._account = account
        self._clock = clock
        self._faults = faults
        self.calls: deque[Json] = deque(maxlen=KEPT_CALLS)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = f"{request.match_info['module']}/{request.match_info['method']}".lower()
        if method not in METHODS:
            raise web.HTTPNotFound
        fault = self._faults.take(*API_KINDS, method=method)
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        page = _page(fault)
        if page is not None:
            self._record(method, {}, {"status": page.status})
            return page
        fields, answer = await self._answer(request, method, fault)
        self._record(method, fields, answer)
        if fault and fault.kind == "lost_answer" and request.transport is not None:
            request.transport.abort()
        return web.json_response(answer)

    async def _answer(self, request: web.Request, method: str, fault: Fault | None) -> tuple[Fields, Json]:
        fields: Fields = {}
        try:
            fields = await fields_of(request)
            self._let_in(request, fields)
            if fault and fault.kind == "error":
                raise Denied(fault.code)
            self._account.tick()
            return fields, codes.answer(*METHODS[method](self._account, fields))
        except Denied as denied:
            return fields, codes.answer(denied.code, denied.result)

    def _let_in(self, request: web.Request, fields: Fields) -> None:
        """Bearer, Basic with the bare token, or a field. Raises Denied 103, 301."""
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() not in {"bearer", "basic"}:
            said = fields.get("token", request.query.get("token", ""))
            given = said if isinstance(said, str) else ""
        if not given.strip():
            raise Denied(codes.REQUIRED_TOKEN)
        known = self._token.encode()
        if not known or not hmac.compare_digest(given.strip().encode(errors="replace"), known):
            raise Denied(codes.INVALID_TOKEN)

    def _record(self, method: str, fields: Fields, answer: Json) -> None:
        shown = {name[:_SHOWN]: _short(value) for name, value in list(fields.items())[:40] if name != "token"}
        self.calls.append({"at": self._clock.time(), "method": method, "fields": shown, "answer": answer})


def _page(fault: Fault | None) -> web.Response | None:
    """What stands in the way of the API."""
    if fault and fault.kind == "server_error":
        return web.Response(status=fault.status, text="<html>Bad Gateway</html>", content_type="text/html")
    if fault and fault.kind == "html":
        return web.Response(text="<html>Maintenance</html>", content_type="text/html")
    if fault and fault.kind == "huge":
        return web.Response(body=HUGE, content_type="application/json")
    return None


def _short(value: object) -> object:
    if isinstance(value, dict):
        return {str(name)[:_SHOWN]: _short(one) for name, one in list(value.items())[:40]}
    if isinstance(value, list):
        return [_short(one) for one in value[:40]]
    return value[:_SHOWN] if isinstance(value, str) else value
