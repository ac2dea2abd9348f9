"""Do the orders here and the documents there agree? What does not is shown to staff, with a mend where one is safe."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.accounting import OrderRecord, OutgoingOrder, Versions
from bot.domain.difference import (
    COMPARED,
    DISMISSED,
    MENDED,
    SENDS_AGAIN,
    TAKES_THEIRS,
    TOO_LATE,
    DifferenceKind,
    DifferenceView,
)
from bot.domain.errors import NotFound, Outdated, Refused
from bot.domain.job import Run
from bot.domain.notice import Notice, NoticeKind
from bot.domain.order import State
from bot.ports import Accounting, Clock
from bot.services.handover import hand_over
from bot.services.notices import tell_staff
from bot.services.order_news import OrderNews, claimed, overtaken

RECONCILE = "reconcile"
SPAN = timedelta(days=7)
SETTLING = timedelta(minutes=15)
"""An order younger than this may still be on its way."""
LOOKED_FOR = 100
_SPARE = timedelta(days=1)
Found = tuple[DifferenceKind, str, UUID | None, dict[str, str]]


@dataclass(frozen=True, slots=True)
class ReconciliationReport:
    """How many orders were compared, and what does not agree: all of it, and what was not known before."""

    compared: int
    differing: int
    new: int


class Reconciliation:
    """Compares, reports, mends where that is safe."""

    def __init__(self, books: Books, accounting: Accounting | None, now: Clock) -> None:
        self._books = books
        self._accounting = accounting
        self._now = now
        self._news = OrderNews(books, now)

    async def run(self, _: Run) -> None:
        await self.compare()

    async def compare(self) -> ReconciliationReport:
        """Raises OutsideError: half a comparison says nothing."""
        now = self._now()
        since, accounting = now - SPAN, self._require_accounting()
        known = await self._books.read(lambda tx: tx.documents.versions(since.date()))
        there: list[OrderRecord] = []
        async for page in accounting.orders((since - _SPARE).date(), {}):
            there.extend(page)
        for order in await self._books.read(_without_document, there, since, now - SETTLING):
            record = await accounting.find(order)  # somebody may have moved its date
            there += [record] if record is not None else []
        return await self._books.write(self._compare, there, known, since, now)

    async def open(self) -> list[DifferenceView]:
        return await self._books.read(lambda tx: tx.differences.open())

    async def view(self, difference_id: UUID) -> DifferenceView:
        """Raises NotFound."""
        found = await self._books.read(lambda tx: tx.differences.view(difference_id))
        if found is None:
            raise NotFound("difference")
        return found

    async def send_again(self, difference_id: UUID, by: str) -> DifferenceView:
        """Hand our order over once more. Raises NotFound, Outdated where it is settled, Refused: not_safe."""

        def mend(tx: Tx) -> None:
            difference = _open(tx, difference_id, SENDS_AGAIN)
            assert difference.order_id is not None
            tx.documents.forget(difference.order_id)
            hand_over(tx, difference.order_id, tx.orders.revise(difference.order_id))
            tx.differences.settle(difference_id, self._now(), by, "sent_again")

        await self._books.write(mend)
        return await self.view(difference_id)

    async def take_theirs(self, difference_id: UUID, by: str) -> DifferenceView:
        """Take the document as it stands there; the client is told.

        Raises as `send_again`, Refused: not_there, and OutsideError.
        """
        order = await self._books.read(_order_of, difference_id)
        record = await self._require_accounting().find(order)
        if record is None:
            raise Refused("not_there")

        def mend(tx: Tx) -> None:
            _open(tx, difference_id, TAKES_THEIRS)
            tx.documents.handed(order.id, tx.orders.revision(order.id), record.link, self._now())
            self._news.revive(tx, order.id, record)
            if self._news.follow(tx, order.id, record):
                raise Refused("not_safe")
            tx.differences.settle(difference_id, self._now(), by, "took_theirs")

        await self._books.write(mend)
        return await self.view(difference_id)

    async def dismiss(self, difference_id: UUID, by: str) -> DifferenceView:
        """A human looked, and lets it be: what would not fit there is not sent there any more. Raises NotFound."""

        def let_be(tx: Tx) -> None:
            difference = tx.differences.view(difference_id)
            if difference is None or not tx.differences.settle(difference_id, self._now(), by, DISMISSED):
                return
            link = tx.documents.link(difference.order_id) if difference.order_id else None
            if difference.kind in TOO_LATE and difference.order_id and link:
                tx.documents.handed(difference.order_id, tx.orders.revision(difference.order_id), link, self._now())

        await self._books.write(let_be)
        return await self.view(difference_id)

    def _compare(
        self, tx: Tx, there: Sequence[OrderRecord], known: Versions, since: datetime, now: datetime
    ) -> ReconciliationReport:
        documents, found, on_their_way = _by_order(tx, there), list[Found](), set[UUID]()
        ours = tx.documents.placed_between(since, now - SETTLING)
        for order_id in ours:
            records = documents.get(order_id, [])
            if _on_its_way(tx, order_id, records, known):
                on_their_way.add(order_id)
            else:
                found += _differences(tx, order_id, records)
        recent = [record for record in there if record.placed_at >= since]
        found += _strangers(recent, documents)
        compared = {str(order_id) for order_id in ours if order_id not in on_their_way}
        _settle(tx, compared | {record.link.ref for record in recent}, found, now)
        unheard_of = [one for one in found if not tx.differences.let_be(one[0], one[1], one[3])]
        new = [tx.differences.found(kind, about, order_id, detail, now) for kind, about, order_id, detail in unheard_of]
        fresh = [one for one in new if one is not None]
        if fresh:
            tell_staff(tx, Notice(NoticeKind.DIFFERENCES, str(len(fresh)), now.isoformat()))
        return ReconciliationReport(len(ours), len(found), len(fresh))

    def _require_accounting(self) -> Accounting:
        if self._accounting is None:
            raise Refused("not_connected")
        return self._accounting


def _by_order(tx: Tx, there: Sequence[OrderRecord]) -> Mapping[UUID, list[OrderRecord]]:
    documents: dict[UUID, list[OrderRecord]] = defaultdict(list)
    for record in there:
        order_id = tx.documents.order_of(record.link.ref) or claimed(tx, record)
        if order_id is not None:
            documents[order_id].append(record)
    return documents


def _without_document(tx: Tx, there: Sequence[OrderRecord], begin: datetime, end: datetime) -> list[OutgoingOrder]:
    documents = _by_order(tx, there)
    missing = [order_id for order_id in tx.documents.placed_between(begin, end) if order_id not in documents]
    orders = (tx.documents.outgoing(order_id) for order_id in missing[:LOOKED_FOR])
    return [order for order in orders if order is not None and not order.cancelled]


def _on_its_way(tx: Tx, order_id: UUID, records: Sequence[OrderRecord], known: Versions) -> bool:
    """A change of ours is to get there, or got there after the records were read: the hand-over speaks for itself."""
    waits = tx.documents.handed_revision(order_id) < tx.orders.revision(order_id)
    return bool(records) and (waits or overtaken(tx, order_id, known))


def _settle(tx: Tx, looked_at: Collection[str], found: Sequence[Found], at: datetime) -> None:
    """What was found by an earlier comparison, and is not there any more."""
    still = {(kind, about) for kind, about, _, _ in found}
    for one in tx.differences.open(limit=None):
        if one.kind in COMPARED and one.about in looked_at and (one.kind, one.about) not in still:
            tx.differences.settle(one.id, at, "", MENDED)


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


def _open(tx: Tx, difference_id: UUID, kinds: frozenset[DifferenceKind]) -> DifferenceView:
    difference = tx.differences.view(difference_id)
    if difference is None:
        raise NotFound("difference")
    if difference.settled_at is not None:
        raise Outdated("difference")
    if difference.kind not in kinds or difference.order_id is None:
        raise Refused("not_safe")
    return difference


def _order_of(tx: Tx, difference_id: UUID) -> OutgoingOrder:
    difference = _open(tx, difference_id, TAKES_THEIRS)
    order = tx.documents.outgoing(difference.order_id) if difference.order_id else None
    if order is None:
        raise NotFound("order")
    return order
