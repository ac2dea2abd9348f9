"""Keyboards about templates of contracts."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from bot.conversation.screen import Rows, Tap
from bot.domain.signing import DocumentKind
from bot.i18n import Translator, marked
from keyboards.rows import numbers
from keyboards.template_actions import (
    SeeFile,
    SeeKind,
    ShowKind,
    ShowRequisites,
    ShowTemplates,
    TakeVersion,
    UseFile,
    UseVersion,
)

KINDS: Mapping[DocumentKind, str] = {
    DocumentKind.CONTRACT: marked("Supply contract"),
    DocumentKind.AMENDMENT: marked("Additional agreement"),
    DocumentKind.RECONCILIATION: marked("Reconciliation act"),
}
USE: Mapping[DocumentKind, str] = {
    DocumentKind.CONTRACT: marked("Use as the contract"),
    DocumentKind.AMENDMENT: marked("Use as the agreement"),
    DocumentKind.RECONCILIATION: marked("Use as the act"),
}
VERSIONS = 4
"""So many have buttons; the older ones are reached by the terminal."""


def offered(tr: Translator, file: UUID, likely: DocumentKind, good: Collection[DocumentKind]) -> Rows:
    """What the file may become, the likeliest first, and a look at it filled."""
    kinds = sorted(good, key=lambda kind: kind is not likely)
    uses = tuple((Tap(tr.label(USE[kind]), UseFile(file, kind)),) for kind in kinds)
    look = ((Tap(tr.label("See it filled"), SeeFile(file, kinds[0])),),) if kinds else ()
    return (*look, *uses, (Tap(tr.label("All templates"), ShowTemplates()),))


def which(clients: Sequence[UUID]) -> Rows:
    """A button a client, by their number on the screen."""
    return numbers([ShowRequisites(client) for client in clients])


def overview(tr: Translator) -> Rows:
    return tuple((Tap(tr.label(words), ShowKind(kind)),) for kind, words in KINDS.items())


def of_kind(tr: Translator, kind: DocumentKind, versions: Sequence[int], in_use: int) -> Rows:
    """Each version can be taken, and one that is not in use can be returned to; 0 is the sample."""
    shown = (*versions[:VERSIONS], 0)
    rows = tuple(_version(tr, kind, version, in_use) for version in shown)
    last = (Tap(tr.label("See it filled"), SeeKind(kind)), Tap(tr.label("All templates"), ShowTemplates()))
    return (*rows, last)


def _version(tr: Translator, kind: DocumentKind, version: int, in_use: int) -> tuple[Tap, ...]:
    called = tr.label("Version {n}", n=version) if version else tr.label("Sample")
    take = Tap(tr.label("{version}: file", version=called), TakeVersion(kind, version))
    if version == in_use:
        return (take,)
    return (take, Tap(tr.label("{version}: return", version=called), UseVersion(kind, version)))
