"""What came in by card, and what went back, to the book of record: each once, with what it went to."""

from datetime import datetime
from uuid import uuid5

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.accounting import DocumentLink, OutgoingPayment, PaymentPart
from bot.domain.allocation import Part, given_back
from bot.domain.errors import Rejected
from bot.domain.job import Job, Queue, Run
from bot.domain.money import Money
from bot.domain.paying import sums
from bot.logs import log
from bot.ports import Accounting, Clock
from bot.services.pay_links import asked_by

RECEIVE = "receive_payment"
LOOK = "look_at_payments"
LOOKED_AT = 50


def receive_job(reference: str, amount: Money, refunded: Money | None) -> Job:
    """Take what came in, or one refund, there; `refunded` is what has gone back in all by then."""
    return Job(
        RECEIVE,
        Queue.ONEC,
        {
            "reference": reference,
            "kopiykas": amount.kopiykas,
            "refunded": None if refunded is None else refunded.kopiykas,
        },
        key=f"{RECEIVE}:{reference}:{'paid' if refunded is None else refunded.kopiykas}",
        lock=f"payment:{reference}",
        priority=4,
    )


logger = log("receipts")


class Receipts:
    """Payments to the book of record; the handler of the jobs RECEIVE and LOOK."""

    def __init__(self, books: Books, accounting: Accounting, now: Clock) -> None:
        self._books = books
        self._accounting = accounting
        self._now = now

    async def receive(self, run: Run) -> None:
        """Raises what Accounting.receive raises."""
        args = run.job.args
        refunded = None if args["refunded"] is None else Money(int(str(args["refunded"])))
        await self._hand(str(args["reference"]), Money(int(str(args["kopiykas"]))), refunded)

    async def look(self, _: Run) -> None:
        """Whether the accountant has posted what we brought: from then on 1C's debts know of it.

        A document that somebody took away was entered otherwise, or was wrong: 1C's debts are right without it.
        """
        for reference in await self._books.read(lambda tx: tx.money.unposted(LOOKED_AT)):
            charged = await self._books.read(_charged, reference)
            try:
                await self._hand(reference, charged, None)
            except Rejected as error:
                if error.of_system:
                    raise
                if error.code == "changed_there":
                    await self._books.write(_taken_away, reference, self._now())
                    continue
                logger.error("a payment's document cannot be looked at", reference=reference, code=error.code)
            await self._books.write(_looked_at, reference, self._now())

    async def _hand(self, reference: str, amount: Money, refunded: Money | None) -> None:
        payment, known = await self._books.read(self._outgoing, reference, amount, refunded)
        if payment is None:
            return
        answer = await self._accounting.receive(payment, known)
        if not payment.refund:
            await self._books.write(lambda tx: tx.money.handed(payment.reference, answer.link, self._now()))

    def _outgoing(
        self, tx: Tx, reference: str, amount: Money, refunded: Money | None
    ) -> tuple[OutgoingPayment | None, DocumentLink | None]:
        attempt = tx.payments.attempt(reference)
        sum_ = sums(tx.payments.said(reference))
        link = tx.pay_links.by_id(attempt.link_id) if attempt else None
        if attempt is None or link is None or sum_.paid_at is None:
            return None, None
        parts = tx.money.parts(reference)
        amounts = [part.amount for part in parts]
        if refunded is not None:
            gone, _ = given_back(amounts, sum_.charged, refunded - amount, refunded)
            amounts = list(gone)
        client, contract = tx.money.payer(attempt.client_id, [part.document for part in parts if part.document])
        refund = refunded is not None
        purpose = asked_by(tx, link, self._now()).purpose
        payment = OutgoingPayment(
            id=uuid5(attempt.id, f"refund:{refunded.kopiykas}") if refunded is not None else attempt.id,
            reference=reference,
            paid_at=sum_.paid_at,
            client=client,
            contract=contract,
            amount=amount,
            card=sum_.card,
            fee=None,
            purpose=f"Повернення: {purpose}" if refund else purpose,
            allocations=_allocations(tx, parts, amounts),
            refund=refund,
        )
        return payment, None if refund else tx.money.document(reference)


def _charged(tx: Tx, reference: str) -> Money:
    return sums(tx.payments.said(reference)).charged


def _taken_away(tx: Tx, reference: str, at: datetime) -> None:
    tx.money.settled_there(reference, at)


def _allocations(tx: Tx, parts: tuple[Part, ...], amounts: list[Money]) -> tuple[PaymentPart, ...]:
    """By the ids there; what has none goes on the client's account."""
    return tuple(
        PaymentPart(tx.money.order_document(part.order_id) if part.order_id else None, part.document, amount)
        for part, amount in zip(parts, amounts, strict=True)
        if amount
    )


def _looked_at(tx: Tx, reference: str, at: datetime) -> None:
    tx.money.looked_at(reference, at)
