"""Orders here against documents there: what does not agree, found without writing anything."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.db.tx import Tx
from bot.domain.accounting import OrderRecord, OutgoingOrder, Versions
from bot.domain.difference import DifferenceKind
from bot.domain.order import State
from bot.services.order_news import claimed, overtaken

LOOKED_FOR = 100
Found = tuple[DifferenceKind, str, UUID | None, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Compared:
    """How many orders there were, which orders and documents something can be said of, and what does not agree."""

    count: int
    looked_at: frozenset[str]
    found: tuple[Found, ...]
    there: frozenset[UUID]
    """Orders that have a document."""

    @property
    def with_differences(self) -> frozenset[UUID]:
        """The orders of what was found."""
        return frozenset(order_id for _, _, order_id, _ in self.found if order_id is not None)

    def is_on_its_way(self, tx: Tx, order_id: UUID, known: Versions) -> bool:
        """By now."""
        return _on_its_way(tx, order_id, known, has_document=order_id in self.there)


def compare(tx: Tx, there: Sequence[OrderRecord], known: Versions, since: datetime, until: datetime) -> Compared:
    """Orders placed in that time; `known` are the versions from before the records were read."""
    documents = _by_order(tx, there)
    ours = tx.documents.placed_between(since, until)
    settled = [one for one in ours if not _on_its_way(tx, one, known, has_document=one in documents)]
    found = [one for order_id in settled for one in _differences(tx, order_id, documents.get(order_id, []))]
    recent = [record for record in there if record.placed_at >= since]
    looked_at = {str(order_id) for order_id in settled} | {record.link.ref for record in recent}
    found += _strangers(recent, documents)
    return Compared(len(ours), frozenset(looked_at), tuple(found), frozenset(documents))


def without_document(tx: Tx, there: Sequence[OrderRecord], begin: datetime, end: datetime) -> list[OutgoingOrder]:
    """Orders that seem to have no document, some at a time: it has to be looked for."""
    documents = _by_order(tx, there)
    missing = [order_id for order_id in tx.documents.placed_between(begin, end) if order_id not in documents]
    orders = (tx.documents.outgoing(order_id) for order_id in missing[:LOOKED_FOR])
    return [order for order in orders if order is not None and not order.cancelled]


def _by_order(tx: Tx, there: Sequence[OrderRecord]) -> Mapping[UUID, list[OrderRecord]]:
    documents: dict[UUID, list[OrderRecord]] = defaultdict(list)
    for record in there:
        order_id = tx.documents.order_of(record.link.ref) or claimed(tx, record)
        if order_id is not None:
            documents[order_id].append(record)
    return documents


def _on_its_way(tx: Tx, order_id: UUID, known: Versions, *, has_document: bool) -> bool:
    """A change of ours is to get there, or got there after the records were read: the hand-over speaks for itself."""
    waits = tx.documents.handed_revision(order_id) < tx.orders.revision(order_id)
    return has_document and (waits or overtaken(tx, order_id, known))


def _differences(tx: Tx, order_id: UUID, records: Sequence[OrderRecord]) -> list[Found]:
    order = tx.documents.outgoing(order_id)
    if order is None:
        return []
    alive = [record for record in records if record.state is not State.CANCELLED]
    about = str(order_id)
    if not alive:
        if order.cancelled:
            return []
        kind = DifferenceKind.CANCELLED_THERE if records else DifferenceKind.MISSING_THERE
        return [(kind, about, order_id, {"number": order.number, "here": str(order.total.amount)})]
    if len(alive) > 1:
        numbers = ", ".join(record.link.number for record in alive)
        return [(DifferenceKind.TWICE, about, order_id, {"number": order.number, "there": numbers})]
    if order.cancelled:
        return [
            (DifferenceKind.CANCELLED_HERE, about, order_id, {"number": order.number, "there": alive[0].link.number})
        ]
    return _content(order, alive[0], tx)


def _content(order: OutgoingOrder, record: OrderRecord, tx: Tx) -> list[Found]:
    detail = {"number": order.number, "here": str(order.total.amount), "there": str(record.total.amount)}
    if record.total != order.total:
        return [(DifferenceKind.TOTAL, str(order.id), order.id, detail)]
    here = sorted((line.article, line.quantity) for line in tx.documents.lines(order.id))
    if record.lines and here != sorted((line.article, line.quantity) for line in record.lines):
        return [(DifferenceKind.LINES, str(order.id), order.id, detail)]
    return []


def _strangers(there: Sequence[OrderRecord], known: Mapping[UUID, list[OrderRecord]]) -> list[Found]:
    """Documents that say they are ours, of orders that are not here: a database that was restored from a copy."""
    ours = {record.link.ref for records in known.values() for record in records}
    return [
        (DifferenceKind.MISSING_HERE, record.link.ref, None, {"there": record.link.number, "ours": str(record.ours)})
        for record in there
        if isinstance(record.ours, str) and record.link.ref not in ours and record.state is not State.CANCELLED
    ]
