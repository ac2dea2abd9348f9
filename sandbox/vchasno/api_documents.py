"""The calls that make, list, change and send documents."""

from datetime import timedelta

from aiohttp import web
from pydantic import TypeAdapter, ValidationError

from sandbox.vchasno import bodies, course, filters, statuses
from sandbox.vchasno.acts import Acts
from sandbox.vchasno.categories import CATEGORIES
from sandbox.vchasno.document import RECIPIENT, Document, Json, Recipient, Step
from sandbox.vchasno.office import Office
from sandbox.vchasno.refusal import Refused
from sandbox.vchasno.uploading import LISTS, files_of, taken, words_of, wrong
from sandbox.vchasno.wire import asked, nothing

FLOW = TypeAdapter(list[bodies.FlowStep])


class DocumentCalls:
    """Sections 4 to 6 of the facts: everything about the document itself."""

    def __init__(self, office: Office, acts: Acts) -> None:
        self._office, self._acts = office, acts

    def routes(self) -> list[web.RouteDef]:
        one = "/documents/{id}"
        return [
            web.post("/documents", self.upload, name="upload"),
            web.get("/documents", self.outgoing, name="list"),
            web.get("/incoming-documents", self.incoming, name="incoming"),
            web.post("/documents/statuses", self.statuses, name="statuses"),
            web.post("/documents/mark-as-processed", self.processed, name="mark_as_processed"),
            web.get(one, self.one, name="document"),
            web.delete(one, self.delete, name="delete"),
            web.patch(f"{one}/info", self.info, name="info"),
            web.patch(f"{one}/recipient", self.recipient, name="recipient"),
            web.patch(f"{one}/recipients", self.recipients, name="recipients"),
            web.post(f"{one}/send", self.send, name="send"),
            web.post(f"{one}/flow", self.flow, name="flow"),
            web.get(f"{one}/flows", self.flows, name="flows"),
            web.post(f"{one}/reject", self.reject, name="reject"),
        ]

    async def upload(self, request: web.Request) -> web.Response:
        """The words are in the query, the file in the body."""
        lists = {name: request.query.getall(name) for name in LISTS if name in request.query}
        said = words_of(request.query, lists)
        made = taken(self._office, said, await files_of(request), self._office.faults)
        flags = {"with_recipients"} if said.show_recipients else set()
        return web.json_response({"documents": [self._view(one, flags) for one in made]}, status=201)

    async def outgoing(self, request: web.Request) -> web.Response:
        office = self._office
        fresh = office.moment() - timedelta(seconds=office.settings.index_lag)
        indexed = [one for one in office.documents.values() if one.changed <= fresh]
        shown, cursor = filters.page(filters.chosen(indexed, request.query), request.query.get("cursor", ""))
        flags = _flags(request)
        answer = {"documents": [self._view(one, flags) for one in shown], "next_cursor": cursor}
        if "has_changed" in request.query:
            for one in shown:
                one.has_changed = False
        return web.json_response(answer)

    async def incoming(self, request: web.Request) -> web.Response:
        """Nobody sends this company anything."""
        return web.json_response({"documents": [], "next_cursor": None})

    async def one(self, request: web.Request) -> web.Response:
        view = self._view(self._document(request), _flags(request))
        return web.json_response({"documents": [view]} if self._office.settings.wrapped else view)

    async def statuses(self, request: web.Request) -> web.Response:
        """One that is unknown is not in the answer."""
        wanted = (await asked(request, bodies.DocumentIds)).document_ids
        found = [self._office.documents[id] for id in wanted if id in self._office.documents]
        rows = [
            {"document_id": one.id, "status_id": one.status, "status_text": statuses.text(one.status)} for one in found
        ]
        return web.json_response({"data_list": rows})

    async def processed(self, request: web.Request) -> web.Response:
        wanted = (await asked(request, bodies.DocumentIds)).document_ids
        found = [self._office.documents[id] for id in wanted if id in self._office.documents]
        for one in found:
            one.processed = True
        return web.json_response({"updated_ids": [one.id for one in found]})

    async def delete(self, request: web.Request) -> web.Response:
        self._acts.delete(self._document(request))
        return nothing()

    async def info(self, request: web.Request) -> web.Response:
        document, said = self._document(request), await asked(request, bodies.Info)
        if document.status not in statuses.EDITABLE:
            raise Refused(f"У стані {document.status} реквізитів не змінюють")
        if said.category is not None and said.category not in CATEGORIES:
            raise Refused("Помилка валідації", details={"category": "no such category"})
        given = said.model_dump(exclude_unset=True, exclude_none=True)
        for name, value in given.items():
            setattr(document, "day" if name == "date" else name, value)
        self._office.touch(document)
        return nothing()

    async def recipient(self, request: web.Request) -> web.Response:
        said = await asked(request, bodies.Counterparty)
        name = self._office.company(said.edrpou).name
        return self._named(self._document(request), [Recipient(said.edrpou, [said.email], name)])

    async def recipients(self, request: web.Request) -> web.Response:
        said = await asked(request, bodies.Parties)
        listed = [
            Recipient(one.edrpou, one.emails, self._office.company(one.edrpou).name, one.role, one.is_email_hidden)
            for one in said.recipients
        ]
        return self._named(self._document(request), listed)

    def _named(self, document: Document, recipients: list[Recipient]) -> web.Response:
        if document.is_final or document.is_internal or document.count(RECIPIENT):
            raise Refused("Отримувача вже не можна змінити")
        document.recipients = recipients
        course.prepared(document)
        self._office.touch(document)
        return nothing()

    async def send(self, request: web.Request) -> web.Response:
        self._acts.send(self._document(request))
        return nothing()

    async def flow(self, request: web.Request) -> web.Response:
        document = self._document(request)
        try:
            said = FLOW.validate_json(await request.text())
        except ValidationError as error:
            raise wrong(error) from None
        if not document.is_multilateral or document.status not in (statuses.DRAFT, statuses.READY) or not said:
            raise Refused("Маршрут задають багатосторонньому документу до надсилання")
        document.flow = [Step(one.edrpou, one.emails, one.order, one.sign_num) for one in said]
        document.status, document.sent = statuses.FLOW, self._office.moment()
        self._office.touch(document)
        return nothing()

    async def flows(self, request: web.Request) -> web.Response:
        return web.json_response([step.view() for step in self._document(request).flow])

    async def reject(self, request: web.Request) -> web.Response:
        document, said = self._document(request), await asked(request, bodies.Reason)
        self._acts.reject(document, self._office.own, said.text)
        return nothing()

    def _document(self, request: web.Request) -> Document:
        return self._office.document(request.match_info["id"])

    def _view(self, document: Document, flags: set[str]) -> Json:
        more: dict[str, Json] = {
            "with_recipients": {"recipients": [one.view() for one in document.recipients]},
            "with_connections": {"parent": document.parent or None, "children": []},
            "with_document_fields": {"fields": []},
            "with_versions": {"versions": []},
            "with_tags": {"tags": [{"id": tag, "name": tag} for tag in document.tags]},
            "with_delete_requests": {"delete_requests": [one.view(document.id) for one in document.delete_requests]},
            "with_access_settings": {"access_settings": {"level": "extended"}},
            "with_template": {"template": None},
        }
        shown = document.view(self._office.base)
        for name in flags & set(more):
            shown |= more[name]
        return shown


def _flags(request: web.Request) -> set[str]:
    return {name for name in request.query if name.startswith("with_") and filters.flag(request.query, name)}
