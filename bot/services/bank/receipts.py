"""Booked lines to the book of record: each once, and taken back where a booking was undone."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from bot.db.bank import LineRow
from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.accounting import BankReceipt, BankSlip, DocumentLink, OutgoingPayment, PaymentPart
from bot.domain.bank import BOOKED
from bot.domain.difference import DifferenceKind
from bot.domain.errors import Rejected
from bot.domain.job import Run
from bot.domain.notice import Notice, NoticeKind
from bot.i18n import KYIV
from bot.logs import log
from bot.ports import Accounting, Clock
from bot.services.bank.settling import Settling, claim, twins_of
from bot.services.notices import tell_staff

LOOK_BANK = "look_at_bank"
LOOKED_BACK = timedelta(days=60)
NOON = time(12)
CALLED = "Банк"
logger = log("bank")


@dataclass(frozen=True, slots=True)
class Outgoing:
    payment: OutgoingPayment
    known: DocumentLink | None


class BankReceipts:
    """The handler of the jobs of bot.services.bank.booking, and of LOOK_BANK."""

    def __init__(self, books: Books, accounting: Accounting, settling: Settling, now: Clock) -> None:
        self._books = books
        self._accounting = accounting
        self._settling = settling
        self._now = now

    async def receive(self, run: Run) -> None:
        """Not where the booking was undone meanwhile, or 1C has loaded the same itself.

        Raises what Accounting.receive raises.
        """
        number, booking = int(str(run.job.args["number"])), int(str(run.job.args["booking"]))
        row = await self._books.read(_current, number, booking)
        if row is None:
            return
        receipts = await self._settling.receipts(row.line.booked_on)
        if await self._books.write(self._claimed, row, receipts):
            return
        out = await self._books.read(outgoing, number, booking)
        if out is None:
            return
        answer = await self._accounting.receive(out.payment, out.known)

        def handed(tx: Tx) -> None:
            link = answer.link
            tx.bank_money.handed(number, link.ref, link.number, link.version, self._now(), posted=link.posted)

        await self._books.write(handed)

    async def take_back(self, run: Run) -> None:
        """What cannot be taken back is shown as a difference. Raises what Accounting.take_back raises."""
        number, booking = int(str(run.job.args["number"])), int(str(run.job.args["booking"]))
        row = await self._books.read(lambda tx: tx.bank.line(number))
        paper = await self._books.read(lambda tx: tx.bank_money.document(number))
        if row is None or (paper is not None and paper.theirs):
            return
        known = DocumentLink(paper.ref, paper.called, paper.version) if paper is not None else None
        try:
            await self._accounting.take_back(_bare(row, booking), known)
        except Rejected as error:
            if error.of_system or error.code not in ("posted", "changed_there"):
                raise
            detail = {"number": f"{CALLED}-{number}", "there": paper.called if paper else ""}
            await self._books.write(_left_there, number, detail, self._now())
            return
        await self._books.write(lambda tx: tx.bank_money.forget_document(number))

    async def look(self, _: Run) -> None:
        """What was left new while 1C was silent, and which documents were posted, found or taken away since."""
        await self._settling.run()
        since = (self._now() - LOOKED_BACK).astimezone(KYIV).date()
        numbers = await self._books.read(lambda tx: tx.bank_money.awaited(since))
        if not numbers:
            return
        rows = await self._books.read(lambda tx: [row for one in numbers if (row := tx.bank.line(one)) is not None])
        receipts: list[BankReceipt] = []
        async for page in self._accounting.bank_receipts(min(row.line.booked_on for row in rows) - timedelta(days=5)):
            receipts += page
        await self._books.write(self._noted, rows, receipts)

    def _claimed(self, tx: Tx, row: LineRow, receipts: list[BankReceipt]) -> bool:
        """Whether the line's document is there without us."""
        paper = tx.bank_money.document(row.number)
        if paper is not None:
            return paper.theirs
        twin = twins_of(tx, [row], receipts).get(row.number)
        if twin is not None:
            claim(tx, row.number, twin, self._now())
        return twin is not None

    def _noted(self, tx: Tx, rows: list[LineRow], receipts: list[BankReceipt]) -> None:
        there = {one.link.ref: one for one in receipts}
        without = []
        for row in rows:
            paper = tx.bank_money.document(row.number)
            if paper is None:
                without.append(row)
                continue
            found = there.get(paper.ref)
            if found is None or found.marked or found.link.posted:
                tx.bank_money.settled_there(row.number, self._now())
        if not self._settling.writes:
            for number, twin in twins_of(tx, without, receipts).items():
                claim(tx, number, twin, self._now())


def outgoing(tx: Tx, number: int, booking: int) -> Outgoing | None:
    """None where the booking is no more, or the client is none of the book of record's."""
    row = _current(tx, number, booking)
    if row is None or row.client_id is None:
        return None
    rows = tx.bank_money.parts(number)
    client, contract = tx.money.payer(row.client_id, [one.part.document for one in rows if one.part.document])
    parts = tuple(
        PaymentPart(
            tx.money.order_document(one.part.order_id) if one.part.order_id else None,
            one.part.document,
            one.part.amount,
        )
        for one in rows
    )
    paper = tx.bank_money.document(number)
    known = DocumentLink(paper.ref, paper.called, paper.version) if paper is not None else None
    return Outgoing(_bare(row, booking, client, contract, parts), known)


def _bare(
    row: LineRow, booking: int, client: str = "", contract: str | None = None, parts: tuple[PaymentPart, ...] = ()
) -> OutgoingPayment:
    line = row.line
    return OutgoingPayment(
        id=payment_id(row.id, booking),
        reference=f"{CALLED}-{row.number}",
        paid_at=datetime.combine(line.booked_on, NOON, KYIV),
        client=client,
        contract=contract,
        amount=line.amount,
        card="",
        fee=None,
        purpose=line.purpose,
        allocations=parts,
        slip=BankSlip(line.number, line.booked_on, line.payer, line.payer_account),
    )


def payment_id(line_id: UUID, booking: int) -> UUID:
    """A line that is booked again after it was undone is another document."""
    return uuid5(line_id, f"booking:{booking}")


def _current(tx: Tx, number: int, booking: int) -> LineRow | None:
    row = tx.bank.line(number)
    return row if row is not None and row.state in BOOKED and row.booking == booking else None


def _left_there(tx: Tx, number: int, detail: dict[str, str], at: datetime) -> None:
    found = tx.differences.found(DifferenceKind.BANK_LEFT, f"bank:{number}", None, detail, at)
    if found is not None:
        tell_staff(tx, Notice(NoticeKind.DIFFERENCE, str(found)))
