"""Contracts that everybody signed go on to the book of record; once they are there, the envelope says so."""

from datetime import datetime
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.accounting import DocumentLink
from bot.domain.envelope import Happening
from bot.domain.job import Run
from bot.domain.signing import SignatureMark
from bot.ports import Clock
from bot.services.contract_record import SignedContract, record_contract

GATHER_CONTRACTS = "gather_contracts"
SERVICE = "Вчасно"
AT_ONCE = 50


class Recording:
    """The handler of GATHER_CONTRACTS, by the minute: also what was signed before the book of record was connected."""

    def __init__(self, books: Books, now: Clock) -> None:
        self._books = books
        self._now = now

    async def gather(self, _: Run) -> None:
        await self._books.write(self._gathered)

    def _gathered(self, tx: Tx) -> None:
        for envelope_id in tx.contract_documents.unasked(AT_ONCE):
            record_contract(tx, _contract(tx, envelope_id), self._now())


def recorded(tx: Tx, envelope_id: UUID, link: DocumentLink, at: datetime) -> None:
    """The contract is in the book of record under this reference."""
    if tx.envelopes.view(envelope_id) is not None:
        tx.envelopes.note(envelope_id, recorded=link.ref)
        tx.envelopes.happened(envelope_id, Happening.RECORDED, at, words=link.number)


def _contract(tx: Tx, envelope_id: UUID) -> SignedContract:
    """With the client's terms, which the document was filled with."""
    envelope = tx.envelopes.view(envelope_id)
    assert envelope is not None
    assert envelope.ended_at is not None
    marks = tx.envelopes.signatures(envelope_id)
    terms = tx.contract_documents.terms(envelope.client_id)
    return SignedContract(
        id=envelope.id,
        client_id=envelope.client_id,
        number=envelope.number,
        dated=envelope.dated,
        name=f"Договір № {envelope.number} від {envelope.dated:%d.%m.%Y}",
        signed_at=max((mark.at for mark in marks if mark.at is not None), default=envelope.ended_at),
        service=SERVICE,
        signers=tuple(_signer(mark) for mark in marks),
        link=envelope.page,
        until=envelope.terms.until,
        payment_days=terms.payment_days or None,
        credit_limit=terms.credit_limit,
        price_type=terms.price_type,
    )


def _signer(mark: SignatureMark) -> str:
    return f"{mark.name} ({mark.company})" if mark.name and mark.company else mark.name or mark.company or mark.code
