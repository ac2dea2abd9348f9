"""A document and everything that hangs on it, and how the API shows it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from sandbox.vchasno import statuses
from sandbox.vchasno.categories import title_of
from sandbox.vchasno.company import Company
from sandbox.vchasno.container import Signed

Json = dict[str, Any]
Side = Literal["owner", "recipient"]
OWNER: Side = "owner"
RECIPIENT: Side = "recipient"


@dataclass(slots=True)
class Recipient:
    """The counterparty as the owner named it; a viewer does not sign."""

    edrpou: str
    emails: list[str]
    name: str = ""
    role: str = "signer"
    is_hidden: bool = False

    def view(self) -> Json:
        return {
            "edrpou": self.edrpou,
            "emails": [] if self.is_hidden else list(self.emails),
            "name": self.name or None,
            "is_emails_hidden": self.is_hidden,
            "role": self.role,
        }


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody's signature; `side` says for whom it counts."""

    id: str
    side: Side
    signer: Company
    name: str
    serial: str
    at: datetime
    signed: Signed
    is_ecdsa: bool = True

    def view(self) -> Json:
        return {
            "id": self.id,
            "edrpou": self.signer.edrpou,
            "company_name": self.signer.name,
            "is_internal": self.side == OWNER,
            "role_id": None,
            "signer_name": self.name,
            "signer_position": self.signer.position,
            "serial_number": self.serial,
            "timestamp": self.at.isoformat(),
            "has_stamp": False,
            "stamp": None,
            "is_ecdsa": self.is_ecdsa,
        }


@dataclass(frozen=True, slots=True)
class Comment:
    """Words beside a document; the reason of a rejection is one."""

    id: str
    text: str
    kind: str
    at: datetime
    author: Company
    email: str
    is_internal: bool = False

    def view(self) -> Json:
        last, first, second = [*self.author.signer.split(" ", 2), "", "", ""][:3]
        author = {"first_name": first, "second_name": second, "last_name": last, "email": self.email or None}
        return {
            "id": self.id,
            "text": self.text,
            "type": self.kind,
            "date_created": self.at.isoformat(),
            "is_internal": self.is_internal,
            "author": author | {"edrpou": self.author.edrpou, "is_legal": not self.author.is_person},
        }


@dataclass(slots=True)
class Step:
    """One party of a multilateral document: signs in its order."""

    edrpou: str
    emails: list[str]
    order: int
    pending: int

    def view(self) -> Json:
        return {
            "edrpou": self.edrpou,
            "order": self.order,
            "pending_signatures": self.pending,
            "emails": list(self.emails),
        }


@dataclass(slots=True)
class DeleteRequest:
    """An asking to delete what both sides have signed."""

    id: str
    message: str
    at: datetime
    status: str = "new"
    reject_message: str = ""

    def view(self, document_id: str) -> Json:
        return {
            "id": self.id,
            "document_id": document_id,
            "message": self.message,
            "status": self.status,
            "reject_message": self.reject_message or None,
            "date_created": self.at.isoformat(),
        }


@dataclass(slots=True, eq=False)
class Document:
    """One uploaded file; `order` counts uploads, `came_back` says that a counterparty who signs first has done so."""

    id: str
    order: int
    content: bytes
    extension: str
    title: str
    created: datetime
    changed: datetime
    number: str = ""
    day: date | None = None
    amount: int | None = None
    category: int = 0
    vendor_id: str = ""
    first_sign_by: Side = OWNER
    expected_owner: int = 1
    expected_recipient: int = 1
    is_internal: bool = False
    is_multilateral: bool = False
    recipients: list[Recipient] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    parent: str = ""
    status: int = statuses.DRAFT
    came_back: bool = False
    sent: datetime | None = None
    delivered: datetime | None = None
    finished: datetime | None = None
    rejected: datetime | None = None
    processed: bool = False
    has_changed: bool = True
    is_locked: bool = False
    signatures: list[Signature] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    flow: list[Step] = field(default_factory=list)
    delete_requests: list[DeleteRequest] = field(default_factory=list)

    @property
    def recipient(self) -> Recipient | None:
        """Who is to sign for the other side."""
        return next((one for one in self.recipients if one.role == "signer"), None)

    @property
    def is_final(self) -> bool:
        return self.status in statuses.FINAL

    def count(self, side: Side) -> int:
        return sum(one.side == side for one in self.signatures)

    def left(self) -> int:
        """Signatures still to come."""
        if self.flow:
            return sum(step.pending for step in self.flow)
        ours, theirs = self.expected_owner - self.count(OWNER), self.expected_recipient - self.count(RECIPIENT)
        return max(ours, 0) + (0 if self.is_internal else max(theirs, 0))

    def view(self, base: str) -> Json:
        """Without what only a flag brings; with fields that no description names, as the service has them."""
        public = {"category_id": self.category, "category_title": title_of(self.category), "is_public": True}
        return {
            "id": self.id,
            "status": self.status,
            "status_text": statuses.text(self.status),
            "title": self.title,
            "type": None,
            "number": self.number or None,
            "date": self.day.isoformat() if self.day else None,
            "amount": self.amount,
            "category": self.category,
            "category_details": public,
            "extension": f".{self.extension}",
            "vendor": "integration" if self.vendor_id else None,
            "vendor_id": self.vendor_id or None,
            "first_sign_by": self.first_sign_by,
            "signatures_to_finish": self.left(),
            "signatures": [
                {"id": one.id, "email": one.signer.email or None, "date_created": one.at.isoformat()}
                for one in self.signatures
            ],
            "date_created": self.created.isoformat(),
            "date_delivered": _written(self.delivered),
            "date_finished": _written(self.finished),
            "is_delivered": self.delivered is not None,
            "processed": self.processed,
            "is_internal": self.is_internal,
            "is_multilateral": self.is_multilateral,
            "is_archived": False,
            "is_public_shared": False,
            "url": f"{base}/app/documents/{self.id}",
            "preview_url": f"{base}/app/documents/{self.id}/file",
            "review_state": None,
            "sd_status": None,
            "s3_key": f"documents/{self.id}",
            "is_imported": 0,
        }


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
