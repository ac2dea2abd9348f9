"""Do the orders here and the documents there agree? What does not is shown to staff, with a mend where one is safe."""

from collections.abc import Collection, Sequence
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
from bot.ports import Accounting, Clock
from bot.services.comparison import Compared, Found, compare, without_document
from bot.services.handover import hand_over
from bot.services.notices import tell_staff
from bot.services.order_news import OrderNews

RECONCILE = "reconcile"
SPAN = timedelta(days=7)
SETTLING = timedelta(minutes=15)
"""An order younger than this may still be on its way."""
_SPARE = timedelta(days=1)
NOT_SENT = TOO_LATE | {DifferenceKind.REFUSED, DifferenceKind.MISSING_THERE}
"""Let be, these say that the order is not to get there as it is."""


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
        for order in await self._books.read(without_document, there, since, now - SETTLING):
            record = await accounting.find(order)  # somebody may have moved its date
            there += [record] if record is not None else []
        compared = await self._books.read(compare, there, known, since, now - SETTLING)
        return await self._books.write(self._note, compared, known, now)

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
            order_id = _lock_open(tx, difference_id, SENDS_AGAIN)
            tx.documents.forget(order_id)
            hand_over(tx, order_id, tx.orders.revise(order_id))
            tx.differences.settle(difference_id, self._now(), by, "sent_again")

        await self._books.write(mend)
        return await self.view(difference_id)

    async def take_theirs(self, difference_id: UUID, by: str) -> DifferenceView:
        """Take the document as it stands there; the client is told.

        Raises as `send_again`, Outdated also where the order was changed here meanwhile, Refused: not_there, and
        OutsideError.
        """
        order = await self._books.read(_order_of, difference_id)
        record = await self._require_accounting().find(order)
        if record is None:
            raise Refused("not_there")

        def mend(tx: Tx) -> None:
            _lock_open(tx, difference_id, TAKES_THEIRS)
            if tx.orders.revision(order.id) != order.revision:
                raise Outdated("order")
            tx.documents.handed(order.id, order.revision, record.link, self._now())
            self._news.revive(tx, order.id, record)
            if self._news.follow(tx, order.id, record):
                raise Refused("not_safe")
            tx.differences.settle(difference_id, self._now(), by, "took_theirs")

        await self._books.write(mend)
        return await self.view(difference_id)

    async def dismiss(self, difference_id: UUID, by: str) -> DifferenceView:
        """A human looked, and lets it be: the order is not sent there any more until it is changed again.

        Raises NotFound.
        """

        def let_be(tx: Tx) -> None:
            difference = _lock(tx, difference_id)
            if difference.settled_at is not None:
                return
            if difference.kind in NOT_SENT and difference.order_id is not None:
                seen = difference.detail.get("revision") or tx.orders.revision(difference.order_id)
                tx.documents.left_out(difference.order_id, int(seen), self._now())
            tx.differences.settle(difference_id, self._now(), by, DISMISSED)

        await self._books.write(let_be)
        return await self.view(difference_id)

    def _note(self, tx: Tx, compared: Compared, known: Versions, now: datetime) -> ReconciliationReport:
        """Only what was found is written: an order that changed meanwhile speaks for itself."""
        on_their_way = {one for one in compared.with_differences if compared.is_on_its_way(tx, one, known)}
        found = [one for one in compared.found if one[2] not in on_their_way]
        _settle(tx, compared.looked_at - {str(one) for one in on_their_way}, found, now)
        unheard_of = [one for one in found if not _let_be(tx, one)]
        new = [tx.differences.found(kind, about, order_id, detail, now) for kind, about, order_id, detail in unheard_of]
        fresh = [one for one in new if one is not None]
        if fresh:
            tell_staff(tx, Notice(NoticeKind.DIFFERENCES, str(len(fresh)), now.isoformat()))
        return ReconciliationReport(compared.count, len(found), len(fresh))

    def _require_accounting(self) -> Accounting:
        if self._accounting is None:
            raise Refused("not_connected")
        return self._accounting


def _settle(tx: Tx, looked_at: Collection[str], found: Sequence[Found], at: datetime) -> None:
    """What was found by an earlier comparison, and is not there any more."""
    still = {(kind, about) for kind, about, _, _ in found}
    for one in tx.differences.open(limit=None):
        if one.kind in COMPARED and one.about in looked_at and (one.kind, one.about) not in still:
            tx.differences.settle(one.id, at, "", MENDED)


def _let_be(tx: Tx, found: Found) -> bool:
    """Whether somebody looked at this and let it be; an order that was let be with its refusal cannot be there."""
    kind, about, order_id, detail = found
    if tx.differences.let_be(kind, about, detail):
        return True
    refused = kind is DifferenceKind.MISSING_THERE and tx.differences.dismissed(DifferenceKind.REFUSED, about)
    return refused and order_id is not None and tx.documents.handed_revision(order_id) >= tx.orders.revision(order_id)


def _lock(tx: Tx, difference_id: UUID) -> DifferenceView:
    """The difference, and its order for us alone. Raises NotFound."""
    difference = tx.differences.view(difference_id)
    if difference is None:
        raise NotFound("difference")
    if difference.order_id is not None:
        tx.orders.lock(difference.order_id)
    return tx.differences.view(difference_id) or difference


def _lock_open(tx: Tx, difference_id: UUID, kinds: frozenset[DifferenceKind]) -> UUID:
    """The order of a difference that is open and of these kinds, for us alone."""
    _lock(tx, difference_id)
    order_id = _open(tx, difference_id, kinds).order_id
    assert order_id is not None
    return order_id


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
