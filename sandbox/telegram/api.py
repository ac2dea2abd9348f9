"""One door for every call: the token, the method, the published types, troubles, the method itself, the log."""

import asyncio
import hmac
from typing import Any

from aiohttp import web

from sandbox.telegram import spec
from sandbox.telegram.courier import Courier
from sandbox.telegram.errors import ApiError, not_done_here, too_many
from sandbox.telegram.faults import Fault
from sandbox.telegram.methods import METHODS
from sandbox.telegram.methods.call import Call
from sandbox.telegram.upload import Upload
from sandbox.telegram.wire import Form, answer, attach_files, read_form
from sandbox.telegram.world import World

Json = dict[str, Any]
NOT_BY_REPLY = {"getUpdates", "setWebhook", "deleteWebhook"}
LOGGED_TEXT = 4096
LOGGED_ITEMS = 200


class Api:
    """Does calls, whether they came over HTTP or in a webhook's answer."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.courier = Courier(world.clock, world.mailbox, self._reply)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """POST or GET /bot{token}/{method}."""
        try:
            method = self._open(request)
            form = await read_form(request)
        except ApiError as error:
            return answer(error.code, error.body())
        fault = self._world.faults.of_call(method, _chat_of(form))
        if fault is not None and fault.kind == "server_error" and fault.status > 500:
            return _bad_gateway(fault.status)
        body = await self._do(method, form, fault, "http")
        if fault is not None and fault.kind == "lost_answer" and request.transport is not None:
            request.transport.abort()
        return answer(body.get("error_code", 200), body)

    def _open(self, request: web.Request) -> str:
        token, name = request.match_info["token"], request.match_info["method"]
        if not hmac.compare_digest(token.encode(), self._world.token.encode()):
            raise ApiError(401, "Unauthorized")
        method = spec.method_names().get(name.lower())
        if method is None:
            raise ApiError(404, "Not Found: method not found")
        return method

    async def _reply(self, form: Form) -> None:
        method = spec.method_names().get(str(form.values.pop("method")).lower())
        if method is not None and method not in NOT_BY_REPLY:
            await self._do(method, form, None, "webhook")

    async def _do(self, method: str, form: Form, fault: Fault | None, via: str) -> Json:
        asked: Json = {}
        try:
            asked = spec.decode(method, attach_files(form, spec.parameters(method)))
            if fault is not None:
                await _suffer(fault)
            if method not in METHODS:
                raise not_done_here(method)
            result = await METHODS[method](Call(self._world, self.courier, asked, form.files))
            body: Json = {"ok": True, "result": result}
        except ApiError as error:
            body = error.body()
        self._log(method, asked or form.values, body, via)
        return body

    def _log(self, method: str, asked: Json, body: Json, via: str) -> None:
        if method == "getUpdates" and body["ok"]:
            return
        chat = asked.get("chat_id")
        chat = chat if isinstance(chat, int) else None
        told = {"at": self._world.clock.time(), "method": method, "ok": body["ok"], "via": via}
        self._world.calls.append(told | {"params": _logged(asked), "answer": body})
        if not body["ok"]:
            what = {"method": method, "error_code": body["error_code"], "description": body["description"]}
            self._world.feed.tell("call_error", chat, **what)


async def _suffer(fault: Fault) -> None:
    match fault.kind:
        case "rate_limit":
            raise too_many(max(1, int(fault.seconds)))
        case "server_error":
            raise ApiError(500, "Internal Server Error")
        case "forbidden":
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        case "slow":
            await asyncio.sleep(fault.seconds)


def _bad_gateway(status: int) -> web.Response:
    """What stands before the real server answers when that one does not: a page, not JSON."""
    title = f"{status} Bad Gateway" if status == 502 else f"{status} Gateway Time-out"
    page = f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<h1>{title}</h1>\r\n</body>\r\n</html>\r\n"
    return web.Response(status=status, text=page, content_type="text/html")


def _chat_of(form: Form) -> int | None:
    chat = str(form.values.get("chat_id", ""))
    return int(chat) if chat.lstrip("-").isdecimal() and len(chat) < 20 else None


def _logged(value: Any) -> Any:
    """Parameters fit for a log: bounded, files by name and size, the webhook's secret left out."""
    match value:
        case Upload():
            return {"file": value.name, "size": len(value.content)}
        case str():
            return value[:LOGGED_TEXT]
        case dict():
            shown = list(value.items())[:LOGGED_ITEMS]
            return {key: "***" if key == "secret_token" else _logged(one) for key, one in shown}
        case list():
            return [_logged(one) for one in value[:LOGGED_ITEMS]]
        case _:
            return value
