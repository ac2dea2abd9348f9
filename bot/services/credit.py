"""The credit gate: what stands in the way of an order, said before it is confirmed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.cart import CartView
from bot.domain.client import Buyer
from bot.domain.credit import CreditRules, Position, Trouble, judged
from bot.domain.errors import Forbidden
from bot.domain.money import ZERO, Money, total
from bot.i18n import KYIV
from bot.ports import Clock
from bot.services.balance import require_payer
from bot.services.debts import ahead_of_debts, owed
from bot.services.payments import Payments
from bot.services.standing import Standing


@dataclass(frozen=True, slots=True)
class CreditView:
    """`may_see`: the person may know of debts; `payable`: they can be paid here; `holds`: what does not fit is held."""

    trouble: Trouble
    may_see: bool
    payable: bool
    holds: bool = False


class Credit:
    """Nobody is warned on old data: a debt may be paid by now."""

    def __init__(self, books: Books, rules: CreditRules, payments: Payments, standing: Standing, now: Clock) -> None:
        self._books = books
        self._rules = rules
        self._payments = payments
        self._standing = standing
        self._now = now

    async def look(self, buyer: Buyer, cart: CartView) -> CreditView | None:
        """None where nothing stands in the way of what is in the cart."""
        if not self._rules.on:
            return None
        return await self._books.read(self._look, buyer, cart.total, cart.amends_id)

    def _look(self, tx: Tx, buyer: Buyer, order: Money, amends: UUID | None) -> CreditView | None:
        if self._standing.debts_as_of_in(tx) is not None:
            return None
        before = tx.held_orders.get(amends) if amends is not None else None
        if self._rules.holds and before is not None and before.lets_pass(order):
            return None
        today = self._now().astimezone(KYIV).date()
        position = position_of(tx, buyer.id, today, but=amends)
        trouble = judged(position, needed(tx, buyer.id, amends, order), self._rules, today)
        if trouble is None:
            return None
        try:
            require_payer(tx, buyer)
        except Forbidden:
            return CreditView(trouble, may_see=False, payable=False, holds=self._rules.holds)
        return CreditView(trouble, may_see=True, payable=self._payments.offered, holds=self._rules.holds)


def position_of(tx: Tx, client_id: UUID, today: date, *, but: UUID | None = None) -> Position:
    """An order counts until it is among the debts; `but` is one that is being changed, or judged."""
    known = owed(tx, client_id, today)
    waiting = unshipped(tx, client_id, {debt.order_id for debt in known.debts}, but=but)
    return Position(
        tx.clients.credit_limit(client_id),
        [(debt.due, debt.rest) for debt in known.debts],
        known.advance,
        total(tuple(rest for _, rest in waiting)),
        tx.envelopes.has_contract(client_id, today),
    )


def unshipped(
    tx: Tx, client_id: UUID, in_debts: Collection[UUID | None], *, but: UUID | None = None
) -> list[tuple[UUID, Money]]:
    """What orders take of the limit that have not left, oldest first; one that is held takes nothing of it."""
    passed_over, paid = {*in_debts, *tx.held_orders.waiting(client_id), but}, ahead_of_debts(tx, client_id)
    return [
        (order_id, max(sum_ - paid.get(order_id, ZERO), ZERO))
        for order_id, sum_ in tx.statements.unshipped(client_id)
        if order_id not in passed_over
    ]


def needed(tx: Tx, client_id: UUID, order_id: UUID | None, sum_: Money) -> Money:
    """How much credit an order of this sum needs; what came in for it stands in the advance once 1C has it."""
    return sum_ if order_id is None else max(sum_ - ahead_of_debts(tx, client_id).get(order_id, ZERO), ZERO)
