"""The control side: what arrived, what comes back, what was called, time and troubles. Loopback only."""

import json
import math
from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.live import Live
from sandbox.loopback import loopback_only
from sandbox.mail import recipients
from sandbox.mail.faults import KINDS, STAGES, Fault
from sandbox.mail.letters import Received
from sandbox.mail.office import Office
from sandbox.mail.returns import LONGEST, report

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

MAX_ADVANCE = 366 * 24 * 3600.0
LISTED_TEXT = 4000


def control_app(office: Office) -> web.Application:
    """The application to mount under `/_control/`."""
    control = _Control(office)
    app = web.Application(middlewares=[loopback_only], client_max_size=LONGEST + 1024)
    app.router.add_get("/", control.index)
    for method, path, handler, _ in control.routes():
        app.router.add_route(method, path, handler)
    app.on_shutdown.append(control.live.close)
    return app


class _Control:
    def __init__(self, office: Office) -> None:
        self._office = office
        self.live = Live(
            office.letters, lambda after: ((one.id, _listed(one)) for one in office.letters.all(after=after))
        )

    def routes(self) -> list[tuple[str, str, Handler, str]]:
        return [
            ("GET", "/messages", self.messages, "?to= : letters that arrived, oldest first, long texts cut"),
            ("GET", "/messages/{id}", self.message, "one letter"),
            ("POST", "/messages/{id}/return", self.send_back, "{status?: '5.1.1', plain?: bool} : it comes back now"),
            ("GET", "/events", self.live.events, "?after=ID : the same letters live, as Server-Sent Events"),
            ("GET", "/returns", self.returns, "what lies in the mailbox that POP3 reads"),
            ("POST", "/returns", self.add_return, "any letter, as it is, into that mailbox"),
            ("GET", "/calls", self.calls, "the last commands: what, reply ('' where the connection ended)"),
            ("GET", "/faults", self.list_faults, "troubles waiting"),
            (
                "POST",
                "/faults",
                self.add_fault,
                f"{{kind: {'|'.join(KINDS)}, at?: {'|'.join(STAGES)}, times?, seconds?, reply?}}",
            ),
            ("DELETE", "/faults", self.drop_faults, "no more troubles"),
            ("POST", "/clock", self.clock, "{advance: seconds}"),
            ("POST", "/reset", self.reset, "empty mailboxes, real time, no troubles"),
        ]

    async def index(self, request: web.Request) -> web.Response:
        listed = [{"method": method, "path": path, "about": about} for method, path, _, about in self.routes()]
        return web.json_response({"routes": listed, "recipients": dict(recipients.ABOUT), "ports": self._office.ports})

    async def messages(self, request: web.Request) -> web.Response:
        found = self._office.letters.all(to=request.query.get("to"))
        return web.json_response({"messages": [_listed(one) for one in found]})

    async def message(self, request: web.Request) -> web.Response:
        return web.json_response(self._require(request).as_json())

    async def send_back(self, request: web.Request) -> web.Response:
        letter, wanted = self._require(request), await _object(request)
        status, is_plain = wanted.get("status", "5.1.1"), wanted.get("plain", False)
        if not isinstance(status, str) or not isinstance(is_plain, bool) or not _is_status(status):
            raise _bad("status: such as 5.1.1; plain: true or false")
        office = self._office
        for address in letter.recipients:
            back = report(
                letter.sender, address, letter.raw, status=status, is_plain=is_plain, at=office.moment(),
                number=letter.id,
            )  # fmt: skip
            office.returns.expect(back, office.now())
        return await self.returns(request)

    async def returns(self, request: web.Request) -> web.Response:
        present = self._office.returns.present(self._office.now())
        listed = [{"id": number, "letter": raw.decode("utf-8", "replace")} for number, raw in present.items()]
        return web.json_response({"returns": listed})

    async def add_return(self, request: web.Request) -> web.Response:
        try:
            number = self._office.returns.expect(await request.read(), self._office.now())
        except ValueError as error:
            raise _bad(str(error)) from error
        return web.json_response({"id": number})

    async def calls(self, request: web.Request) -> web.Response:
        return web.json_response({"calls": list(self._office.calls)})

    async def list_faults(self, request: web.Request) -> web.Response:
        return web.json_response({"faults": self._office.faults.as_json()})

    async def add_fault(self, request: web.Request) -> web.Response:
        try:
            self._office.faults.add(Fault.model_validate(await _object(request)))
        except ValueError as error:
            raise _bad(str(error)) from error
        return await self.list_faults(request)

    async def drop_faults(self, request: web.Request) -> web.Response:
        self._office.faults.waiting.clear()
        return await self.list_faults(request)

    async def clock(self, request: web.Request) -> web.Response:
        seconds = (await _object(request)).get("advance")
        if not isinstance(seconds, int | float) or not math.isfinite(seconds) or not 0 <= seconds <= MAX_ADVANCE:
            raise _bad("advance: seconds, not negative, at most a year")
        self._office.advance(float(seconds))
        return web.json_response({"now": self._office.now()})

    async def reset(self, request: web.Request) -> web.Response:
        self._office.reset()
        return web.json_response({"reset": True})

    def _require(self, request: web.Request) -> Received:
        number = request.match_info["id"]
        letter = self._office.letters.get(int(number)) if number.isdecimal() and len(number) < 16 else None
        if letter is None:
            raise web.HTTPNotFound(text='{"error": "no such letter"}', content_type="application/json")
        return letter


def _listed(letter: Received) -> dict[str, object]:
    """A letter in a list: enough to know it by."""
    shown = letter.as_json()
    return shown | {"text": str(shown["text"])[:LISTED_TEXT]}


def _is_status(written: str) -> bool:
    parts = written.split(".")
    return len(parts) == 3 and parts[0] in {"4", "5"} and all(part.isdecimal() and len(part) <= 3 for part in parts)


async def _object(request: web.Request) -> dict[str, object]:
    try:
        read = json.loads(await request.text() or "{}")
    except (ValueError, LookupError, RecursionError) as error:
        raise _bad("JSON expected") from error
    if not isinstance(read, dict):
        raise _bad("a JSON object expected")
    return read


def _bad(reason: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=json.dumps({"error": reason}, ensure_ascii=False), content_type="application/json")
