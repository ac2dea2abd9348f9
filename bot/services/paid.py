"""What came in for an order, of all its attempts, and what is still to be paid for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.db.payments import AttemptRow
from bot.db.tx import Tx
from bot.domain.allocation import Target
from bot.domain.job import Job, Queue
from bot.domain.money import ZERO, Money, total
from bot.domain.notice import Notice, NoticeKind
from bot.domain.order import Payable, State
from bot.domain.paying import Sums, outcome
from bot.domain.payment import Outcome
from bot.services import card_discounts
from bot.services.attempts import Attempt, by_order
from bot.services.notices import tell_finance

WITHDRAW = "withdraw_payment"


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
    """What all attempts and transfers brought to an order; with the time, what stirred just now is under way."""
    return paid_for_all(tx, [order_id], now)[order_id]


def paid_for_all(tx: Tx, order_ids: Sequence[UUID], now: datetime | None = None) -> dict[UUID, Paid]:
    """Of each; however many there are, the books are asked as often as for one."""
    attempts, discounts = by_order(tx, order_ids), _beside_lines(tx, order_ids)
    transfers = tx.bank_money.paid_for(order_ids)
    return {
        one: _brought(one, attempts[one], discounts.get(one, ZERO), transfers.get(one, ZERO), now) for one in order_ids
    }


def _brought(
    order_id: UUID, attempts: Sequence[Attempt], discount: Money, transfers: Money, now: datetime | None
) -> Paid:
    """Of a link that is for this order alone, all that came in; of another, what of it went to this order."""
    sums_ = [(attempt.sums, *attempt.of_order(order_id)) for attempt in attempts]
    charged, kept = total([came for _, came, _ in sums_]), total([left for _, _, left in sums_])
    last = next((sum_ for sum_, came, _ in reversed(sums_) if came), Sums())
    under_way = any(attempt.in_hand(now) for attempt in attempts)
    off = discount if charged else ZERO
    return Paid(kept + transfers, charged + transfers, last.card, last.paid_at, under_way, off)


def brought_to(tx: Tx, order_id: UUID) -> dict[str, Sums]:
    """By attempt, what of it came in for the order and what of that went back."""
    found = {}
    for attempt in by_order(tx, [order_id])[order_id]:
        came, left = attempt.of_order(order_id)
        if came:
            found[attempt.row.reference] = Sums(came, came - left, attempt.sums.card, attempt.sums.paid_at)
    return found


def _beside_lines(tx: Tx, order_ids: Sequence[UUID]) -> dict[UUID, Money]:
    """Never more than the percentage of what an order is worth now, with what stands in its lines."""
    standing = tx.card_discounts.standing(order_ids)
    orders = tx.payable.of([order_id for order_id, one in standing.items() if one.beside_lines > ZERO])
    found = {}
    for order_id, one in standing.items():
        found[order_id] = one.beside_lines
        if order_id in orders:
            most = (orders[order_id].total + one.in_lines).times(one.percent / 100)
            found[order_id] = max(min(one.beside_lines, most - one.in_lines), ZERO)
    return found


def order_due(order: Payable, paid: Paid) -> Money:
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
    for attempt in _payable(tx, [Target(order_id)]):
        if attempt.amount > due:
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
    for attempt in _payable(tx, targets):
        if only in (None, attempt.link_id):
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


def _payable(tx: Tx, targets: Sequence[Target]) -> list[AttemptRow]:
    """Attempts whose page may still take money; where a card was declined another may be tried."""
    attempts = tx.payments.not_withdrawn(targets)
    said = tx.payments.said_of([one.reference for one in attempts])
    stands = [outcome(said[one.reference]) for one in attempts]
    return [
        attempt
        for attempt, now in zip(attempts, stands, strict=True)
        if now is Outcome.DECLINED or (now is Outcome.WAITING and not attempt.settled)
    ]


def _last_kept(tx: Tx, order_id: UUID) -> AttemptRow | None:
    """The newest attempt that money of this order can be given back by."""
    attempts = by_order(tx, [order_id])[order_id]
    return next((one.row for one in reversed(attempts) if one.of_order(order_id)[1]), None)
