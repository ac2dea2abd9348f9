"""What came in for an order, of all its attempts, and what is still to be paid for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.payments import AttemptRow
from bot.db.tx import Tx
from bot.domain.allocation import Target, kept_of
from bot.domain.job import Job, Queue
from bot.domain.money import ZERO, Money
from bot.domain.notice import Notice, NoticeKind
from bot.domain.order import OrderView, State
from bot.domain.paying import Sums, outcome, sums
from bot.domain.payment import Outcome
from bot.services import card_discounts
from bot.services.notices import tell_finance

WITHDRAW = "withdraw_payment"
UNREAD = timedelta(minutes=2)
"""So long nobody is asked to pay again after something stirred at the gateway that could not be read yet."""


@dataclass(frozen=True, slots=True)
class Paid:
    """What came in for an order.

    `discount` is for paying by card and does not stand in the order's lines: it counts as paid. `due` is what may be
    paid now, where that was asked.
    """

    kept: Money
    charged: Money
    card: str = ""
    at: datetime | None = None
    under_way: bool = False
    discount: Money = ZERO
    due: Money = ZERO

    @property
    def settled(self) -> Money:
        """How much of the order's sum is not owed any more."""
        return self.kept + self.discount


def paid_for(tx: Tx, order_id: UUID, now: datetime | None = None) -> Paid:
    """What all attempts brought to an order; with the time, what stirred just now is under way.

    Of a link that is for this order alone, all that came in; of another, what of it went to this order.
    """
    kept, charged, card, at, under_way = ZERO, ZERO, "", None, False
    for attempt in tx.payments.attempts_of(order_id):
        came, left = _of_order(tx, attempt, order_id)
        kept, charged = kept + left, charged + came
        if came:
            total = sums(tx.payments.said(attempt.reference))
            card, at = total.card, total.paid_at
        under_way = under_way or in_hand(tx, attempt, now)
    discount = _beside_lines(tx, order_id) if charged else ZERO
    return Paid(kept, charged, card, at, under_way, discount)


def brought_to(tx: Tx, order_id: UUID) -> dict[str, Sums]:
    """By attempt, what of it came in for the order and what of that went back."""
    found = {}
    for attempt in tx.payments.attempts_of(order_id):
        came, left = _of_order(tx, attempt, order_id)
        if came:
            said = sums(tx.payments.said(attempt.reference))
            found[attempt.reference] = Sums(came, came - left, said.card, said.paid_at)
    return found


def _beside_lines(tx: Tx, order_id: UUID) -> Money:
    """Never more than the percentage of what the order is worth now, with what stands in its lines."""
    beside = tx.card_discounts.beside_lines(order_id)
    order = tx.orders.view(order_id, tx.orders.client(order_id)) if beside > ZERO else None
    if order is None:
        return beside
    in_lines = tx.card_discounts.in_lines(order_id)
    most = (order.total + in_lines).times(tx.card_discounts.percent(order_id) / 100)
    return max(min(beside, most - in_lines), ZERO)


def in_hand(tx: Tx, attempt: AttemptRow, now: datetime | None) -> bool:
    """Whether the bank has it, so that nobody is asked to pay once more."""
    stands = outcome(tx.payments.said(attempt.reference))
    return stands in (Outcome.UNDER_WAY, Outcome.HELD) or _unread(attempt, now)


def order_due(order: OrderView, paid: Paid) -> Money:
    """What is to be paid for it; nothing for one that is cancelled."""
    return ZERO if order.state is State.CANCELLED else max(order.total - paid.settled, ZERO)


def tell_of_surplus(tx: Tx, order_id: UUID, since: str) -> None:
    """The order is worth something else now; `since` names the change that made it so.

    Staff hear where that is less than what came in for it, and what nobody need pay any more is withdrawn.
    """
    order = tx.orders.view(order_id, tx.orders.client(order_id))
    if order is None:
        return
    paid = paid_for(tx, order_id)
    due = order_due(order, paid)
    for attempt in tx.payments.not_withdrawn([Target(order_id)]):
        if attempt.amount > due and _may_be_paid(tx, attempt):
            withdraw_attempt(tx, attempt)
    for attempt in tx.payments.open_attempts([Target(order_id)]) if order.state is State.CANCELLED else ():
        if attempt.held_since is not None:
            tell_finance(tx, Notice(NoticeKind.HELD, str(attempt.id), f"order:{since}"))
    if due:
        return
    if paid.kept > ZERO if order.state is State.CANCELLED else paid.settled > order.total:
        about = _last_kept(tx, order_id)
        if about is not None:
            tell_finance(tx, Notice(NoticeKind.MONEY, str(about.id), f"surplus:{since}"))


def tell_of_discount(tx: Tx, order_id: UUID, since: str) -> None:
    """Staff hear of an order whose document does not hold the discount that was paid with."""
    about = _last_kept(tx, order_id) if paid_for(tx, order_id).discount > ZERO else None
    if about is not None:
        tell_finance(tx, Notice(NoticeKind.MONEY, str(about.id), f"discount:{since}"))


def withdraw(tx: Tx, targets: Sequence[Target], *, only: UUID | None = None) -> None:
    """Attempts for these that nobody has paid are of no use any more: the gateway takes no money by them.

    `only`: those of this link.
    """
    for attempt in tx.payments.not_withdrawn(targets):
        if only in (None, attempt.link_id) and _may_be_paid(tx, attempt):
            withdraw_attempt(tx, attempt)


def withdraw_attempt(tx: Tx, attempt: AttemptRow) -> None:
    """Once; what it was promised off can be promised to others."""
    card_discounts.let_go(tx, attempt.reference)
    tx.jobs.add(
        Job(
            WITHDRAW,
            Queue.CARDS,
            {"reference": attempt.reference},
            key=f"{WITHDRAW}:{attempt.reference}",
            lock=f"attempt:{attempt.reference}",
        )
    )


def _may_be_paid(tx: Tx, attempt: AttemptRow) -> bool:
    """Whether its page may still take money; where a card was declined another may be tried."""
    stands = outcome(tx.payments.said(attempt.reference))
    return stands is Outcome.DECLINED or (stands is Outcome.WAITING and not attempt.settled)


def _of_order(tx: Tx, attempt: AttemptRow, order_id: UUID) -> tuple[Money, Money]:
    """What came in for the order by this attempt, and what is left of it."""
    total = sums(tx.payments.said(attempt.reference))
    link = tx.pay_links.by_id(attempt.link_id)
    if not total.charged or link is None:
        return ZERO, ZERO
    if link.order_id == order_id:
        return total.charged, total.kept
    parts = tx.money.parts(attempt.reference)
    kept, _ = kept_of([part.amount for part in parts], total.charged, total.refunded)
    mine = [(part.amount, left) for part, left in zip(parts, kept, strict=True) if part.order_id == order_id]
    return sum((came for came, _ in mine), ZERO), sum((left for _, left in mine), ZERO)


def _last_kept(tx: Tx, order_id: UUID) -> AttemptRow | None:
    """The newest attempt that money of this order can be given back by."""
    attempts = tx.payments.attempts_of(order_id)
    return next((one for one in reversed(attempts) if _of_order(tx, one, order_id)[1]), None)


def _unread(attempt: AttemptRow, now: datetime | None) -> bool:
    """Whether something stirred a moment ago that nobody has read yet."""
    if now is None or attempt.stirred_at is None or now - attempt.stirred_at > UNREAD:
        return False
    return attempt.checked_at is None or attempt.checked_at < attempt.stirred_at
