"""A book of record in memory, which can be silent, lose its answer, refuse, cut what it is sent, or be changed."""

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any, TypeVar

from bot.domain.accounting import (
    ClientPage,
    DocumentLink,
    Handed,
    Kept,
    OrderRecord,
    OrderRecordLine,
    OutgoingOrder,
    ReceivableRecord,
    Subject,
    Versions,
)
from bot.domain.directory import ClientRecord
from bot.domain.errors import Ambiguous, Rejected, Unavailable
from bot.domain.order import State
from bot.domain.pricelist import Record

T = TypeVar("T")


class Ledger:
    """bot.ports.Accounting as a real base behaves: a document is written once, and only where it is as it was known.

    `documents` by ref, `cards` of clients by id, `owed` by document and `price_list` by subject are what is in it;
    `written` are the numbers and revisions of the writes that happened, `calls` the names of the calls that came.
    """

    system = "onec"

    def __init__(self, page: int = 100) -> None:
        self.page = page
        self.documents: dict[str, OrderRecord] = {}
        self.cards: dict[str, ClientRecord] = {}
        self.owed: dict[str, ReceivableRecord] = {}
        self.price_list: defaultdict[Subject, list[Record]] = defaultdict(list)
        self.written: list[tuple[str, int]] = []
        self.calls: list[str] = []
        self.silent = False
        """Unavailable, whatever is asked."""
        self.breaks_off: int | None = None
        """Unavailable after so many pages of an answer (records of a catalogue)."""
        self.loses = 0
        """Ambiguous so many times, after the write was done."""
        self.refuses: str | None = None
        """Rejected with this code, whatever is submitted."""
        self.keeps: dict[str, str] = {}
        """`note` or `delivery_address` is kept as this, whatever is sent."""
        self.gives_own_refs = False
        """A document's ref is not the id of its order."""
        self.meanwhile: Callable[[], Awaitable[None]] | None = None
        """Awaited once between a write and its answer."""
        self._marks: dict[str, tuple[str, int]] = {}
        self._serial = count(1)

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
            if self.loses:
                self.loses -= 1
                raise Ambiguous(self.system, "submit")
        return Handed(there.link, () if order.cancelled else tuple(_otherwise(_record(order, there), there)))

    async def find(self, order: OutgoingOrder) -> OrderRecord | None:
        self._answer("find")
        return self._of(order)

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

    # --- inside -------------------------------------------------------------------------------------------------------

    def _answer(self, call: str) -> None:
        self.calls.append(call)
        if self.silent:
            raise Unavailable(self.system, call)

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
        sent = replace(_record(order, there), **self.keeps)  # type: ignore[arg-type]
        wrote_it = self._marks.get(there.link.ref) == (order.number, order.revision)
        return there == sent or (wrote_it and (known is None or known.version == there.link.version))

    def _write(self, order: OutgoingOrder, there: OrderRecord | None, known: DocumentLink | None) -> OrderRecord:
        if there is not None:
            if there.link.posted:
                raise Rejected(self.system, "submit", "posted")
            if there.state is State.CANCELLED or (known is not None and known.version != there.link.version):
                raise Rejected(self.system, "submit", "changed_there")
        serial = next(self._serial)
        ref = f"document-{serial}" if self.gives_own_refs else str(order.id)
        link = there.link if there is not None else DocumentLink(ref, f"ГО-{serial:06d}", "")
        sent = replace(_record(order, there), **self.keeps)  # type: ignore[arg-type]
        self.documents[link.ref] = replace(sent, link=replace(link, version=self._version()))
        self._marks[link.ref] = (order.number, order.revision)
        self.written.append((order.number, order.revision))
        return self.documents[link.ref]

    def _version(self) -> str:
        return f"v{next(self._serial)}"

    async def _happens_meanwhile(self) -> None:
        happens, self.meanwhile = self.meanwhile, None
        if happens is not None:
            await happens()


def _record(order: OutgoingOrder, there: OrderRecord | None) -> OrderRecord:
    """The document that says what the order says."""
    standing = there.state if there is not None else State.PLACED
    return OrderRecord(
        link=there.link if there is not None else DocumentLink(str(order.id), "", ""),
        placed_at=order.placed_at,
        client=order.client,
        state=State.CANCELLED if order.cancelled else standing,
        total=order.total,
        lines=tuple(
            OrderRecordLine(line.article or "", line.name, line.quantity, line.price, line.amount)
            for line in order.lines
        ),
        note=order.note,
        ours=order.number,
        delivery_date=order.delivery_date,
        delivery_address=order.delivery_address,
    )


def _otherwise(sent: OrderRecord, there: OrderRecord) -> Iterator[Kept]:
    for field in ("note", "delivery_address", "total"):
        if getattr(sent, field) != getattr(there, field):
            yield Kept(field, str(getattr(sent, field)), str(getattr(there, field)))
