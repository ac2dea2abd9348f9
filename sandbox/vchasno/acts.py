"""What people do with a document: sign, send, reject, open, delete; each act is journaled and told by mail."""

from dataclasses import replace
from uuid import uuid4

from sandbox.vchasno import course, statuses
from sandbox.vchasno.company import Company
from sandbox.vchasno.container import Given, sign
from sandbox.vchasno.document import OWNER, RECIPIENT, Comment, DeleteRequest, Document, Side, Signature
from sandbox.vchasno.office import Office
from sandbox.vchasno.refusal import Refused


class Acts:
    """Over one office."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def sign(self, document: Document, side: Side, signer: Company, *, send: bool = False) -> None:
        """With a certificate made for the signer; by `send` it goes on by the same click. Raises Refused."""
        office, at = self._office, self._office.moment()
        identity = office.authority.identity(signer, at)
        signed = sign(identity, document.content, at)
        who = replace(signer)
        course.sign(document, Signature(str(uuid4()), side, who, identity.name, f"{identity.serial:X}", at, signed))
        if send:
            self._go_on(document, side)
        office.touch(document)

    def _go_on(self, document: Document, side: Side) -> None:
        at, enough = self._office.moment(), document.count(side)
        if side == RECIPIENT and document.status == statuses.CLIENT_SIGNS:
            if enough >= document.expected_recipient:
                course.send_back(document, at)
        elif side == OWNER and document.status == statuses.OWNER_SIGNS and enough >= document.expected_owner:
            course.send(document, at)
            self._invite(document)

    def add_ready(self, document: Document, given: Given) -> None:
        """A signature made elsewhere, handed in by the owner. Raises Refused."""
        own, at = self._office.own, self._office.moment()
        signer = replace(own, signer=given.name or own.signer, edrpou=given.edrpou or own.edrpou)
        made = Signature(str(uuid4()), OWNER, signer, signer.signer, given.serial, at, given.signed, given.is_ecdsa)
        course.sign(document, made)
        self._office.touch(document)

    def send(self, document: Document) -> None:
        """Raises Refused."""
        course.send(document, self._office.moment())
        self._invite(document)
        self._office.touch(document)

    def send_back(self, document: Document) -> None:
        """Raises Refused."""
        course.send_back(document, self._office.moment())
        self._office.touch(document)

    def reject(self, document: Document, who: Company, text: str, email: str = "") -> None:
        """Raises Refused."""
        comment = Comment(str(uuid4()), text, "rejection", self._office.moment(), who, email or who.email)
        course.reject(document, comment)
        self._office.touch(document)

    def comment(self, document: Document, who: Company, text: str, kind: str = "comment", inside: bool = False) -> None:
        at = self._office.moment()
        document.comments.append(Comment(str(uuid4()), text, kind, at, who, who.email, inside))
        self._office.touch(document)

    def open(self, document: Document) -> None:
        """Somebody of the other side sees it in their list."""
        if document.delivered is None and document.sent is not None:
            document.delivered = self._office.moment()
            self._office.touch(document)

    def delete(self, document: Document) -> None:
        """By the owner. Raises Refused."""
        if document.is_locked:
            raise Refused("Видалення документа заблоковано")
        if document.status == statuses.SIGNED and not document.is_internal:
            raise Refused("Підписаний документ видаляють за згодою контрагента")
        self._office.drop(document)

    def ask_to_delete(self, document: Document, message: str) -> DeleteRequest:
        """Raises Refused."""
        if any(one.status == "new" for one in document.delete_requests):
            raise Refused("Запит на видалення вже надіслано")
        asked = DeleteRequest(str(uuid4()), message, self._office.moment())
        document.delete_requests.append(asked)
        self.comment(document, self._office.own, message, "delete_request")
        return asked

    def answer_delete(self, document: Document, status: str, message: str = "") -> None:
        """accepted, rejected by the other side, or canceled by the owner. Raises Refused."""
        asked = next((one for one in document.delete_requests if one.status == "new"), None)
        if asked is None:
            raise Refused("Запиту на видалення немає")
        asked.status, asked.reject_message = status, message
        if status == "accepted":
            self._office.drop(document)
            return
        if status == "rejected":
            named = document.recipient
            who = self._office.company(named.edrpou) if named else self._office.own
            self.comment(document, who, message, "delete_request_rejection")
        self._office.touch(document)

    def work_of_director(self) -> None:
        """Whatever the director was to do by now."""
        office = self._office
        for id, moment in list(office.due.items()):
            if moment <= office.clock.time():
                del office.due[id]
                document = office.documents.get(id)
                if document is not None and office.is_directors(document):
                    self.sign(document, OWNER, office.own, send=office.settings.director == "signs_and_sends")

    def _invite(self, document: Document) -> None:
        office, named = self._office, document.recipient
        if named is None or document.status not in statuses.WITH_CLIENT:
            return
        link = f"{office.base}/app/documents/{document.id}"
        subject = f"{office.own.name} надсилає вам документ: {document.title}"
        text = (
            f"Вітаємо!\n\n{office.own.name} надсилає вам документ «{document.title}» у сервісі «Вчасно».\n"
            f"Відкрийте його, щоб підписати КЕП або відхилити:\n{link}\n\nПісочниця: підпис тут несправжній.\n"
        )
        for email in named.emails:
            letter = office.post.send(email, subject, text, link, document.id, office.moment())
            office.tell({"type": "letter", "letter": letter.view()})
