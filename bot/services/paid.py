"""What came in for an order, of all its attempts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.payments import AttemptRow
from bot.db.tx import Tx
from bot.domain.money import ZERO, Money
from bot.domain.notice import Notice, NoticeKind
from bot.domain.order import State
from bot.domain.paying import outcome, sums
from bot.domain.payment import Outcome
from bot.services.notices import tell_finance

UNREAD = timedelta(minutes=2)
"""So long nobody is asked to pay again after something stirred at the gateway that could not be read yet."""


@dataclass(frozen=True, slots=True)
class Paid:
    """What came in for an order.

    `discount` is for paying by card and does not stand in the order's lines: it counts as paid.
    """

    kept: Money
    charged: Money
    card: str = ""
    at: datetime | None = None
    under_way: bool = False
    discount: Money = ZERO

    @property
    def settled(self) -> Money:
        """How much of the order's sum is not owed any more."""
        return self.kept + self.discount


def paid_for(tx: Tx, order_id: UUID, now: datetime | None = None) -> Paid:
    """What all attempts of an order brought together; with the time, what stirred just now is under way."""
    kept, charged, card, at, under_way = ZERO, ZERO, "", None, False
    for attempt in tx.payments.attempts_of(order_id):
        said = tx.payments.said(attempt.reference)
        total = sums(said)
        kept, charged = kept + total.kept, charged + total.charged
        if total.charged:
            card, at = total.card, total.paid_at
        under_way = under_way or outcome(said) in (Outcome.UNDER_WAY, Outcome.HELD) or _unread(attempt, now)
    discount = tx.card_discounts.beside_lines(order_id) if charged else ZERO
    return Paid(kept, charged, card, at, under_way, discount)


def _unread(attempt: AttemptRow, now: datetime | None) -> bool:
    """Whether something stirred a moment ago that nobody has read yet."""
    if now is None or attempt.stirred_at is None or now - attempt.stirred_at > UNREAD:
        return False
    return attempt.checked_at is None or attempt.checked_at < attempt.stirred_at


def tell_of_surplus(tx: Tx, order_id: UUID, since: str) -> None:
    """Staff hear of an order that is worth less than what came in for it; `since` names the change that made it so."""
    paid = paid_for(tx, order_id)
    order = tx.orders.view(order_id, tx.orders.client(order_id)) if paid.kept else None
    if order is not None and (order.state is State.CANCELLED or paid.settled > order.total):
        tell_finance(tx, Notice(NoticeKind.MONEY, str(order_id), f"surplus:{since}"))


def tell_of_discount(tx: Tx, order_id: UUID, since: str) -> None:
    """Staff hear of an order whose document does not hold the discount that was paid with."""
    if paid_for(tx, order_id).discount > ZERO:
        tell_finance(tx, Notice(NoticeKind.MONEY, str(order_id), f"discount:{since}"))
