"""Orders to the book of record: each revision once, and what does not fit to staff."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.db.books import Books
from bot.db.handover import OVERWRITE
from bot.db.tx import Tx
from bot.domain.accounting import DocumentLink, Handed, OutgoingOrder
from bot.domain.difference import MENDED, SENDS_AGAIN, DifferenceKind
from bot.domain.errors import Rejected
from bot.domain.job import Job, JobView, Queue, Run
from bot.domain.notice import Notice, NoticeKind
from bot.ports import Accounting, Clock
from bot.services.notices import TELL_STAFF, tell_staff

SUBMIT = "submit_order"
GATHER = "gather_orders"
TOO_LATE = {"changed_there": DifferenceKind.CHANGED_THERE, "posted": DifferenceKind.POSTED}
SHOWN = 300


def hand_over(tx: Tx, order_id: UUID, revision: int) -> bool:
    """The job that takes this revision there; false where it has one."""
    return tx.jobs.add(
        Job(
            SUBMIT,
            Queue.ONEC,
            {"order": str(order_id)},
            key=f"{SUBMIT}:{order_id}:{revision}",
            lock=f"order:{order_id}",
            priority=5,
        )
    )


class HandOver:
    """Runs the jobs made by `hand_over`. A job sends the order as it is by then, so a later one may find it done."""

    def __init__(self, books: Books, accounting: Accounting, now: Clock) -> None:
        self._books = books
        self._accounting = accounting
        self._now = now

    async def submit(self, run: Run) -> None:
        """Raises what Accounting.submit raises, but for a change that comes too late: that is for staff."""
        order, known, handed = await self._books.read(_outgoing, UUID(str(run.job.args["order"])))
        if order is None or handed >= order.revision:
            return
        known = await self._known(order, known, handed)
        if order.cancelled and known is None and await self._accounting.find(order) is None:
            await self._books.write(self._handed, order, Handed(DocumentLink(str(order.id), "", "")))
            return
        try:
            answer = await self._accounting.submit(order, known)
        except Rejected as refusal:
            kind = TOO_LATE.get(str(refusal.code))
            if kind is None:
                raise
            await self._books.write(self._too_late, order, kind)
            return
        await self._books.write(self._handed, order, answer)

    async def _known(self, order: OutgoingOrder, known: DocumentLink | None, handed: int) -> DocumentLink | None:
        """The document as far as we know what it says: only that may be written over.

        None for one that nobody looked at yet: one that was adopted, or never had a number. A version that is blank
        although the document was handed over says that something else stands there.
        """
        if known is None or known.version not in ("", OVERWRITE):
            return known
        if known.version == OVERWRITE:
            there = await self._accounting.find(order)
            known = there.link if there is not None else None
            await self._books.write(_aim, order.id, known)
            return known
        return known if handed and known.number else None

    async def gather(self, _: Run) -> None:
        """A job for whatever has none: orders from before the connection, or of a database that was restored."""
        await self._books.write(_gather)

    def _handed(self, tx: Tx, order: OutgoingOrder, answer: Handed) -> None:
        """Where something else stands there than was agreed, the next pull is to read it: so its version is blank."""
        now = self._now()
        link = replace(answer.link, version="") if answer.moved else answer.link
        tx.documents.handed(order.id, order.revision, link, now)
        tx.differences.settle_about(order.id, SENDS_AGAIN, now, MENDED)
        if answer.otherwise:
            fields = {kept.field: f"{kept.sent[:SHOWN]} → {kept.kept[:SHOWN]}" for kept in answer.otherwise}
            self._report(tx, order, DifferenceKind.KEPT_OTHERWISE, fields)

    def _too_late(self, tx: Tx, order: OutgoingOrder, kind: DifferenceKind) -> None:
        self._report(tx, order, kind, {"revision": str(order.revision)})

    def _report(self, tx: Tx, order: OutgoingOrder, kind: DifferenceKind, detail: dict[str, str]) -> None:
        named = {"number": order.number} | detail
        report_difference(tx, kind, order.id, named, self._now())


def report_difference(tx: Tx, kind: DifferenceKind, order_id: UUID, detail: Mapping[str, str], at: datetime) -> None:
    """A difference for the managers; one they have not settled yet says how it is by now, and is not told again."""
    found = tx.differences.found(kind, str(order_id), order_id, detail, at)
    if found is None:
        tx.differences.renew(kind, str(order_id), detail)
    else:
        tell_staff(tx, Notice(NoticeKind.DIFFERENCE, str(found)))


def buried(tx: Tx, dead: JobView, at: datetime) -> None:
    """A job was given up: an order that does not get there is a difference, anything else is told as it is.

    But for what staff could not be told: one more notice would not reach them either. Of several of a kind the first
    is told, until somebody decides about it.
    """
    if dead.name == TELL_STAFF:
        return
    if dead.name != SUBMIT:
        if tx.jobs.has_dead(dead.name, but=dead.id):
            return
        tell_staff(tx, Notice(NoticeKind.JOB_DIED, dead.id, at.isoformat()))
        return
    order = tx.documents.outgoing(UUID(str(dead.args["order"])))
    if order is None:
        return
    detail = {
        "number": order.number,
        "revision": str(order.revision),
        "error": dead.error[:SHOWN],
        "job": dead.id,
    }
    report_difference(tx, DifferenceKind.REFUSED, order.id, detail, at)


def _outgoing(tx: Tx, order_id: UUID) -> tuple[OutgoingOrder | None, DocumentLink | None, int]:
    return tx.documents.outgoing(order_id), tx.documents.link(order_id), tx.documents.handed_revision(order_id)


def _aim(tx: Tx, order_id: UUID, link: DocumentLink | None) -> None:
    tx.documents.aimed(order_id, link)


def _gather(tx: Tx) -> int:
    added = 0
    for order_id in tx.documents.waiting():
        order = tx.documents.outgoing(order_id)
        added += order is not None and hand_over(tx, order_id, order.revision)
    return added
