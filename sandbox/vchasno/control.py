"""The control side: what clients and the director do, companies, tariff, mail, time, troubles. Loopback only."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

from aiohttp import web
from aiohttp.typedefs import Handler as AnyHandler
from pydantic import BaseModel, ValidationError

from sandbox.live import Live
from sandbox.loopback import loopback_only
from sandbox.vchasno import control_bodies as bodies
from sandbox.vchasno.acts import Acts
from sandbox.vchasno.company import Company
from sandbox.vchasno.document import OWNER, RECIPIENT, Document, Recipient
from sandbox.vchasno.faults import KINDS, Fault
from sandbox.vchasno.office import Office
from sandbox.vchasno.refusal import Refused
from sandbox.vchasno.settings import Settings, Tariff

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
B = TypeVar("B", bound=BaseModel)
MOST_COMPANIES = 5000


def control_app(office: Office, acts: Acts, address: Callable[[web.Request], str]) -> web.Application:
    """The application to mount under `/_control/`."""
    control = _Control(office, acts)

    @web.middleware
    async def in_words(request: web.Request, handler: AnyHandler) -> web.StreamResponse:
        """What cannot be read or done is said as JSON."""
        office.base = address(request)
        try:
            return await handler(request)
        except (ValueError, Refused) as error:
            status = error.status if isinstance(error, Refused) else 400
            return web.json_response({"error": str(error)}, status=status)

    app = web.Application(middlewares=[loopback_only, in_words], client_max_size=256 * 1024)
    app.router.add_get("/", control.index)
    for method, path, handler, _ in control.routes():
        app.router.add_route(method, path, handler)
    app.on_shutdown.append(control.live.close)
    return app


class _Control:
    def __init__(self, office: Office, acts: Acts) -> None:
        self._office, self._acts = office, acts
        self.live = Live(office, office.after)

    def routes(self) -> list[tuple[str, str, Handler, str]]:
        one = "/documents/{id}"
        return [
            (
                "GET",
                "/state",
                self.state,
                "documents, companies, letters, tariff, settings, and the last event's number",
            ),
            ("GET", "/events", self.live.events, "?after=ID : what happens, live, as Server-Sent Events"),
            ("GET", "/calls", self.calls, "the last calls: call, method, path, status"),
            ("GET", "/idle", self.idle, "answers when no letter is on its way"),
            ("POST", f"{one}/client-opens", self.client_opens, "the other side sees it in their list"),
            ("POST", f"{one}/client-signs", self.client_signs, "{send?: true, edrpou?, name?, signer?}"),
            ("POST", f"{one}/client-sends", self.client_sends, "what the client has signed goes back"),
            ("POST", f"{one}/client-rejects", self.client_rejects, "{text}"),
            ("POST", f"{one}/owner-signs", self.owner_signs, "{send?: true, signer?}"),
            ("POST", f"{one}/owner-rejects", self.owner_rejects, "{text}"),
            ("POST", f"{one}/status", self.status, "{code} : any, known or not"),
            ("POST", f"{one}/recipient", self.recipient, "{edrpou, email?} : the service takes another recipient"),
            ("POST", f"{one}/delete-request", self.delete_request, "{accept, message?} : the other side answers"),
            ("DELETE", one, self.delete, "it is gone, whatever its state"),
            ("POST", "/companies", self.company, "{edrpou, name?, registered?, email?, signer?}"),
            ("POST", "/tariff", self.tariff, "{integration?, left?, total?, trial_used?}"),
            ("POST", "/settings", self.settings, "director, director_after, index_lag, wrapped, rate"),
            ("POST", "/mail", self.mail, "{url: smtp://user:password@127.0.0.1:port} : letters go there too"),
            ("GET", "/faults", self.list_faults, "troubles waiting"),
            ("POST", "/faults", self.add_fault, f"{{kind: {'|'.join(KINDS)}, call?, times?, seconds?, status?}}"),
            ("DELETE", "/faults", self.drop_faults, "no more troubles"),
            ("POST", "/clock", self.clock, "{advance: seconds}"),
            ("POST", "/reset", self.reset, "nothing uploaded, nobody registered, real time, no troubles"),
        ]

    async def index(self, request: web.Request) -> web.Response:
        return web.json_response({f"{method} {path}": about for method, path, _, about in self.routes()})

    async def state(self, request: web.Request) -> web.Response:
        office = self._office
        return web.json_response(
            {
                "own": office.own.view(),
                "documents": [office.shown(one) for one in office.documents.values()],
                "companies": [one.view() for one in office.companies.values() if one is not office.own],
                "letters": [one.view() for one in office.post.letters],
                "tariff": office.tariff.model_dump(),
                "settings": office.settings.model_dump(),
                "now": office.clock.time(),
                "last": office.last_number(),
            }
        )

    async def calls(self, request: web.Request) -> web.Response:
        return web.json_response({"calls": list(self._office.calls)})

    async def idle(self, request: web.Request) -> web.Response:
        await self._office.post.settled()
        return web.json_response({"idle": True})

    async def client_opens(self, request: web.Request) -> web.Response:
        document = self._document(request)
        self._acts.open(document)
        return self._shown(document)

    async def client_signs(self, request: web.Request) -> web.Response:
        document, said = self._document(request), await _asked(request, bodies.ClientSigns)
        named = document.recipient
        code = said.edrpou or (named.edrpou if named else "")
        if not code:
            raise ValueError("edrpou: the document names no recipient")
        known = self._office.company(code)
        signer = Company(
            code, said.name or known.name or (named.name if named and named.edrpou == code else ""),
            email=known.email, signer=said.signer or known.signer, position=known.position,
        )  # fmt: skip
        self._acts.open(document)
        self._acts.sign(document, RECIPIENT, signer, send=said.send)
        return self._shown(document)

    async def client_sends(self, request: web.Request) -> web.Response:
        document = self._document(request)
        self._acts.send_back(document)
        return self._shown(document)

    async def client_rejects(self, request: web.Request) -> web.Response:
        document, said = self._document(request), await _asked(request, bodies.Rejects)
        named = document.recipient
        who = self._office.company(named.edrpou) if named else self._office.own
        self._acts.reject(document, who, said.text, named.emails[0] if named and named.emails else "")
        return self._shown(document)

    async def owner_signs(self, request: web.Request) -> web.Response:
        document, said = self._document(request), await _asked(request, bodies.OwnerSigns)
        own = self._office.own
        self._acts.sign(document, OWNER, replace(own, signer=said.signer or own.signer), send=said.send)
        return self._shown(document)

    async def owner_rejects(self, request: web.Request) -> web.Response:
        document, said = self._document(request), await _asked(request, bodies.Rejects)
        self._acts.reject(document, self._office.own, said.text)
        return self._shown(document)

    async def status(self, request: web.Request) -> web.Response:
        document = self._document(request)
        document.status = (await _asked(request, bodies.Status)).code
        self._office.touch(document)
        return self._shown(document)

    async def recipient(self, request: web.Request) -> web.Response:
        document, said = self._document(request), await _asked(request, bodies.Taken)
        name = self._office.company(said.edrpou).name
        document.recipients = [Recipient(said.edrpou, [said.email] if said.email else [], name)]
        self._office.touch(document)
        return self._shown(document)

    async def delete_request(self, request: web.Request) -> web.Response:
        document, said = self._document(request), await _asked(request, bodies.DeleteAnswer)
        self._acts.answer_delete(document, "accepted" if said.accept else "rejected", said.message)
        return self._shown(document)

    async def delete(self, request: web.Request) -> web.Response:
        self._office.drop(self._document(request))
        return web.json_response({"deleted": True})

    async def company(self, request: web.Request) -> web.Response:
        said, known = await _asked(request, bodies.NewCompany), self._office.companies
        if said.edrpou not in known and len(known) >= MOST_COMPANIES:
            raise ValueError("too many companies")
        given = said.model_dump(exclude_none=True)
        company = replace(self._office.company(said.edrpou), **given)
        known[said.edrpou] = company
        self._office.tell({"type": "company", "company": company.view()})
        return web.json_response(company.view())

    async def tariff(self, request: web.Request) -> web.Response:
        self._office.tariff = await _changed(request, self._office.tariff)
        return self._told(self._office.tariff, "tariff")

    async def settings(self, request: web.Request) -> web.Response:
        self._office.settings = await _changed(request, self._office.settings)
        for document in self._office.documents.values():
            self._office.expect_director(document)
        return self._told(self._office.settings, "settings")

    def _told(self, what: Settings | Tariff, name: str) -> web.Response:
        self._office.tell({"type": name, name: what.model_dump()})
        return web.json_response(what.model_dump())

    async def mail(self, request: web.Request) -> web.Response:
        self._office.post.name_server((await _asked(request, bodies.Mail)).url)
        return web.json_response({"named": bool(self._office.post.url)})

    async def list_faults(self, request: web.Request) -> web.Response:
        return web.json_response({"faults": self._office.faults.view()})

    async def add_fault(self, request: web.Request) -> web.Response:
        self._office.faults.add(await _asked(request, Fault))
        return await self.list_faults(request)

    async def drop_faults(self, request: web.Request) -> web.Response:
        self._office.faults.clear()
        return await self.list_faults(request)

    async def clock(self, request: web.Request) -> web.Response:
        """Moves time; what the director was to do by then is done."""
        self._office.clock.advance((await _asked(request, bodies.Clock)).advance)
        self._acts.work_of_director()
        return web.json_response({"now": self._office.clock.time()})

    async def reset(self, request: web.Request) -> web.Response:
        self._office.reset()
        return web.json_response({"reset": True})

    def _document(self, request: web.Request) -> Document:
        return self._office.document(request.match_info["id"])

    def _shown(self, document: Document) -> web.Response:
        return web.json_response(self._office.shown(document))


async def _asked(request: web.Request, model: type[B]) -> B:
    try:
        return model.model_validate_json(await request.text() or "{}")
    except (ValidationError, LookupError) as error:
        raise ValueError(str(error)) from error


async def _changed(request: web.Request, before: B) -> B:
    """What is given, over what was."""
    try:
        given: Any = json.loads(await request.text() or "{}")
        return type(before).model_validate(before.model_dump() | given)
    except (TypeError, LookupError, RecursionError) as error:
        raise ValueError("a JSON object expected") from error
