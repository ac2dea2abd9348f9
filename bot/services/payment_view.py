"""A payment as staff see it: what it was for, what is over, and what was done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bot.db.payments import AttemptRow
from bot.db.tx import Tx
from bot.domain.allocation import kept_of
from bot.domain.errors import NotFound
from bot.domain.money import ZERO, Money, total
from bot.domain.money_move import MoveView, on_the_way
from bot.domain.order import State
from bot.domain.paying import Sums, is_disowned, outcome, sums
from bot.domain.payment import Outcome
from bot.services.paid import Paid, paid_for


@dataclass(frozen=True, slots=True)
class PaymentView:
    """A payment as staff see it. `names` are kinds, numbers and dates of what it was for; `surplus` nobody owes.

    `on_the_way` was accepted to go back and is not read back yet. `amount` was asked by the attempt. `order_total` and
    `paid` are of the order, where it was for one alone. `disowned`: the gateway by now calls it unpaid.
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
    on_the_way: Money = ZERO
    disowned: bool = False

    @property
    def gone(self) -> Money:
        """What has gone back, or is on its way."""
        return self.sums.refunded + self.on_the_way

    @property
    def refundable(self) -> Money:
        """The most that may still go back."""
        return self.sums.kept - self.on_the_way

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
    moves = tx.money.moves(attempt.reference)
    back = on_the_way(moves, sum_.refunded)
    surplus = ZERO
    if sum_.charged:
        parts = tx.money.parts(attempt.reference)
        _, surplus = kept_of([part.amount for part in parts], sum_.charged, sum_.refunded + back)
    order = tx.orders.view(link.order_id, attempt.client_id) if link.order_id else None
    paid = paid_for(tx, order.id) if order else None
    cancelled = order is not None and order.state is State.CANCELLED
    if order is not None and paid is not None:
        over = (paid.kept if cancelled else paid.settled - order.total) - all_on_the_way(tx, order.id)
        surplus = max(min(over, sum_.kept - back), ZERO)
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
        moves,
        back,
        is_disowned(said),
    )


def all_on_the_way(tx: Tx, order_id: UUID) -> Money:
    """What was accepted to go back of all payments of an order and is not read back yet."""
    references = [attempt.reference for attempt in tx.payments.attempts_of(order_id)]
    moves = tx.money.moves_of(references)
    return total([on_the_way(of_one, sums(tx.payments.said(one)).refunded) for one, of_one in moves.items()])
