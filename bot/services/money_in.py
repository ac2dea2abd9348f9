"""What the gateway said of an attempt, into the books: what the money went to, and who hears of it, once each."""

from datetime import datetime, timedelta

from bot.db.pay_links import LinkRow
from bot.db.payments import AttemptRow
from bot.db.tx import Tx
from bot.domain.allocation import Part, allocate
from bot.domain.money import ZERO
from bot.domain.notice import Notice, NoticeKind
from bot.domain.paying import Said, Sums, is_disowned, is_over, outcome, sums
from bot.domain.payment import GatewayState, Outcome
from bot.logs import log
from bot.services import card_discounts
from bot.services.handover import hand_over
from bot.services.look_again import look_again
from bot.services.notices import renew_shown, tell_client, tell_finance
from bot.services.paid import brought_to, withdraw
from bot.services.pay_links import Asked, asked_by
from bot.services.promotions import Promotions
from bot.services.receipts import receive_job

UNHEARD_OF = timedelta(minutes=2)
"""A callback that has not come by then is not waited for: the attempt is asked about."""
GIVEN_UP = timedelta(days=2)
logger = log("payments")


def note(
    tx: Tx,
    reference: str,
    state: GatewayState | None,
    now: datetime,
    *,
    connected: bool,
    promotions: Promotions,
) -> None:
    """What the attempt is by the gateway's word; None where the gateway has never heard of it."""
    attempt = tx.payments.attempt(reference, lock=True)
    link = tx.pay_links.by_id(attempt.link_id) if attempt else None
    if attempt is None or link is None:
        return
    before = tx.payments.said(reference)
    if state is None:
        held = outcome(before) is Outcome.HELD
        over = not (held or sums(before).charged) and now > attempt.lives_until + UNHEARD_OF
        tx.payments.checked(reference, now, settled=over, held=held)
        _settle_discounts(tx, attempt, link, promotions, over=over, connected=connected)
        return
    if state.amount != attempt.amount and state.outcome is Outcome.PAID:
        logger.error("the gateway took another sum than was asked", reference=reference)
    tx.clients.lock(link.client_id)
    asked = asked_by(tx, link, now)
    fresh = tx.payments.note(state, now, before)
    after = tx.payments.said(reference)
    held = outcome(after) is Outcome.HELD
    settled = not held and _is_settled(attempt, after, now)
    tx.payments.checked(reference, now, settled=settled, held=held)
    if fresh:
        _went_to(tx, attempt, asked, sums(after))
    outlived = outcome(after) is Outcome.WAITING and now > attempt.lives_until + UNHEARD_OF
    _settle_discounts(tx, attempt, link, promotions, over=settled or outlived, connected=connected)
    if fresh:
        _moved(tx, attempt, link, sums(before), sums(after), now, connected=connected)
        if held:
            tell_finance(tx, Notice(NoticeKind.HELD, str(attempt.id)))
        if is_disowned(after):
            tell_finance(tx, Notice(NoticeKind.MONEY, str(attempt.id), f"disowned:{len(after)}"))


def _is_settled(attempt: AttemptRow, said: list[Said], now: datetime) -> bool:
    return is_over(said) or now - attempt.made_at > GIVEN_UP


def _went_to(tx: Tx, attempt: AttemptRow, asked: Asked, now: Sums) -> None:
    """Once, when it comes: as far as it goes, to what was due right before; what is over is an advance."""
    if not now.charged or tx.money.parts(attempt.reference):
        return
    amounts, _ = allocate(now.charged, [ask.due for ask in asked.asks])
    targets = [ask.row.target for ask in asked.asks]
    parts = [Part(one.order_id, one.document, sum_) for one, sum_ in zip(targets, amounts, strict=True)]
    tx.money.put_parts(attempt.reference, parts)
    promised = tx.card_discounts.promised(attempt.reference)
    off = promised.amount if promised else ZERO
    paid = [one for one, ask, sum_ in zip(targets, asked.asks, amounts, strict=True) if sum_ + off >= ask.due]
    withdraw(tx, paid)


def _settle_discounts(
    tx: Tx, attempt: AttemptRow, link: LinkRow, promotions: Promotions, *, over: bool, connected: bool
) -> None:
    """What was promised off the orders of the attempt: it counts, goes into their lines, or is given back.

    Money of one payment that comes or goes changes what the others have earned.
    """
    orders = {row.target.order_id for row in link.targets if row.target.order_id is not None}
    for order_id in sorted(tx.card_discounts.standing(orders)):
        tx.orders.lock(order_id)
        order = tx.orders.view(order_id, attempt.client_id)
        worth = order.total + order.card_discount if order else ZERO
        ended = (attempt.reference,) if over else ()
        card_discounts.settle(tx, order_id, worth, brought_to(tx, order_id), ended)
        revision = card_discounts.put_in_lines(tx, promotions, order_id) if order else None
        if revision is not None and connected:
            hand_over(tx, order_id, revision)


def _moved(
    tx: Tx, attempt: AttemptRow, link: LinkRow, before: Sums, after: Sums, now: datetime, *, connected: bool
) -> None:
    """Money came in or went back: 1C, the client and the staff hear of it."""
    if after.kept == before.kept and after.charged == before.charged:
        return
    version = f"{after.charged.kopiykas}:{after.refunded.kopiykas}"
    back = after.refunded.kopiykas > before.refunded.kopiykas
    for order_id in {row.target.order_id for row in link.targets if row.target.order_id is not None}:
        renew_shown(tx, order_id, f"{attempt.reference}:{version}", now)
    if link.order_id is not None:
        kind = NoticeKind.ORDER_REFUNDED if back else NoticeKind.ORDER_PAID
        tell_client(tx, attempt.client_id, Notice(kind, str(link.order_id), f"{attempt.reference}:{version}"), now)
    else:
        kind = NoticeKind.PAYMENT_BACK if back else NoticeKind.PAYMENT_CAME
        tell_client(tx, attempt.client_id, Notice(kind, str(attempt.id), version), now)
    tell_finance(tx, Notice(NoticeKind.MONEY, str(attempt.id), version))
    look_again(tx, f"{attempt.reference}:{version}", attempt.client_id)
    if not connected:
        return
    if after.charged.kopiykas > before.charged.kopiykas:
        tx.jobs.add(receive_job(attempt.reference, after.charged, None))
    if back:
        tx.jobs.add(receive_job(attempt.reference, after.refunded - before.refunded, after.refunded))
