"""A payment as staff see it: what it was for, what is over, and what was done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bot.db.payments import AttemptRow
from bot.db.tx import Tx
from bot.domain.allocation import kept_of
from bot.domain.errors import NotFound
from bot.domain.money import ZERO, Money
from bot.domain.money_move import MoveView
from bot.domain.order import State
from bot.domain.paying import Sums, outcome, sums
from bot.domain.payment import Outcome
from bot.services.paid import Paid, paid_for


@dataclass(frozen=True, slots=True)
class PaymentView:
    """A payment as staff see it. `names` are kinds, numbers and dates of what it was for; `surplus` nobody owes.

    `amount` was asked by the attempt. `order_total` and `paid` are of the order, where it was for one alone.
    """

    id: UUID
    reference: str
    client: str
    names: tuple[tuple[str, str, date | None], ...]
    amount: Money
    sums: Sums
    outcome: Outcome
    held_since: datetime | None
    surplus: Money
    cancelled: bool
    order_total: Money | None
    paid: Paid | None
    moves: Sequence[MoveView]

    @property
    def open_move(self) -> MoveView | None:
        return next((move for move in self.moves if move.ended is None), None)


def payment_view(tx: Tx, attempt: AttemptRow) -> PaymentView:
    """Raises NotFound."""
    link, client = tx.pay_links.by_id(attempt.link_id), tx.clients.buyer_of(attempt.client_id)
    if link is None or client is None:
        raise NotFound("payment")
    said = tx.payments.said(attempt.reference)
    sum_ = sums(said)
    parts = tx.money.parts(attempt.reference)
    _, surplus = kept_of([part.amount for part in parts], sum_.charged, sum_.refunded)
    order = tx.orders.view(link.order_id, attempt.client_id) if link.order_id else None
    paid = paid_for(tx, order.id) if order else None
    cancelled = order is not None and order.state is State.CANCELLED
    if order is not None and paid is not None:
        over = paid.kept if cancelled else paid.settled - order.total
        surplus = max(min(over, sum_.kept), ZERO)
    return PaymentView(
        attempt.id,
        attempt.reference,
        client.name,
        tuple(row.called for row in link.targets),
        said[-1].amount if said else attempt.amount,
        sum_,
        outcome(said),
        attempt.held_since,
        surplus,
        cancelled,
        order.total if order else None,
        paid,
        tx.money.moves(attempt.reference),
    )
