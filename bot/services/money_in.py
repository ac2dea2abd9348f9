"""What the gateway said of an attempt, into the books: what the money went to, and who hears of it, once each."""

from datetime import datetime, timedelta

from bot.db.pay_links import LinkRow
from bot.db.payments import AttemptRow
from bot.db.tx import Tx
from bot.domain.allocation import Part, allocate
from bot.domain.notice import Notice, NoticeKind
from bot.domain.paying import OVER, Said, Sums, outcome, sums
from bot.domain.payment import GatewayState, Outcome
from bot.logs import log
from bot.services.notices import tell_client, tell_staff
from bot.services.paid import withdraw
from bot.services.pay_links import Asked, asked_by
from bot.services.receipts import receive_job

UNHEARD_OF = timedelta(minutes=2)
"""A callback that has not come by then is not waited for: the attempt is asked about."""
GIVEN_UP = timedelta(days=2)
logger = log("payments")


def note(tx: Tx, reference: str, state: GatewayState | None, now: datetime, *, connected: bool) -> None:
    """What the attempt is by the gateway's word; None where the gateway has never heard of it."""
    attempt = tx.payments.attempt(reference, lock=True)
    if attempt is None:
        return
    before = tx.payments.said(reference)
    if state is None:
        held = outcome(before) is Outcome.HELD
        over = not (held or sums(before).charged) and now > attempt.lives_until + UNHEARD_OF
        tx.payments.checked(reference, now, settled=over, held=held)
        return
    if state.amount != attempt.amount and state.outcome is Outcome.PAID:
        logger.error("the gateway took another sum than was asked", reference=reference)
    link = tx.pay_links.by_id(attempt.link_id)
    assert link is not None
    tx.clients.lock(link.client_id)
    asked = asked_by(tx, link, now)
    fresh = tx.payments.note(state, now, before)
    after = tx.payments.said(reference)
    held = outcome(after) is Outcome.HELD
    tx.payments.checked(reference, now, settled=not held and _is_settled(attempt, after, now), held=held)
    if fresh:
        _went_to(tx, attempt, asked, sums(after))
        _moved(tx, attempt, link, sums(before), sums(after), connected=connected)
        if held:
            tell_staff(tx, Notice(NoticeKind.HELD, str(attempt.id)))


def _is_settled(attempt: AttemptRow, said: list[Said], now: datetime) -> bool:
    return outcome(said) in OVER or now - attempt.made_at > GIVEN_UP


def _went_to(tx: Tx, attempt: AttemptRow, asked: Asked, now: Sums) -> None:
    """Once, when it comes: as far as it goes, to what was due right before; what is over is an advance."""
    if not now.charged or tx.money.parts(attempt.reference):
        return
    amounts, _ = allocate(now.charged, [ask.due for ask in asked.asks])
    targets = [ask.row.target for ask in asked.asks]
    parts = [Part(one.order_id, one.document, sum_) for one, sum_ in zip(targets, amounts, strict=True)]
    tx.money.put_parts(attempt.reference, parts)
    paid = [one for one, ask, sum_ in zip(targets, asked.asks, amounts, strict=True) if sum_ == ask.due]
    withdraw(tx, paid, f"paid:{attempt.reference}")


def _moved(tx: Tx, attempt: AttemptRow, link: LinkRow, before: Sums, after: Sums, *, connected: bool) -> None:
    """Money came in or went back: 1C, the client and the staff hear of it."""
    if after.kept == before.kept and after.charged == before.charged:
        return
    version = f"{after.charged.kopiykas}:{after.refunded.kopiykas}"
    back = after.refunded.kopiykas > before.refunded.kopiykas
    if link.order_id is not None:
        kind = NoticeKind.ORDER_REFUNDED if back else NoticeKind.ORDER_PAID
        tell_client(tx, attempt.client_id, Notice(kind, str(link.order_id), f"{attempt.reference}:{version}"))
    else:
        kind = NoticeKind.PAYMENT_BACK if back else NoticeKind.PAYMENT_CAME
        tell_client(tx, attempt.client_id, Notice(kind, str(attempt.id), version))
    tell_staff(tx, Notice(NoticeKind.MONEY, str(attempt.id), version))
    if not connected:
        return
    if after.charged.kopiykas > before.charged.kopiykas:
        tx.jobs.add(receive_job(attempt.reference, after.charged, None))
    if back:
        tx.jobs.add(receive_job(attempt.reference, after.refunded - before.refunded, after.refunded))
