"""The control side: the base's window, its people, troubles and time. Loopback only."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from sandbox.loopback import loopback_only
from sandbox.onec import agreements, bodies, journal
from sandbox.onec.business import Refusal
from sandbox.onec.faults import KINDS, Fault
from sandbox.onec.quirks import Quirks

if TYPE_CHECKING:
    from sandbox.onec.sandbox import Sandbox

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Route = tuple[str, str, Handler, str]
B = TypeVar("B", bound=BaseModel)
MAX_LISTENERS = 100
STATIC = Path(__file__).parent / "static"
PING_EVERY = 15.0


def control_app(sandbox: "Sandbox") -> web.Application:
    """The application to mount under `/_control/`."""
    from sandbox.onec.desk import Desk

    control = Control(sandbox)
    routes = [*control.routes(), *Desk(sandbox).routes()]
    app = web.Application(middlewares=[loopback_only, _told], client_max_size=1024 * 1024)

    async def index(request: web.Request) -> web.Response:
        listed = [{"method": method, "path": path, "about": about} for method, path, _, about in routes]
        return web.json_response({"routes": listed})

    app.router.add_get("/", index)
    app.router.add_static("/static/", STATIC)
    for method, path, handler, _ in routes:
        app.router.add_route(method, path, handler)
    app.on_shutdown.append(control.close)
    return app


@web.middleware
async def _told(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A refusal of the base is 409 with its words."""
    try:
        return await handler(request)
    except Refusal as refusal:
        return web.json_response({"error": str(refusal)}, status=409)


async def body_of(request: web.Request, model: type[B]) -> B:
    """The body by its model; otherwise 400 with what is wrong."""
    try:
        return model.model_validate_json(await request.text() or "{}")
    except (ValidationError, UnicodeDecodeError, LookupError) as error:
        raise bad(str(error)) from error


def bad(reason: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=json.dumps({"error": reason}, ensure_ascii=False), content_type="application/json")


class Control:
    """The switches of the sandbox itself."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._service = sandbox.service
        self._world = sandbox.world
        self._listeners = 0
        self._closing = False

    def routes(self) -> list[Route]:
        quirks = ", ".join(Quirks.model_fields)
        fault = f"{{kind: {'|'.join(KINDS)}, method?, path?, times?, seconds?, status?, text?}}"
        return [
            ("GET", "/state", self.state, "{on, mode, profile, now, counts, requests}"),
            ("POST", "/power", self.power, "{on, mode?: drop|503|404} : how it looks while switched off"),
            ("POST", "/password", self.password, "{password} : the old one is 401 from now on"),
            ("GET", "/quirks", self.show_quirks, "how this base differs"),
            ("POST", "/quirks", self.set_quirks, f"some of: {quirks}"),
            ("GET", "/faults", self.list_faults, "troubles waiting"),
            ("POST", "/faults", self.add_fault, fault),
            ("DELETE", "/faults", self.drop_faults, "no more troubles"),
            ("GET", "/requests", self.requests, "the last 200 calls: method, path, query, status"),
            ("DELETE", "/requests", self.drop_requests, "forget them"),
            ("GET", "/events", self.events, "?after=ID : every change live, as Server-Sent Events"),
            ("POST", "/clock", self.clock, "{advance: seconds}"),
            ("GET", "/callbacks", self.callbacks, "settings and journal of the call-backs"),
            (
                "POST",
                "/callbacks",
                self.set_callbacks,
                "{url?, user?, password?, on?, repeat?, shuffle?, bom?, odd_dates?}",
            ),
            ("POST", "/exchange", self.exchange, "run a CommerceML exchange now; the transcript"),
            ("POST", "/reset", self.reset, "as at the start"),
        ]

    async def state(self, request: web.Request) -> web.Response:
        service, world = self._service, self._world
        names = (
            "articles",
            "counterparties",
            "contracts",
            "orders",
            "invoices",
            "shipments",
            "payments",
            "receivables",
        )
        counts = {name: len(getattr(world, name)) for name in names}
        told = {"on": service.on, "mode": service.mode, "profile": self._sandbox.profile}
        return web.json_response(
            told
            | {
                "now": world.now().isoformat(),
                "counts": counts,
                "requests": service.served,
                "last": world.changes.last_id,
            }
        )

    async def power(self, request: web.Request) -> web.Response:
        wanted = await body_of(request, bodies.Power)
        self._service.on = wanted.on
        self._service.mode = wanted.mode or self._service.mode
        return web.json_response({"on": self._service.on, "mode": self._service.mode})

    async def password(self, request: web.Request) -> web.Response:
        self._service.password = (await body_of(request, bodies.Password)).password
        return web.json_response({"changed": True})

    async def show_quirks(self, request: web.Request) -> web.Response:
        return web.json_response(self._service.quirks.model_dump())

    async def set_quirks(self, request: web.Request) -> web.Response:
        try:
            wanted = json.loads(await request.text())
            self._service.quirks = Quirks.model_validate(self._service.quirks.model_dump() | dict(wanted))
        except (ValueError, TypeError, LookupError) as error:
            raise bad(str(error)) from error
        return await self.show_quirks(request)

    async def list_faults(self, request: web.Request) -> web.Response:
        return web.json_response({"faults": [one.model_dump() for one in self._service.faults.waiting]})

    async def add_fault(self, request: web.Request) -> web.Response:
        wanted = await body_of(request, Fault)
        try:
            self._service.faults.add(wanted)
        except ValueError as error:
            raise bad(str(error)) from error
        return await self.list_faults(request)

    async def drop_faults(self, request: web.Request) -> web.Response:
        self._service.faults.waiting.clear()
        return await self.list_faults(request)

    async def requests(self, request: web.Request) -> web.Response:
        return web.json_response({"requests": list(self._service.requests)})

    async def drop_requests(self, request: web.Request) -> web.Response:
        self._service.requests.clear()
        return await self.requests(request)

    async def clock(self, request: web.Request) -> web.Response:
        self._world.advance((await body_of(request, bodies.Clock)).advance)
        return web.json_response({"now": self._world.now().isoformat()})

    async def callbacks(self, request: web.Request) -> web.Response:
        return web.json_response(self._sandbox.courier.view())

    async def set_callbacks(self, request: web.Request) -> web.Response:
        self._sandbox.courier.set(await body_of(request, bodies.Callbacks))
        return await self.callbacks(request)

    async def exchange(self, request: web.Request) -> web.Response:
        from sandbox.onec.exchange_port import Settings

        settings = await body_of(request, Settings)
        transcript = await self._sandbox.exchange(self._world, settings)
        return web.json_response({"transcript": transcript})

    async def reset(self, request: web.Request) -> web.Response:
        self._sandbox.reset()
        return await self.state(request)

    async def close(self, app: web.Application) -> None:
        """Ends the open streams, so that the server stops at once."""
        self._closing = True
        self._world.changes.wake()

    async def events(self, request: web.Request) -> web.StreamResponse:
        """`change` for every event after `after` or `Last-Event-ID`; `reset` when the base was emptied."""
        if self._listeners >= MAX_LISTENERS:
            raise web.HTTPServiceUnavailable(text="Too many listeners")
        after = request.headers.get("Last-Event-ID") or request.query.get("after", "0")
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        self._listeners += 1
        try:
            await response.prepare(request)
            with suppress(ConnectionError):
                await self._stream(response, int(after) if after.isdecimal() and len(after) < 16 else 0)
        finally:
            self._listeners -= 1
        return response

    async def _stream(self, response: web.StreamResponse, after: int) -> None:
        changes = self._world.changes
        life = changes.life
        await response.write(b": here\n\n")
        while not self._closing:
            if life != changes.life:
                life = changes.life
                await response.write(b"event: reset\ndata: {}\n\n")
            latest = changes.last_id
            for one in changes.after(after):
                data = json.dumps(self._event(one), ensure_ascii=False)
                await response.write(f"id: {one.id}\nevent: change\ndata: {data}\n\n".encode())
            after = max(after, latest)  # also past events that are forgotten
            if changes.last_id > after or self._closing or life != changes.life:
                continue
            try:
                async with asyncio.timeout(PING_EVERY):
                    await changes.wait()
            except TimeoutError:
                await response.write(b": still here\n\n")

    def _event(self, one: Any) -> dict[str, Any]:
        told = {"id": one.id, "kind": one.kind, "action": one.action, "ref": one.ref, "by": one.by}
        document = self._world.document(one.ref)
        if one.kind in ("contract", "counterparty"):
            told["contracts"] = agreements.touched(self._world, self._world.find(one.ref))
        return told | ({"document": journal.document(self._world, document, one.id)} if document else {})
