"""The provider's side of the wire: `/sms/3.0/{action}`, form in, JSON out, HTTP 200 even for errors."""

import asyncio
import hmac
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import web

from sandbox.atompark.account import Account, Denied
from sandbox.atompark.faults import Fault, Faults
from sandbox.atompark.methods import METHODS
from sandbox.atompark.parameters import Params
from sandbox.atompark.signature import is_signed

WRONG_KEY, WRONG_SUM, UNKNOWN_ACTION = -1, -2, -3
"""The vendor publishes no codes for these; clients have to take an unknown code as "stop and look"."""
KEPT_CALLS = 500
_SHOWN = 300
_HIDDEN = frozenset({"key", "sum"})
Answer = dict[str, object]


@dataclass(slots=True)
class Wire:
    """Reads, checks and answers the calls; keeps the last five hundred without keys."""

    public_key: str
    private_key: str
    account: Account
    faults: Faults = field(default_factory=Faults)
    calls: deque[dict[str, object]] = field(default_factory=lambda: deque(maxlen=KEPT_CALLS))

    async def handle(self, request: web.Request) -> web.StreamResponse:
        action = request.match_info["action"]
        params = await _params(request)
        fault = self.faults.take(action)
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        if fault and fault.kind == "server_error":
            self._record(action, params, {"status": fault.status})
            return web.Response(
                status=fault.status, text="<html><body>Bad Gateway</body></html>", content_type="text/html"
            )
        answer = self._answer(action, params, fault)
        self._record(action, params, answer)
        if fault and fault.kind == "lost_answer" and request.transport is not None:
            request.transport.abort()
        return web.json_response(answer)

    def _answer(self, action: str, params: Params, fault: Fault | None) -> Answer:
        try:
            self._check(action, params)
            if fault and fault.kind == "error":
                raise Denied(fault.code, fault.message)
            return {"result": METHODS[action.lower()](self.account, params)}
        except Denied as denied:
            return {"error": str(denied), "code": denied.code}

    def _check(self, action: str, params: Params) -> None:
        if action.lower() not in METHODS:
            raise Denied(UNKNOWN_ACTION, "Unknown action")
        if not hmac.compare_digest(params.get("key", "").encode(), self.public_key.encode()):
            raise Denied(WRONG_KEY, "Wrong key")
        if not is_signed(action, params, self.private_key):
            raise Denied(WRONG_SUM, "Wrong control sum")

    def _record(self, action: str, params: Params, answer: Answer) -> None:
        shown = {name[:_SHOWN]: value[:_SHOWN] for name, value in list(params.items())[:40] if name not in _HIDDEN}
        at = datetime.fromtimestamp(self.account.now(), UTC).isoformat(timespec="seconds")
        self.calls.append({"at": at, "action": action[:_SHOWN], "params": shown, "answer": answer})


async def _params(request: web.Request) -> Params:
    """Query and form together, as the provider takes GET and POST; of a repeated name the last one counts."""
    try:
        form = await request.post()
    except (LookupError, ValueError) as error:
        raise web.HTTPBadRequest(text="The form cannot be read") from error
    params = dict(request.query)
    params |= {name: value for name, value in form.items() if isinstance(value, str)}
    return {name: value.encode("utf-8", "replace").decode() for name, value in params.items()}
