"""The publication on the web server: who may in, what the server itself refuses, and the interface behind it."""

import asyncio
import base64
import binascii
import hmac
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import unquote

from aiohttp import web

from sandbox.onec import pages
from sandbox.onec.answers import Answer, error_answer
from sandbox.onec.errors import ODataError, exception
from sandbox.onec.exchange_plan import ExchangePlan
from sandbox.onec.faults import Fault, Faults
from sandbox.onec.infobase import Base
from sandbox.onec.query.options import JSON, Options, read_options
from sandbox.onec.quirks import Quirks
from sandbox.onec.resources import Asked, Resources

ROOT = "/base/odata/standard.odata"
KEPT_REQUESTS = 200
MAX_SEGMENT = 260
_FORBIDDEN = set("?+\\") | {chr(one) for one in range(32)}
_SLOW = ("/Balance", "/Turnovers", "/BalanceAndTurnovers")


@dataclass(slots=True)
class Service:
    """One publication. Empty `user` and `password` let anyone in."""

    base: Base
    user: str
    password: str
    plan: ExchangePlan
    quirks: Quirks = field(default_factory=Quirks)
    faults: Faults = field(default_factory=Faults)
    on: bool = True
    mode: str = "drop"
    requests: deque[dict[str, object]] = field(default_factory=lambda: deque(maxlen=KEPT_REQUESTS))
    served: int = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call, recorded without its body."""
        response = await self._answered(request)
        raw_path, _, query = request.raw_path.partition("?")
        self.served += 1
        self.requests.append(
            {"method": request.method, "path": unquote(raw_path), "query": unquote(query), "status": response.status}
        )
        return response

    async def _answered(self, request: web.Request) -> web.Response:
        if not self.on:
            return self._off(request)
        fault = self.faults.take(request.method, unquote(request.raw_path))
        await self._wait(request, fault)
        early = self._instead(request, fault)
        if early is not None:
            return early
        if not self._known(request.headers.get("Authorization", "")):
            return pages.unauthorized()
        refused = _web_server(request.raw_path.partition("?")[0])
        if refused is not None:
            return refused
        body = (await request.read()).decode("utf-8", "replace")
        return self._spoiled(request, fault, self._work(request, body))

    def _off(self, request: web.Request) -> web.Response:
        if self.mode == "drop":
            _abort(request)
        return pages.html(404 if self.mode == "404" else 503)

    async def _wait(self, request: web.Request, fault: Fault | None) -> None:
        seconds = self.quirks.latency + (self.quirks.first_request_delay if not self.served else 0)
        if any(one in unquote(request.raw_path) for one in _SLOW):
            seconds += self.quirks.balance_slow
        if fault is not None and fault.kind == "slow":
            seconds += fault.seconds
        if seconds:
            await asyncio.sleep(seconds)

    def _known(self, header: str) -> bool:
        """HTTP Basic in UTF-8; an empty user is anybody, an empty password too."""
        if not self.user and not self.password:
            return True
        kind, _, coded = header.partition(" ")
        try:
            given = base64.b64decode(coded.strip(), validate=True)
        except (binascii.Error, ValueError):
            return False
        user, _, password = given.partition(b":")
        known = not self.user or hmac.compare_digest(user, self.user.encode())
        return kind.lower() == "basic" and hmac.compare_digest(password, self.password.encode()) and known

    # -- the work

    def _work(self, request: web.Request, body: str) -> Answer:
        raw_path, _, raw_query = request.raw_path.partition("?")
        accept = request.headers.get("Accept", "")
        as_json = "json" in raw_query or "application/json" in accept
        try:
            options = read_options(raw_query, accept)
            as_json = options.format == JSON
            return self._interface(request, unquote(raw_path), options, body)
        except ODataError as error:
            return error_answer(error, as_json and error.status != 501)

    def _interface(self, request: web.Request, path: str, options: Options, body: str) -> Answer:
        mounted, _, inside = path.partition(ROOT)
        root = f"http://{request.host}{mounted}{ROOT}/"
        inside = inside.strip("/")
        name = inside.rstrip("()")
        if name in ("SelectChanges", "NotifyChangesReceived"):
            return self.plan.answer(name, request.method, options.given, root)
        return Resources(self.base, self.quirks, root).answer(
            Asked(request.method, inside, options, request.headers, body)
        )

    # -- troubles

    def _instead(self, request: web.Request, fault: Fault | None) -> web.Response | None:
        """What comes instead of the work."""
        kind = fault.kind if fault is not None else ""
        if fault is None or kind in ("slow", "lost_answer", "broken_json", "wrong_encoding", "empty"):
            return None
        if kind == "drop":
            _abort(request)
            return pages.html(503)
        if kind == "status":
            return pages.html(fault.status, fault.text)
        if kind == "html200":
            return pages.login()
        if kind == "unauthorized":
            return pages.unauthorized()
        if kind == "access20" and "allowedOnly=true" in request.raw_path:
            return None
        return self._sent(error_answer(_REFUSALS[kind](fault.text)))

    def _spoiled(self, request: web.Request, fault: Fault | None, answer: Answer) -> web.Response:
        """What comes of the answer after the work."""
        kind = fault.kind if fault is not None else ""
        if kind == "lost_answer":
            _abort(request)
        if kind == "empty":
            return web.Response(status=200)
        if kind == "broken_json":
            return self._sent(Answer(answer.status, answer.body[: len(answer.body) // 2], answer.content_type))
        return self._sent(answer, "cp1251" if kind == "wrong_encoding" else "utf-8")

    def _sent(self, answer: Answer, encoding: str = "utf-8") -> web.Response:
        headers = dict(answer.headers) | {"DataServiceVersion": "3.0"}
        if answer.body or answer.status not in (200, 204):
            headers["Content-Type"] = f"{answer.content_type};charset={self.quirks.announce_charset}"
        return web.Response(status=answer.status, body=answer.body.encode(encoding, "replace"), headers=headers)


_REFUSALS = {
    "access20": lambda text: ODataError(401, 20, text or "Недостаточно прав доступа"),
    "minus1": lambda text: exception(text or "Ошибка при вызове метода контекста"),
    "locked": lambda text: exception(text or "Конфликт блокировок при выполнении транзакции: превышено время ожидания"),
    "duplicate15": lambda text: ODataError(400, 15, text or "Сущность с таким ключом уже существует."),
}


def _web_server(raw_path: str) -> web.Response | None:
    """The web server in front refuses some addresses itself."""
    path = unquote(raw_path)
    if any(sign in _FORBIDDEN for sign in path) or any(len(one) > MAX_SEGMENT for one in path.split("/")):
        return pages.html(400, "Bad Request - Invalid URL")
    return None


def _abort(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
