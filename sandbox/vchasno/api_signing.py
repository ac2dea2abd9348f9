"""The calls about signatures, files, and ways to a document for who has no account."""

import base64
import secrets
from datetime import timedelta
from uuid import uuid4

from aiohttp import web

from sandbox.vchasno import bodies, files, statuses
from sandbox.vchasno.acts import Acts
from sandbox.vchasno.container import packed, taken
from sandbox.vchasno.document import RECIPIENT, Document, Recipient
from sandbox.vchasno.invitations import SESSION_LASTS, Session, SharedLink
from sandbox.vchasno.office import Office
from sandbox.vchasno.refusal import Refused, not_found
from sandbox.vchasno.wire import asked, nothing


class SigningCalls:
    """Signatures, downloads, sign sessions, public links."""

    def __init__(self, office: Office, acts: Acts) -> None:
        self._office, self._acts = office, acts

    def routes(self) -> list[web.RouteDef]:
        one, shared = "/documents/{id}", "/shared-documents/{id}"
        return [
            web.get(f"{one}/signatures", self.signatures, name="signatures"),
            web.post(f"{one}/signatures", self.add_signature, name="add_signature"),
            web.get(f"{one}/original", self.original, name="original"),
            web.get(f"{one}/archive", self.archive, name="archive"),
            web.get(f"{one}/p7s", self.p7s, name="p7s"),
            web.get(f"{one}/pdf/print", self.printed, name="print"),
            web.get("/download-documents", self.downloads, name="download_documents"),
            web.post("/sign-sessions", self.session, name="sign_session"),
            web.post(shared, self.share, name="share"),
            web.get(shared, self.shared, name="shared"),
            web.put(shared, self.change_link, name="change_link"),
            web.delete(shared, self.drop_link, name="drop_link"),
        ]

    async def signatures(self, request: web.Request) -> web.Response:
        return web.json_response([one.view() for one in self._document(request).signatures])

    async def add_signature(self, request: web.Request) -> web.Response:
        """A detached container over the original, in base64."""
        document, said = self._document(request), await asked(request, bodies.NewSignature)
        try:
            der = base64.b64decode(said.signature, validate=True)
        except ValueError:
            raise Refused("Помилка валідації", details={"signature": "base64 expected"}) from None
        for given in taken(der, document.content):
            self._acts.add_ready(document, given)
        return nothing(201)

    async def original(self, request: web.Request) -> web.Response:
        document = self._document(request)
        if request.query.get("version", "latest") != "latest":
            raise not_found("Версію не знайдено")
        return files.original(document)

    async def archive(self, request: web.Request) -> web.Response:
        document, query = self._document(request), request.query
        appended = query.get("convert_to_signature_format") == "internal_appended"
        body = files.archive(document, self._office.own, appended=appended, guide=query.get("with_instruction") == "1")
        headers = {"Content-Disposition": f'attachment; filename="{document.id}.zip"'}
        return web.Response(body=body, content_type="application/zip", headers=headers)

    async def p7s(self, request: web.Request) -> web.Response:
        document = self._document(request)
        if not document.signatures:
            raise not_found("Підписів немає")
        other = self._office.faults.take("other_content", call="p7s")
        content = document.content + b"\n%% zminene" if other else document.content
        body = packed([one.signed for one in document.signatures], content)
        headers = {"Content-Disposition": f'attachment; filename="{document.id}.p7s"'}
        return web.Response(body=body, content_type="application/pkcs7-mime", headers=headers)

    async def printed(self, request: web.Request) -> web.Response:
        body = files.printed(self._document(request), self._office.own)
        return web.Response(body=body, content_type="application/pdf")

    async def downloads(self, request: web.Request) -> web.Response:
        """The types as they really come: a string, and numbers where a truth is described."""
        api = f"{self._office.base}/api/v2/documents"
        found = [self._office.document(id) for id in request.query.getall("ids", [])]
        rows = [
            {
                "id": one.id,
                "extension": f".{one.extension}",
                "archive_url": f"{api}/{one.id}/archive",
                "original_url": f"{api}/{one.id}/original",
                "xml_to_pdf_url": None,
                "status": "ready",
            }
            for one in found
        ]
        return web.json_response({"status": "ready", "ready": 1, "pending": 0, "total": len(rows), "documents": rows})

    async def session(self, request: web.Request) -> web.Response:
        """To sign second the document has been sent; to sign first it is sent now."""
        said = await asked(request, bodies.NewSession)
        document = self._office.document(said.document_id)
        named = document.recipient
        if said.type == "sign_session":
            if named is None or named.edrpou != said.edrpou:
                raise Refused("Помилка валідації", details={"edrpou": "not the recipient of the document"})
            if document.status == statuses.READY and document.first_sign_by == RECIPIENT:
                self._acts.send(document)
            if document.status not in statuses.WITH_CLIENT:
                raise Refused(f"У стані {document.status} контрагент не підписує")
        session = Session(
            str(uuid4()), secrets.token_urlsafe(24), document.id, said.edrpou, said.email, said.type,
            said.on_finish_url, said.on_cancel_url, self._office.moment() + SESSION_LASTS,
        )  # fmt: skip
        self._office.sessions[session.token] = session
        return web.json_response(session.view(self._office.base, document.status), status=201)

    async def share(self, request: web.Request) -> web.Response:
        document, said = self._document(request), await asked(request, bodies.NewLink)
        if document.status != statuses.DRAFT:
            raise Refused(f"У стані {document.status} посилання не створюють")
        if (said.recipient_edrpou is None) != (said.recipient_email is None):
            raise Refused("Помилка валідації", details={"recipient_email": "both or neither"})
        until = self._office.moment() + timedelta(days=said.access_period)
        link = SharedLink(
            str(uuid4()), secrets.token_urlsafe(24), document.id, said.type, until, said.is_single_use_link,
            said.recipient_edrpou or "", said.recipient_email or "",
        )  # fmt: skip
        if link.edrpou:
            document.recipients = [Recipient(link.edrpou, [link.email], self._office.company(link.edrpou).name)]
        self._office.links[link.token] = link
        return web.json_response(link.view(self._office.base), status=201)

    async def shared(self, request: web.Request) -> web.Response:
        document = self._document(request)
        found = [one for one in self._office.links.values() if one.document_id == document.id]
        if not found:
            raise not_found("Посилання немає")
        return web.json_response(found[-1].view(self._office.base))

    async def change_link(self, request: web.Request) -> web.Response:
        link, said = self._link(request), await asked(request, bodies.LinkChange)
        if said.access_period is not None:
            link.until = self._office.moment() + timedelta(days=said.access_period)
        if said.is_active is not None:
            link.is_active = said.is_active
        return web.json_response(link.view(self._office.base))

    async def drop_link(self, request: web.Request) -> web.Response:
        self._link(request).is_active = False
        return nothing(204)

    def _document(self, request: web.Request) -> Document:
        return self._office.document(request.match_info["id"])

    def _link(self, request: web.Request) -> SharedLink:
        found = [one for one in self._office.links.values() if one.id == request.match_info["id"]]
        if not found:
            raise not_found("Посилання немає")
        return found[0]
