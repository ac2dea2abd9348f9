"""Who may see a client's documents, and everything there is to see of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.db.tx import Tx
from bot.domain.client import Buyer
from bot.domain.envelope import EnvelopeView, FileMark, FileRole, HistoryLine
from bot.domain.errors import Forbidden, NotFound
from bot.domain.notice import Audience
from bot.domain.signing import SignatureMark
from bot.services.envelopes.steps import required


@dataclass(frozen=True, slots=True)
class Folder:
    """An envelope with its history, who signed it, and what is kept of it."""

    envelope: EnvelopeView
    history: Sequence[HistoryLine]
    signatures: Sequence[SignatureMark]
    files: Mapping[FileRole, FileMark]


def folder(tx: Tx, envelope_id: UUID) -> Folder:
    """Raises NotFound."""
    envelopes = tx.envelopes
    return Folder(
        required(tx, envelope_id), envelopes.history(envelope_id), envelopes.signatures(envelope_id),
        envelopes.files(envelope_id),
    )  # fmt: skip


def signers(tx: Tx, client_id: UUID) -> Sequence[UUID]:
    """Who signs for the client; where nobody is named, who pays, and then who orders."""
    return tx.reach.audience(client_id, Audience.SIGNS)


def require_signer(tx: Tx, buyer: Buyer, person_id: UUID) -> None:
    """Raises Forbidden for somebody of the client's whom its documents do not concern."""
    if person_id not in signers(tx, buyer.id):
        raise Forbidden("signs")


def required_of(tx: Tx, buyer: Buyer, person_id: UUID, envelope_id: UUID) -> EnvelopeView:
    """Raises Forbidden, and NotFound for another client's."""
    require_signer(tx, buyer, person_id)
    found = required(tx, envelope_id)
    if found.client_id != buyer.id:
        raise NotFound("envelope")
    return found
