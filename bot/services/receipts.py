"""What came in by card, and what went back, to the book of record: each once."""

from uuid import uuid5

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.accounting import DocumentLink, OutgoingPayment, PaymentPart
from bot.domain.job import Job, Queue, Run
from bot.domain.money import Money
from bot.domain.paying import sums
from bot.ports import Accounting, Clock

RECEIVE = "receive_payment"


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


class Receipts:
    """Payments to the book of record; the handler of the job RECEIVE."""

    def __init__(self, books: Books, accounting: Accounting, now: Clock) -> None:
        self._books = books
        self._accounting = accounting
        self._now = now

    async def receive(self, run: Run) -> None:
        """Raises what Accounting.receive raises."""
        payment, known = await self._books.read(_outgoing, run.job)
        if payment is None:
            return
        answer = await self._accounting.receive(payment, known)
        if not payment.refund:
            await self._books.write(lambda tx: tx.payments.handed(payment.reference, answer.link, self._now()))


def _outgoing(tx: Tx, job: Job) -> tuple[OutgoingPayment | None, DocumentLink | None]:
    reference, refunded = str(job.args["reference"]), job.args["refunded"]
    attempt = tx.payments.attempt(reference)
    total = sums(tx.payments.said(reference))
    order = tx.documents.outgoing(attempt.order_id) if attempt else None
    if attempt is None or order is None or total.paid_at is None:
        return None, None
    amount = Money(int(str(job.args["kopiykas"])))
    part = PaymentPart(tx.payments.order_document(attempt.order_id), None, amount)
    refund = refunded is not None
    payment = OutgoingPayment(
        id=uuid5(attempt.id, f"refund:{refunded}") if refund else attempt.id,
        reference=reference,
        paid_at=total.paid_at,
        client=order.client,
        contract=order.contract,
        amount=amount,
        card=total.card,
        fee=None,
        purpose=f"{'Повернення оплати' if refund else 'Оплата'} замовлення {order.number}",
        allocations=(part,),
        refund=refund,
    )
    return payment, None if refund else tx.payments.document(reference)
