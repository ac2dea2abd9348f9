"""What a document says of a client, its terms, prices and settlements, gathered from the books."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from uuid import UUID

from bot.db.books import Books
from bot.db.contract_parties import CardRow, TermsRow
from bot.db.tx import Tx
from bot.domain.envelope import EnvelopeView
from bot.domain.errors import NotFound, Refused, Unavailable
from bot.domain.money import ZERO, Money, total
from bot.domain.paying import sums
from bot.domain.signing import DocumentKind
from bot.domain.template.facts import (
    ActFacts,
    ActRow,
    AmendmentFacts,
    ContractFacts,
    DocumentFacts,
    PartyFacts,
    PriceFacts,
    PriceRow,
)
from bot.domain.template.requisites import Requisites
from bot.domain.template.words import day_in_figures
from bot.i18n import KYIV
from bot.services.debts import owed
from bot.services.price_sheets import PriceSheets
from bot.services.standing import SYSTEM, Standing

LANGUAGE = "uk"
"""Of every document."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which document: its own number and day, and the days it speaks of where it does of any."""

    kind: DocumentKind
    client_id: UUID
    number: str
    dated: date
    since: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, envelope: EnvelopeView) -> "Wanted":
        terms = envelope.terms
        return cls(envelope.kind, envelope.client_id, envelope.number, envelope.dated, terms.since, terms.until)


class ContractFactsBook:
    """Reads; `company` is the wholesaler as a side of every contract, `place` where contracts are made."""

    def __init__(self, books: Books, prices: PriceSheets, standing: Standing, company: PartyFacts, place: str) -> None:
        self._books = books
        self._prices = prices
        self._standing = standing
        self.company = company
        self.place = place

    async def gather(self, wanted: Wanted, *, prices: bool) -> DocumentFacts:
        """Raises NotFound, and Unavailable where debts are too old for an act."""
        facts = await self._books.read(self._facts, wanted)
        return replace(facts, prices=await self._price_list(wanted)) if prices else facts

    def _facts(self, tx: Tx, wanted: Wanted) -> DocumentFacts:
        card = tx.contract_parties.card(wanted.client_id)
        if card is None:
            raise NotFound("client")
        client = party(card, tx.contract_parties.requisites(wanted.client_id))
        known = tx.contract_parties.contract(wanted.client_id)
        facts = DocumentFacts(wanted.kind, self.company, client, self._terms(card, known, wanted))
        match wanted.kind:
            case DocumentKind.CONTRACT:
                return facts
            case DocumentKind.AMENDMENT:
                return replace(facts, amendment=AmendmentFacts(wanted.number, wanted.dated))
            case DocumentKind.RECONCILIATION:
                return replace(facts, act=self._act(tx, wanted))

    def _terms(self, card: CardRow, known: TermsRow | None, wanted: Wanted) -> ContractFacts:
        """What the contract there does not say, the client's card says."""
        days = known.payment_days if known and known.payment_days is not None else card.payment_days
        limit = known.credit_limit if known and known.credit_limit is not None else card.credit_limit
        new = wanted.kind is DocumentKind.CONTRACT
        number, dated = (wanted.number, wanted.dated) if new else (known.number, known.dated) if known else ("", None)
        until = (wanted.until or date(wanted.dated.year + 1, 12, 31)) if new else None
        return ContractFacts(number, dated, self.place, days, limit, until)

    async def _price_list(self, wanted: Wanted) -> PriceFacts | None:
        """None where the client has no prices."""
        buyer = await self._books.read(lambda tx: tx.clients.buyer_of(wanted.client_id))
        if buyer is None:
            raise NotFound("client")
        try:
            sheet = await self._prices.all(buyer, LANGUAGE)
        except Refused:
            return None
        rates = await self._books.read(lambda tx: tx.contract_parties.rates())
        included = await self._books.read(lambda tx: tx.contract_parties.vat_included(buyer.price_type_id))
        rows = [
            PriceRow(article.sku, article.name, article.packing.base_unit, article.price, rates.get(article.id))
            for section in sheet.sections
            for article in section.articles
            if article.price is not None
        ]
        return PriceFacts(sheet.on, tuple(rows), included)

    def _act(self, tx: Tx, wanted: Wanted) -> ActFacts:
        """What is owed now is 1C's; what moved since then is taken back to know what was owed before."""
        if self._standing.debts_as_of_in(tx) is not None:
            raise Unavailable(SYSTEM, "receivables", "stale")
        until = wanted.until or wanted.dated
        since = wanted.since or date(until.year, 1, 1)
        debts = owed(tx, wanted.client_id, until)
        moved = sorted(_movements(tx, wanted.client_id, since), key=lambda row: (row.day, row.document))
        opening = debts.total - debts.advance - _net(moved)
        rows = tuple(row for row in moved if row.day <= until)
        return ActFacts(wanted.number, wanted.dated, since, until, opening, rows)


def party(card: CardRow, typed: Requisites) -> PartyFacts:
    """What staff typed wins over what the book of record says."""
    return PartyFacts(
        card.name, card.kind, card.tax_code, typed.address or card.address, typed.signer or card.signer,
        typed.signer_genitive, typed.position, typed.position_genitive, typed.basis, typed.phone or card.phone,
        typed.email or card.email, typed.iban, typed.bank, typed.vat,
    )  # fmt: skip


def _movements(tx: Tx, client_id: UUID, since: date) -> Iterable[ActRow]:
    """Goods that left, and what was paid by card or by transfer, from that day on."""
    begin = datetime.combine(since, time(), KYIV).astimezone(UTC)
    for at, number, sum_ in tx.settlements.shipped(client_id, begin):
        yield ActRow(at.astimezone(KYIV).date(), f"Поставка за замовленням № {number}", debit=sum_)
    for day, number, sum_ in tx.settlements.transfers(client_id, since):
        yield ActRow(day, f"Платіжна інструкція № {number}" if number else "Платіж на рахунок", credit=sum_)
    for reference, _ in tx.statements.paid(client_id, begin):
        paid = sums(tx.payments.said(reference))
        if paid.paid_at is not None and paid.paid_at >= begin and paid.kept > ZERO:
            day = paid.paid_at.astimezone(KYIV).date()
            yield ActRow(day, f"Оплата карткою {day_in_figures(day)}", credit=paid.kept)


def _net(rows: Sequence[ActRow]) -> Money:
    return total([row.debit for row in rows if row.debit]) - total([row.credit for row in rows if row.credit])
