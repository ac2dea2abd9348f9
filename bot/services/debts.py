"""What a client owes by document: what 1C says, less what came in here and 1C has not seen yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from bot.db.tx import Tx
from bot.domain.allocation import kept_of
from bot.domain.money import ZERO, Money
from bot.domain.paying import sums
from bot.domain.receivable import Debt, ReceivableView, mark_of, rests

SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Owed:
    """All of it on a day: debts with something left, oldest due first; `advance` is what the client paid ahead."""

    debts: tuple[Debt, ...]
    advance: Money
    today: date

    @property
    def total(self) -> Money:
        return sum((debt.rest for debt in self.debts), ZERO)

    @property
    def overdue(self) -> Money:
        return sum((debt.rest for debt in self.debts if debt.overdue), ZERO)

    @property
    def due_soon(self) -> Money:
        """Due today or within a week from now."""
        last = self.today + SOON
        return sum((debt.rest for debt in self.debts if debt.due and self.today <= debt.due <= last), ZERO)


def owed(tx: Tx, client_id: UUID, today: date, chosen: frozenset[str] = frozenset()) -> Owed:
    """A debt that comes of an order of ours is less by what was paid for that order as well: nobody pays it twice."""
    known = tx.receivables.of_client(client_id)
    to_documents, to_orders = _unseen(tx, client_id)
    refs = tx.money.order_documents(to_orders)
    ahead = {refs[order_id]: sum_ for order_id, sum_ in to_orders.items() if order_id in refs}
    orders = tx.documents.called({ref for one in known for ref in one.orders})
    return _owed(known, rests(known, to_documents, ahead), orders, today, chosen)


def ahead_of_debts(tx: Tx, client_id: UUID) -> Mapping[UUID, Money]:
    """By order, what came in for it that 1C's debts and advances do not know of yet."""
    return _unseen(tx, client_id)[1]


def owed_by_all(tx: Tx, today: date) -> dict[UUID, Owed]:
    """Every client of whom 1C names a balance; orders of ours are named only where they change what is left."""
    moved = tx.money.clients_unseen() | tx.card_discounts.clients()
    return {
        client_id: owed(tx, client_id, today)
        if client_id in moved
        else _owed(known, [one.balance for one in known], {}, today, frozenset())
        for client_id, known in tx.receivables.by_client().items()
    }


def _owed(
    known: Sequence[ReceivableView],
    left: Sequence[Money],
    orders: Mapping[str, tuple[UUID, str]],
    today: date,
    chosen: frozenset[str],
) -> Owed:
    debts = []
    for one, rest in zip(known, left, strict=True):
        if rest > ZERO:
            ours = next((orders[ref] for ref in one.orders if ref in orders), None)
            debts.append(_debt(one, rest, today, ours, itself=one.document in orders, chosen=one.document in chosen))
    advance = sum((one.balance for one in known if one.balance < ZERO), ZERO)
    return Owed(tuple(debts), ZERO - advance, today)


def _debt(
    one: ReceivableView, rest: Money, today: date, ours: tuple[UUID, str] | None, *, itself: bool, chosen: bool
) -> Debt:
    order_id, number = ours or (None, "")
    return Debt(
        mark_of(one.document), one.document, one.kind, one.number, one.dated, one.amount, one.due, rest,
        one.overdue(today), order_id, number, itself, chosen,
    )  # fmt: skip


def _unseen(tx: Tx, client_id: UUID) -> tuple[Mapping[str, Money], dict[UUID, Money]]:
    """By document and by order, what came in, was not given back, and is not in 1C's debts yet."""
    documents: dict[str, Money] = {}
    orders: dict[UUID, Money] = {}
    unseen = tx.money.unseen(client_id)
    said = tx.payments.said_of(unseen)
    for reference, parts in unseen.items():
        total = sums(said[reference])
        if not total.charged:
            continue  # held and let go: nothing came in
        kept, _ = kept_of([part.amount for part in parts], total.charged, total.refunded)
        for part, left in zip(parts, kept, strict=True):
            if part.document is not None:
                documents[part.document] = documents.get(part.document, ZERO) + left
            elif part.order_id is not None:
                orders[part.order_id] = orders.get(part.order_id, ZERO) + left
    for part in tx.bank_money.unseen(client_id):
        if part.document is not None:
            documents[part.document] = documents.get(part.document, ZERO) + part.amount
        elif part.order_id is not None:
            orders[part.order_id] = orders.get(part.order_id, ZERO) + part.amount
    for order_id, off in tx.card_discounts.beside_all(client_id).items():
        orders[order_id] = orders.get(order_id, ZERO) + off  # what 1C's debts do not know of is not asked for either
    return documents, orders
