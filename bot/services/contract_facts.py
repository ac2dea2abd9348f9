"""What a document says of a client, its terms, prices and settlements, gathered from the books."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from uuid import UUID

from bot.db.books import Books
from bot.db.contract_parties import CardRow, TermsRow
from bot.db.tx import Tx
from bot.domain.envelope import EnvelopeView
from bot.domain.errors import NotFound, Refused, Rejected, Unavailable
from bot.domain.money import ZERO, Money, total
from bot.domain.paying import sums
from bot.domain.settlements import Movement, Settlements
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
from bot.logs import log
from bot.ports import Accounting
from bot.services.debts import owed
from bot.services.price_sheets import PriceSheets
from bot.services.standing import SYSTEM, Standing

MOVED: Mapping[str, str] = {
    "shipment": "Видаткова накладна",
    "payment": "Оплата",
    "order": "Замовлення",
    "invoice": "Рахунок",
    "opening": "Введення залишків",
}
"""How the documents of an account are named in an act."""
logger = log("contracts")
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
    """Reads; `company` is the wholesaler as a side of every contract, `place` where contracts are made.

    An act is the book of record's own account of the client; where that cannot be had of it, what the books know.
    """

    def __init__(
        self,
        books: Books,
        prices: PriceSheets,
        standing: Standing,
        company: PartyFacts,
        place: str,
        accounting: Accounting | None = None,
    ) -> None:
        self._books = books
        self._prices = prices
        self._standing = standing
        self.company = company
        self.place = place
        self._accounting = accounting

    async def gather(self, wanted: Wanted, *, prices: bool) -> DocumentFacts:
        """Raises NotFound, and Unavailable where 1C is silent, or debts are too old for an act."""
        account = await self._account(wanted) if wanted.kind is DocumentKind.RECONCILIATION else None
        facts = await self._books.read(self._facts, wanted, account)
        return replace(facts, prices=await self._price_list(wanted)) if prices else facts

    async def _account(self, wanted: Wanted) -> Settlements | None:
        """None where the book of record knows no such client, or shows nobody's account to us."""
        client = await self._books.read(lambda tx: tx.statements.client_there(wanted.client_id))
        if self._accounting is None or not client:
            return None
        try:
            return await self._accounting.settlements(client, days_of(wanted)[0])
        except Rejected as error:
            logger.warning("no settlements for an act", code=error.code)
            return None

    def _facts(self, tx: Tx, wanted: Wanted, account: Settlements | None) -> DocumentFacts:
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
                return replace(facts, act=_act_of(account, wanted) if account else self._act(tx, wanted))

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
        since, until = days_of(wanted)
        debts = owed(tx, wanted.client_id, until)
        moved = sorted(_movements(tx, wanted.client_id, since), key=lambda row: (row.day, row.document))
        opening = debts.total - debts.advance - _net(moved)
        rows = tuple(row for row in moved if row.day <= until)
        return ActFacts(wanted.number, wanted.dated, since, until, opening, rows)


def days_of(wanted: Wanted) -> tuple[date, date]:
    """The first and the last day of an act; of this year where none are said."""
    until = wanted.until or wanted.dated
    return wanted.since or date(until.year, 1, 1), until


def _act_of(account: Settlements, wanted: Wanted) -> ActFacts:
    since, until = days_of(wanted)
    rows = tuple(
        ActRow(one.day, _called(one), one.debit or None, one.credit or None)
        for one in account.movements
        if one.day <= until
    )
    return ActFacts(wanted.number, wanted.dated, since, until, account.opening, rows)


def _called(movement: Movement) -> str:
    kind = MOVED.get(movement.kind, "Документ")
    return f"{kind} № {movement.number}" if movement.number else kind


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
