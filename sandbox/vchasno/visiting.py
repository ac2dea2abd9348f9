"""Who stands at the door of a document, and what they may do with it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.vchasno import course, statuses
from sandbox.vchasno.acts import Acts
from sandbox.vchasno.company import CODE, Company
from sandbox.vchasno.document import RECIPIENT, Document, Recipient
from sandbox.vchasno.invitations import Session, SharedLink
from sandbox.vchasno.office import Office
from sandbox.vchasno.refusal import Refused


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person of `company` at a document; by a session or a public link, or as a registered client."""

    document: Document
    company: Company
    email: str = ""
    session: Session | None = None
    link: SharedLink | None = None

    @property
    def may_act(self) -> bool:
        """Whether the turn is theirs."""
        if self.session and self.session.kind == "view_session":
            return False
        if self.link:
            return self.link.kind == "sign" and self.document.status == statuses.DRAFT
        return course.may_sign(self.document, RECIPIENT, self.company.edrpou)

    @property
    def asks_code(self) -> bool:
        """A public link for anybody: who signs says of which company."""
        return self.link is not None and not self.link.edrpou

    @property
    def is_new(self) -> bool:
        """By signing with an account of its own the company becomes registered."""
        return not self.session and not self.link and not self.company.registered

    @property
    def back(self) -> str:
        """Where they go when it is done."""
        return web_address(self.session.on_finish_url) if self.session else ""

    @property
    def away(self) -> str:
        """Where they go without signing."""
        return web_address(self.session.on_cancel_url) if self.session else ""


class Doors:
    """The three ways in: the document's own address, a session, a public link."""

    def __init__(self, office: Office, acts: Acts) -> None:
        self._office, self._acts = office, acts

    def visitor(self, kind: str, key: str) -> Visitor | None:
        """None where there is nothing to see, or no longer."""
        if kind == "app":
            document = self._office.documents.get(key)
            return self._client(document) if document else None
        if kind == "session":
            session = self._office.sessions.get(key)
            document = self._office.documents.get(session.document_id) if session else None
            if session is None or document is None or session.until < self._office.moment():
                return None
            return Visitor(document, self._office.company(session.edrpou), session.email, session=session)
        link = self._office.links.get(key)
        document = self._office.documents.get(link.document_id) if link else None
        if link is None or document is None or not link.is_active or link.until < self._office.moment():
            return None
        return Visitor(document, self._office.company(link.edrpou), link.email, link=link)

    def _client(self, document: Document) -> Visitor:
        named = document.recipient
        pending = next((step for step in document.flow if step.pending), None)
        edrpou = pending.edrpou if pending else named.edrpou if named else ""
        email = (named.emails or [""])[0] if named else ""
        return Visitor(document, self._office.company(edrpou), email)

    def opened(self, visitor: Visitor) -> None:
        self._acts.open(visitor.document)

    def sign(self, visitor: Visitor, edrpou: str = "") -> None:
        """Signs and sends by one click. Raises Refused."""
        document, company = visitor.document, visitor.company
        if visitor.link:
            company = self._public(visitor, edrpou)
        if visitor.is_new:
            company.registered = True
            self._office.companies[company.edrpou] = company
            self._office.tell({"type": "company", "company": company.view()})
        self._acts.sign(document, RECIPIENT, company, send=True)
        self._used(visitor, "signed")

    def reject(self, visitor: Visitor, text: str) -> None:
        """Raises Refused."""
        if not visitor.may_act or visitor.link:
            raise Refused("Цей документ не можна відхилити")
        self._acts.reject(visitor.document, visitor.company, text, visitor.email)
        self._used(visitor, "rejected")

    def _public(self, visitor: Visitor, edrpou: str) -> Company:
        """The first to sign by a public link becomes the recipient."""
        document, code = visitor.document, visitor.company.edrpou or edrpou
        if not visitor.may_act or not CODE.fullmatch(code):
            raise Refused("Вкажіть код ЄДРПОУ або РНОКПП")
        company = self._office.company(code)
        if document.recipient is None:
            document.recipients = [Recipient(code, [visitor.email] if visitor.email else [], company.name)]
        document.first_sign_by, document.status = RECIPIENT, statuses.SENT_FIRST
        return company

    def _used(self, visitor: Visitor, status: str) -> None:
        if visitor.session:
            visitor.session.status = status
        if visitor.link and visitor.link.is_single:
            visitor.link.is_active = False


def web_address(url: str) -> str:
    """The address if a browser may be sent there, otherwise nothing."""
    try:
        return url if urlsplit(url).scheme in {"http", "https"} and urlsplit(url).hostname else ""
    except ValueError:
        return ""
