"""The calls about what is said beside a document: comments, and asking to delete."""

from aiohttp import web

from sandbox.vchasno import bodies, filters
from sandbox.vchasno.acts import Acts
from sandbox.vchasno.document import Document
from sandbox.vchasno.office import Office
from sandbox.vchasno.refusal import Refused
from sandbox.vchasno.wire import asked, nothing

DELETE_STATUSES = frozenset({"new", "accepted", "rejected", "canceled"})


class TalkCalls:
    """Comments and delete requests."""

    def __init__(self, office: Office, acts: Acts) -> None:
        self._office, self._acts = office, acts

    def routes(self) -> list[web.RouteDef]:
        one, asking = "/documents/{id}", "/documents/{id}/delete-requests"
        return [
            web.get("/documents/comments", self.all_comments, name="all_comments"),
            web.get(f"{one}/comments", self.comments, name="comments"),
            web.post(f"{one}/comments", self.comment, name="comment"),
            web.get("/documents/delete-requests", self.requests, name="delete_requests"),
            web.post("/documents/delete-requests/lock-delete", self.lock, name="lock_delete"),
            web.delete("/documents/delete-requests/lock-delete", self.lock, name="unlock_delete"),
            web.post(asking, self.ask, name="ask_to_delete"),
            web.delete(asking, self.withdraw, name="withdraw_delete"),
            web.post(f"{asking}/acceptions", self.other_side, name="accept_delete"),
            web.post(f"{asking}/rejections", self.other_side, name="reject_delete"),
        ]

    async def all_comments(self, request: web.Request) -> web.Response:
        """Only with both days."""
        said = request.query
        if "date_from" not in said or "date_to" not in said:
            raise Refused("Помилка валідації", details={"date_from": "required", "date_to": "required"})
        first, last = (
            filters.moment("date_from", said["date_from"]),
            filters.moment("date_to", said["date_to"], last=True),
        )
        found = [
            comment.view() | {"document_id": document.id}
            for document in self._office.documents.values()
            for comment in document.comments
            if first <= comment.at <= last
        ]
        return web.json_response({"comments": found, "next_cursor": None})

    async def comments(self, request: web.Request) -> web.Response:
        return web.json_response({"comments": [one.view() for one in self._document(request).comments]})

    async def comment(self, request: web.Request) -> web.Response:
        document, said = self._document(request), await asked(request, bodies.NewComment)
        self._acts.comment(document, self._office.own, said.text, inside=said.is_internal)
        return nothing(201)

    async def requests(self, request: web.Request) -> web.Response:
        """All of this company's are outgoing: none is shown without `with_outgoing=1`."""
        status = request.query.get("status", "")
        if status and status not in DELETE_STATUSES:
            raise Refused("Помилка валідації", details={"status": "new, accepted, rejected or canceled expected"})
        found = [
            one.view(document.id)
            for document in self._office.documents.values()
            for one in document.delete_requests
            if status in {"", one.status}
        ]
        return web.json_response({"delete_requests": found if filters.flag(request.query, "with_outgoing") else []})

    async def lock(self, request: web.Request) -> web.Response:
        said = await asked(request, bodies.DocumentIds)
        for id in said.document_ids:
            self._office.document(id).is_locked = request.method == "POST"
        return nothing()

    async def ask(self, request: web.Request) -> web.Response:
        document, said = self._document(request), await asked(request, bodies.DeleteMessage)
        return web.json_response(self._acts.ask_to_delete(document, said.message).view(document.id), status=201)

    async def withdraw(self, request: web.Request) -> web.Response:
        self._acts.answer_delete(self._document(request), "canceled")
        return nothing(204)

    async def other_side(self, request: web.Request) -> web.Response:
        """The counterparty's to do, and this token is the owner's."""
        self._document(request)
        raise Refused("Відповідає на запит інша сторона", status=403, code="")

    def _document(self, request: web.Request) -> Document:
        return self._office.document(request.match_info["id"])
