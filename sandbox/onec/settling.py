"""How payments and debts meet: by the document that a row names, or by the order as soon as that is shipped."""

from collections.abc import Iterator

from sandbox.onec.things import ZERO, Payment, PaymentRow, Receivable, Shipment
from sandbox.onec.world import World


def owe(world: World, shipment: Shipment) -> None:
    """A posted shipment makes a debt, less what was paid for it and in advance for its order."""
    at = shipment.date or world.now()
    rows = list(_posted_rows(world))
    paid = sum((payment.sign * row.amount for payment, row in rows if row.document == shipment.ref), ZERO)
    debt = Receivable(
        document=shipment.ref, kind=shipment.KIND, number=shipment.number, date=at, total=shipment.total,
        counterparty=shipment.counterparty, contract=shipment.contract, order=shipment.order, paid=paid,
        due=shipment.due or at,
    )  # fmt: skip
    world.owes(debt)
    for payment, row in rows:
        if shipment.order and row.order == shipment.order and not row.document:
            _close(payment, row, debt)


def forget(world: World, shipment: Shipment) -> None:
    """There is no such debt any more; what was paid for it is an advance again."""
    world.receivables.pop(shipment.ref, None)
    for _, row in _posted_rows(world):
        row.closes.pop(shipment.ref, None)


def settle(world: World, payment: Payment) -> None:
    """A posted payment closes debts, a refund opens them again."""
    for row in payment.rows:
        debt = world.receivables.get(row.document)
        if debt is not None:
            debt.paid += payment.sign * row.amount
        elif row.order and not row.document:
            for one in list(world.receivables.values()):
                if one.order == row.order:
                    _close(payment, row, one)


def unsettle(world: World, payment: Payment) -> None:
    """As it was before the payment was posted."""
    for row in payment.rows:
        debt = world.receivables.get(row.document)
        if debt is not None:
            debt.paid -= payment.sign * row.amount
        for document, part in row.closes.items():
            closed = world.receivables.get(document)
            if closed is not None:
                closed.paid -= payment.sign * part
        row.closes.clear()


def _close(payment: Payment, row: PaymentRow, debt: Receivable) -> None:
    """As much of the debt as the row still has; a refund takes back what was paid."""
    left = row.amount - sum(row.closes.values(), ZERO)
    part = min(left, debt.left if payment.sign > 0 else debt.paid)
    if part > 0:
        row.closes[debt.document] = part
        debt.paid += payment.sign * part


def _posted_rows(world: World) -> Iterator[tuple[Payment, PaymentRow]]:
    """In the order of entering."""
    return ((payment, row) for payment in world.payments.values() if payment.posted for row in payment.rows)
