"""The payloads of documents that are signed: of the client's screens, and of the staff's."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from bot.conversation.action import Action, payload
from bot.domain.envelope import FileRole
from bot.domain.signing import DocumentKind


class Remark(StrEnum):
    """Why a lawyer returns a document, where no words of their own are needed."""

    REQUISITES = "r"
    TERMS = "t"
    PRICES = "p"


# --- the client -------------------------------------------------------------------------------------------------------


@payload("kd")
@dataclass(frozen=True, slots=True)
class ShowDocuments(Action):
    """The client's contracts and acts."""


@payload("ko")
@dataclass(frozen=True, slots=True)
class ShowDocument(Action):
    envelope: UUID


@payload("kf")
@dataclass(frozen=True, slots=True)
class TakeDocument(Action):
    """A file of it; without a role, the document itself."""

    envelope: UUID
    role: FileRole | None


@payload("ka")
@dataclass(frozen=True, slots=True)
class AskContract(Action):
    """Whoever signs for the client wants a contract."""


@payload("kr")
@dataclass(frozen=True, slots=True)
class AskAct(Action):
    """For which time is the reconciliation act to be?"""


@payload("kt")
@dataclass(frozen=True, slots=True)
class TakeAct(Action):
    """A reconciliation act of these days, both included."""

    since: date
    until: date


@payload("kh")
@dataclass(frozen=True, slots=True)
class HowToSign(Action):
    envelope: UUID


# --- the staff --------------------------------------------------------------------------------------------------------


@payload("ke")
@dataclass(frozen=True, slots=True)
class ShowClientsDocuments(Action):
    client: UUID


@payload("kn")
@dataclass(frozen=True, slots=True)
class StartDocument(Action):
    """A document of this kind for a client: filled, and to the lawyers."""

    client: UUID
    kind: DocumentKind


@payload("kv")
@dataclass(frozen=True, slots=True)
class ShowEnvelope(Action):
    envelope: UUID


@payload("kg")
@dataclass(frozen=True, slots=True)
class TakeEnvelope(Action):
    """A file of it; without a role, what is signed."""

    envelope: UUID
    role: FileRole | None


@payload("ky")
@dataclass(frozen=True, slots=True)
class Approve(Action):
    envelope: UUID
    revision: int


@payload("kc")
@dataclass(frozen=True, slots=True)
class AskRemark(Action):
    """Why is it returned?"""

    envelope: UUID
    revision: int


@payload("kb")
@dataclass(frozen=True, slots=True)
class GiveDocumentBack(Action):
    """Returned by a lawyer, for one of the ready reasons."""

    envelope: UUID
    revision: int
    remark: Remark


@payload("kl")
@dataclass(frozen=True, slots=True)
class FillAgain(Action):
    """Filled anew, or tried at the service once more."""

    envelope: UUID
    revision: int


@payload("kx")
@dataclass(frozen=True, slots=True)
class AskWithdraw(Action):
    envelope: UUID


@payload("kz")
@dataclass(frozen=True, slots=True)
class Withdraw(Action):
    envelope: UUID


@payload("ks")
@dataclass(frozen=True, slots=True)
class AcceptSigned(Action):
    """A lawyer takes a signed document in spite of what the look at it found."""

    envelope: UUID


@payload("km")
@dataclass(frozen=True, slots=True)
class ShowOpenDocuments(Action):
    """All that are on their way."""
