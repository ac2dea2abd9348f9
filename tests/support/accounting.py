"""A book of record in memory, which can be silent, lose its answer, refuse, cut what it is sent, or be changed."""

from collections import defaultdict
from collections.abc import AsyncIterator, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from bot.domain.accounting import (
    BankReceipt,
    ClientPage,
    DocumentLink,
    Handed,
    OrderRecord,
    OutgoingOrder,
    OutgoingPayment,
    ReceivableRecord,
    Subject,
    Versions,
)
from bot.domain.directory import ClientRecord
from bot.domain.errors import Rejected, Unavailable
from bot.domain.money import ZERO
from bot.domain.order import State
from bot.domain.pricelist import Record
from bot.domain.settlements import Movement, Settlements
from tests.support.contract_book import ContractBook
from tests.support.documents import by_debts, differing, document_of, otherwise

T = TypeVar("T")


@dataclass(frozen=True)
class Receipt:
    """A payment's document: `payment` is what it says, `marked` that somebody marked it for deletion."""

    link: DocumentLink
    payment: OutgoingPayment
    marked: bool = False


class Ledger(ContractBook):
    """bot.ports.Accounting as a real base behaves: a document is written once, and only where it is as it was known.

    `documents` and `receipts` by ref, `cards` of clients by id, `owed` by document and `price_list` by subject are what
    is in it; `written` are the numbers and revisions of the writes that happened, `taken` the references of payments
    that were.
    """

    def __init__(self, page: int = 100) -> None:
        super().__init__()
        self.page = page
        self.documents: dict[str, OrderRecord] = {}
        self.receipts: dict[str, Receipt] = {}
        self.loaded: list[BankReceipt] = []
        """Bank receipts that its own client-bank has loaded."""
        self.owed: dict[str, ReceivableRecord] = {}
        self.moves: defaultdict[str, list[Movement]] = defaultdict(list)
        """What documents did to the account of each client; where nothing is said, debts came as they are owed."""
        self.price_list: defaultdict[Subject, list[Record]] = defaultdict(list)
        self.written: list[tuple[str, int]] = []
        self.taken: list[str] = []
        self.breaks_off: int | None = None
        """Unavailable after so many pages of an answer (records of a catalogue)."""
        self.keeps: dict[str, Any] = {}
        """`note`, `delivery_address` or `total` is kept as this, whatever is sent."""
        self.posts = False
        """Orders are posted as they come, but for those that are held."""
        self._marks: dict[str, tuple[str, int]] = {}

    # --- what people do there -----------------------------------------------------------------------------------------

    def add_client(self, *records: ClientRecord) -> None:
        self.cards |= {record.external_id: record for record in records}

    def change_client(self, external_id: str, **fields: Any) -> None:
        """Somebody changes a client's card: it has another version."""
        changed = {"version": f"changed {next(self._serial)}"} | fields
        self.cards[external_id] = replace(self.cards[external_id], **changed)

    def owes(self, *records: ReceivableRecord) -> None:
        self.owed |= {record.document: record for record in records}

    def enter(self, *records: OrderRecord) -> None:
        """The office enters an order."""
        self.documents |= {record.link.ref: record for record in records}

    def change(self, ref: str, *, posted: bool | None = None, **fields: Any) -> OrderRecord:
        """Somebody changes a document, or posts it: it has another version."""
        before = self.documents[ref]
        kept = before.link.posted if posted is None else posted
        link = replace(before.link, version=self._version(), posted=kept)
        self.documents[ref] = replace(before, link=link, **fields)
        return self.documents[ref]

    def handle(self, ref: str, *, posted: bool | None = None, marked: bool = False, **fields: Any) -> Receipt:
        """The accountant posts a payment's document, changes it or marks it for deletion."""
        there = self.receipts[ref]
        kept = there.link.posted if posted is None else posted
        link = replace(there.link, version=self._version(), posted=kept)
        self.receipts[ref] = Receipt(link, replace(there.payment, **fields), marked)
        return self.receipts[ref]

    # --- bot.ports.Accounting -----------------------------------------------------------------------------------------

    async def ping(self) -> None:
        self._answer("ping")

    async def submit(self, order: OutgoingOrder, known: DocumentLink | None) -> Handed:
        self._answer("submit")
        if self.refuses:
            raise Rejected(self.system, "submit", self.refuses)
        there = self.documents.get(known.ref) if known else self._of(order)
        if there is None and known is not None:
            raise Rejected(self.system, "submit", "changed_there")
        if there is None or not self._has(there, order, known):
            there = self._write(order, there, known)
            await self._happens_meanwhile()
            self._lose("submit")
        if self.posts and not order.cancelled and order.held is None and not there.link.posted:
            there = self.change(there.link.ref, posted=True, state=State.ACCEPTED)
        kept = () if order.cancelled else tuple(otherwise(document_of(order, there), there))
        return Handed(there.link, kept, any(one.field in {"total", "lines"} for one in kept))

    async def receive(self, payment: OutgoingPayment, known: DocumentLink | None) -> Handed:
        self._answer("receive")
        if self.refuses:
            raise Rejected(self.system, "receive", self.refuses)
        there = self.receipts.get(known.ref) if known else self._receipt(payment)
        if there.marked if there is not None else known is not None:
            raise Rejected(self.system, "receive", "changed_there")
        if there is None:
            serial = next(self._serial)
            ref = f"receipt-{serial}" if self.gives_own_refs else str(payment.id)
            there = Receipt(DocumentLink(ref, f"ГО-{serial:06d}", self._version()), payment)
            self.receipts[ref] = there
            self.taken.append(payment.reference)
            await self._happens_meanwhile()
            self._lose("receive")
        return Handed(there.link, tuple(differing(payment, there.payment)))

    async def take_back(self, payment: OutgoingPayment, known: DocumentLink | None) -> None:
        self._answer("take_back")
        there = self.receipts.get(known.ref) if known else self._receipt(payment)
        if there is None or there.marked:
            return
        if there.link.posted:
            raise Rejected(self.system, "take_back", "posted")
        if known is not None and known.version != there.link.version:
            raise Rejected(self.system, "take_back", "changed_there")
        self.handle(there.link.ref, marked=True)

    async def bank_receipts(self, since: date) -> AsyncIterator[Sequence[BankReceipt]]:
        self._answer("bank_receipts")
        ours = [
            BankReceipt(one.link, one.payment.client, one.payment.amount, one.payment.slip.day,
                        one.payment.slip.number, ours=True, marked=one.marked)
            for one in self.receipts.values() if one.payment.slip is not None
        ]  # fmt: skip
        async for records in self._pages([one for one in (*ours, *self.loaded) if one.day >= since]):
            yield records

    async def find(self, order: OutgoingOrder) -> OrderRecord | None:
        self._answer("find")
        found = self._of(order)
        await self._happens_meanwhile()
        return found

    async def clients(self, known: Versions) -> AsyncIterator[ClientPage]:
        self._answer("clients")
        async for records in self._pages(self.cards.values()):
            changed = tuple(one for one in records if known.get(one.external_id) != one.version)
            yield ClientPage(changed, tuple(one.external_id for one in records))

    async def catalogue(self, subjects: frozenset[Subject]) -> AsyncIterator[Record]:
        self._answer("catalogue")
        wanted = [record for subject in Subject if subject in subjects for record in self.price_list[subject]]
        async for records in self._pages(wanted, 1):
            yield records[0]

    async def receivables(self, known: Container[str]) -> AsyncIterator[Sequence[ReceivableRecord]]:
        self._answer("receivables")
        async for records in self._pages(self.owed.values()):
            yield [replace(one, head=None) if one.document in known else one for one in records]

    async def orders(self, since: date, known: Versions) -> AsyncIterator[Sequence[OrderRecord]]:
        self._answer("orders")
        changed = [
            record
            for record in self.documents.values()
            if record.placed_at.date() >= since and known.get(record.link.ref) != record.link.version
        ]
        async for records in self._pages(changed):
            yield records

    async def settlements(self, client: str, since: date) -> Settlements:
        self._answer("settlements")
        moves = self.moves.get(client) or list(by_debts(client, self.owed.values()))
        before = [one.change for one in moves if one.day < since]
        later = tuple(sorted((one for one in moves if one.day >= since), key=lambda one: one.day))
        return Settlements(since, sum(before, ZERO), later)

    # --- inside -------------------------------------------------------------------------------------------------------

    def _receipt(self, payment: OutgoingPayment) -> Receipt | None:
        return next((one for one in self.receipts.values() if one.payment.id == payment.id), None)

    async def _pages(self, items: Iterable[T], size: int | None = None) -> AsyncIterator[list[T]]:
        rows, size = list(items), size or self.page
        for number, start in enumerate(range(0, len(rows), size)):
            if self.silent or number == self.breaks_off:
                raise Unavailable(self.system, "page")
            yield rows[start : start + size]

    def _of(self, order: OutgoingOrder) -> OrderRecord | None:
        carrying = (one for one in self.documents.values() if one.ours in (order.number, order.id))
        return self.documents.get(str(order.id)) or next(carrying, None)

    def _has(self, there: OrderRecord, order: OutgoingOrder, known: DocumentLink | None) -> bool:
        """Whether it says what the order says, or is what became of this very revision."""
        if order.cancelled or there.state is State.CANCELLED:
            return order.cancelled and there.state is State.CANCELLED
        sent = replace(document_of(order, there), **self.keeps)
        wrote_it = self._marks.get(there.link.ref) == (order.number, order.revision)
        untouched = known is None or (known.posted and known.version == there.link.version)
        return there == sent or (wrote_it and untouched)

    def _write(self, order: OutgoingOrder, there: OrderRecord | None, known: DocumentLink | None) -> OrderRecord:
        if there is not None:
            if there.link.posted:
                raise Rejected(self.system, "submit", "posted")
            if there.state is State.CANCELLED or (known is not None and known.version != there.link.version):
                raise Rejected(self.system, "submit", "changed_there")
        serial = next(self._serial)
        ref = f"document-{serial}" if self.gives_own_refs else str(order.id)
        link = there.link if there is not None else DocumentLink(ref, f"ГО-{serial:06d}", "")
        sent = replace(document_of(order, there), **self.keeps)
        self.documents[link.ref] = replace(sent, link=replace(link, version=self._version()))
        self._marks[link.ref] = (order.number, order.revision)
        self.written.append((order.number, order.revision))
        return self.documents[link.ref]
