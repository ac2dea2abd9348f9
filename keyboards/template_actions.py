"""The payloads of buttons about templates of contracts, in the group of the lawyers."""

from dataclasses import dataclass
from uuid import UUID

from bot.conversation.action import Action, payload
from bot.domain.signing import DocumentKind


@payload("wl")
@dataclass(frozen=True, slots=True)
class ShowTemplates(Action):
    """What is used for each kind of documents."""


@payload("wk")
@dataclass(frozen=True, slots=True)
class ShowKind(Action):
    """The versions of a kind."""

    kind: DocumentKind


@payload("wu")
@dataclass(frozen=True, slots=True)
class UseFile(Action):
    """The file that was sent is the template of this kind from now on."""

    file: UUID
    kind: DocumentKind


@payload("we")
@dataclass(frozen=True, slots=True)
class SeeFile(Action):
    """The file that was sent, filled for a client who does not exist."""

    file: UUID
    kind: DocumentKind


@payload("wr")
@dataclass(frozen=True, slots=True)
class UseVersion(Action):
    """Back to a version; 0 is the sample."""

    kind: DocumentKind
    version: int


@payload("wd")
@dataclass(frozen=True, slots=True)
class TakeVersion(Action):
    """The file of a version, to be changed in Word."""

    kind: DocumentKind
    version: int


@payload("wq")
@dataclass(frozen=True, slots=True)
class ShowRequisites(Action):
    """What a contract needs of a client."""

    client: UUID


@payload("wx")
@dataclass(frozen=True, slots=True)
class SeeKind(Action):
    """What is in use, filled for a client who does not exist."""

    kind: DocumentKind
