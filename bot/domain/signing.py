"""A service of electronic signatures as the product sees it: what goes there, how far it came, who signed.

Only what the service says moves a document forward (ServiceState); a press in a chat never does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DocumentKind(StrEnum):
    """What is signed; the service sorts its documents by it."""

    CONTRACT = "contract"
    AMENDMENT = "amendment"  # an additional agreement: new terms or a new price list
    RECONCILIATION = "reconciliation"  # акт звірки


class FirstSigner(StrEnum):
    """Who signs first: we, or the client."""

    OWNER = "owner"
    RECIPIENT = "recipient"


class ServiceState(StrEnum):
    """How far a document came at the service. A state may be skipped; an unknown one changes nothing and is logged."""

    DRAFT = "draft"  # there, without a recipient
    READY = "ready"  # there with its recipient, not sent
    SENT = "sent"  # waits for the client, who signs first
    SIGNING_OWNER = "signing_owner"  # we signed, or some of us, and it is not sent
    WAITING_CLIENT = "waiting_client"  # we signed and sent
    SIGNING_CLIENT = "signing_client"  # the client signed, or some of them
    SIGNED = "signed"  # every signature is there
    REJECTED = "rejected"
    ANNULLED = "annulled"
    GONE = "gone"  # deleted there, or not ours
    UNKNOWN = "unknown"

    @property
    def final(self) -> bool:
        return self in (ServiceState.SIGNED, ServiceState.REJECTED, ServiceState.ANNULLED, ServiceState.GONE)


@dataclass(frozen=True, slots=True)
class Recipient:
    """The other side: its EDRPOU or RNOKPP, and the address that the service writes to."""

    code: str
    email: str


@dataclass(frozen=True, slots=True)
class ServiceDocument:
    """A document as the service knows it. `recipients` are empty where it was not asked for them."""

    ref: str
    state: ServiceState
    code: str
    """The service's own code of the state, for the log and for staff."""
    key: str = ""
    recipients: tuple[Recipient, ...] = ()
    page: str = ""
    """Where staff open it; needs their login."""
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignatureMark:
    """A signature as the service lists it."""

    code: str
    """EDRPOU of the signer's company, or the person's RNOKPP."""
    company: str
    name: str
    position: str
    serial: str
    """Of the certificate, hexadecimal, upper case, without leading zeros."""
    at: datetime | None
    ours: bool = False


@dataclass(frozen=True, slots=True)
class ContainedSignature:
    """A signature as its container holds it; what the certificate does not say is empty."""

    codes: tuple[str, ...]
    """Every EDRPOU and RNOKPP the certificate names."""
    name: str
    company: str
    serial: str
    at: datetime | None
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class SignatureContainer:
    """A signature's container, read: the bytes that were signed, if they are inside, and by whom."""

    content: bytes | None
    signatures: tuple[ContainedSignature, ...]


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the tariff still allows; `left` is None where it has no limit."""

    tariff: str
    left: int | None
    until: datetime | None


class Doubt(StrEnum):
    """What the look at a container found."""

    CONTENT_DIFFERS = "content_differs"
    NO_CONTENT = "no_content"
    STRANGER_SIGNED = "stranger_signed"  # a code that is neither ours nor the client's
    CLIENT_MISSING = "client_missing"
    OWNER_MISSING = "owner_missing"
    SERIALS_DIFFER = "serials_differ"  # the service names a certificate that is not in it, or the other way round


def doubts(
    container: SignatureContainer, original: bytes, ours: str, theirs: Sequence[str], listed: Sequence[SignatureMark]
) -> tuple[Doubt, ...]:
    """What does not fit between the container, the file we sent and what the service says; nothing: structure checked.

    It says nothing of whether a signature is valid: that is a state verifier's to say.
    """
    found: list[Doubt] = []
    if container.content is None:
        found.append(Doubt.NO_CONTENT)
    elif container.content != original:
        found.append(Doubt.CONTENT_DIFFERS)
    signers = [set(signature.codes) for signature in container.signatures]
    if any(codes and not codes & {ours, *theirs} for codes in signers):
        found.append(Doubt.STRANGER_SIGNED)
    if not any(codes & set(theirs) for codes in signers):
        found.append(Doubt.CLIENT_MISSING)
    if not any(ours in codes for codes in signers):
        found.append(Doubt.OWNER_MISSING)
    if {signature.serial for signature in container.signatures} != {mark.serial for mark in listed}:
        found.append(Doubt.SERIALS_DIFFER)
    return tuple(found)
