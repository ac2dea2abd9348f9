"""An envelope: one document on its way from the template to its signatures, and what is known of it.

It only moves forward, and past the lawyers only by what the service says (bot/domain/signing.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.signing import DocumentKind, Doubt, FirstSigner, ServiceState


class Stage(StrEnum):
    """How far an envelope came."""

    FILLING = "filling"
    LACKING = "lacking"  # something of the client's is missing; staff supply it
    REVIEW = "review"  # with the lawyers
    RETURNED = "returned"  # by a lawyer, with a comment
    APPROVED = "approved"  # on its way to the service
    UPLOADED = "uploaded"  # there, not sent: waits for our own signature
    SENT = "sent"  # waits for the client
    HALF = "half"  # the client signed, we have not
    EXPIRED = "expired"  # nobody signed in time
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    SIGNED = "signed"

    @property
    def open(self) -> bool:
        return self not in ENDED

    @property
    def at_service(self) -> bool:
        return self in (Stage.UPLOADED, Stage.SENT, Stage.HALF)


ENDED = frozenset({Stage.EXPIRED, Stage.WITHDRAWN, Stage.REJECTED, Stage.SIGNED})
FOLLOWED = frozenset({Stage.UPLOADED, Stage.SENT, Stage.HALF})
"""While it is so far, the service is asked about it."""
_RANK: Mapping[Stage, int] = {stage: place for place, stage in enumerate(Stage)}
_SAID: Mapping[ServiceState, Stage] = {
    ServiceState.DRAFT: Stage.UPLOADED,
    ServiceState.READY: Stage.UPLOADED,
    ServiceState.SIGNING_OWNER: Stage.UPLOADED,
    ServiceState.SENT: Stage.SENT,
    ServiceState.WAITING_CLIENT: Stage.SENT,
    ServiceState.SIGNING_CLIENT: Stage.HALF,
    ServiceState.SIGNED: Stage.SIGNED,
    ServiceState.REJECTED: Stage.REJECTED,
    ServiceState.ANNULLED: Stage.WITHDRAWN,
    ServiceState.GONE: Stage.WITHDRAWN,
}


def moved(stage: Stage, said: ServiceState) -> Stage:
    """Where the service's word brings an envelope: never back, and nowhere by a word that nobody knows.

    What has ended is only brought on by signatures that came after all. The client's half may look like ours: where
    the client signs first, a document that we half signed had been sent.
    """
    to = _SAID.get(said, stage)
    if not stage.open:
        return to if to is Stage.SIGNED else stage
    if said is ServiceState.SIGNING_OWNER and stage in (Stage.SENT, Stage.HALF):
        to = Stage.HALF
    return to if _RANK[to] > _RANK[stage] else stage


class Asker(StrEnum):
    """Who wanted an envelope."""

    CLIENT = "client"
    STAFF = "staff"
    RULE = "rule"
    ACCOUNTING = "accounting"  # a call from 1C


class Trouble(StrEnum):
    """What keeps an envelope from the service until somebody of the staff does something; they may try again then."""

    LOGIN = "login_required"
    TARIFF = "access_denied"
    QUOTA = "rate_upload_overlimit"
    RIGHTS = "permission"
    RECIPIENT = "wrong_recipient"
    TOO_LARGE = "too_large"
    REFUSED = "refused"  # anything else that the service says no to


@dataclass(frozen=True, slots=True)
class Asked:
    """Who wanted it: a person of the client's, somebody of the staff, or a rule, by name."""

    by: Asker
    name: str
    account: str = ""
    """As `Staff.key`, or the person's id."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a document is filled with beside the client's card: the days of a reconciliation act, a contract's end."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class FileMark:
    """A kept file: found by its SHA-256."""

    sha256: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class EnvelopeView:
    """Everything a screen or a job needs to know of one."""

    id: UUID
    client_id: UUID
    client: str
    kind: DocumentKind
    stage: Stage
    revision: int
    number: str
    dated: date
    terms: Terms
    asked: Asked
    asked_at: datetime
    token: str
    file: FileMark | None = None
    source: FileMark | None = None
    """The DOCX it was drawn of, where the file is a PDF."""
    template: str = ""
    lacks: tuple[str, ...] = ()
    reviewed_by: str = ""
    reviewed_at: datetime | None = None
    review_due: datetime | None = None
    comment: str = ""
    recipient_code: str = ""
    recipient_email: str = ""
    ref: str = ""
    page: str = ""
    said: ServiceState | None = None
    said_code: str = ""
    trouble: Trouble | None = None
    first: FirstSigner = FirstSigner.RECIPIENT
    sent_at: datetime | None = None
    sign_by: date | None = None
    ended_at: datetime | None = None
    rejection: str = ""
    doubts: tuple[Doubt, ...] | None = None
    """None until the container was looked at."""
    accepted_by: str = ""
    """Of the staff, in spite of the doubts."""
    recorded: str = ""
    """The contract's reference in the book of record."""

    @property
    def called(self) -> tuple[str, str, date]:
        """Its kind, number and day, as people name it."""
        return self.kind.value, self.number, self.dated

    @property
    def sound(self) -> bool:
        """Signed, and either nothing speaks against the signatures or somebody of the staff took it as it is."""
        return self.stage is Stage.SIGNED and (self.doubts == () or bool(self.accepted_by))


class Happening(StrEnum):
    """A line of an envelope's history."""

    ASKED = "asked"
    FILLED = "filled"
    LACKED = "lacked"
    APPROVED = "approved"
    RETURNED = "returned"
    UPLOADED = "uploaded"
    SENT = "sent"
    OPENED = "opened"  # somebody went to the page where it is signed
    HALF = "half"
    SIGNED = "signed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    TROUBLE = "trouble"
    RETRIED = "retried"
    REMINDED = "reminded"
    LOOKED_AT = "looked_at"  # the container
    ACCEPTED = "accepted"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    at: datetime
    what: Happening
    who: str = ""
    words: str = ""


class FileRole(StrEnum):
    """What is kept of a signed document."""

    ORIGINAL = "original"
    CONTAINER = "container"
    ARCHIVE = "archive"
    PRINTABLE = "printable"


class Start(StrEnum):
    """What begins a document by itself, where the office wants it so."""

    NEW = "new"  # a client whose people have joined and who has no contract
    EXPIRING = "expiring"  # a contract that ends within a month
    PRICES = "prices"  # prices have moved since the last annex, at most once a month


@dataclass(frozen=True, slots=True)
class EnvelopeRules:
    """How long each step may take. `review_days`: working days for a lawyer; `sign_days`: days for the client, after
    which the document is taken back; `reminded`: days after sending on which the client is asked once more."""

    review_days: int = 1
    sign_days: int = 30
    reminded: tuple[int, ...] = (2, 5, 10)
    first: FirstSigner = FirstSigner.RECIPIENT
    starts: frozenset[Start] = frozenset()
