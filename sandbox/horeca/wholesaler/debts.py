"""What clients have not paid: shipped orders by how long ago they fell due, some paid in part, and advances."""

from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

SEED = 20261122
CENT = Decimal("0.01")
STILL_OPEN = ((0, 0.98), (7, 0.82), (21, 0.52), (45, 0.28), (90, 0.14))
"""(days overdue at most, share not yet paid); older ones are 0.06."""
ADVANCES = 24

Row = dict[str, Any]


def debts(clients: list[Row], orders: list[Row]) -> tuple[list[Row], list[Row]]:
    """(open documents by the order's number with the part paid, advances by the client)."""
    rng = Random(SEED)
    by_id = {client["external_id"]: client for client in clients}
    found = []
    for order in orders:
        if order["state"] not in ("shipped", "closed"):
            continue
        client = by_id[order["client"]]
        overdue = shipped_days_ago(order) - client["payment_days"]
        if int(client["external_id"][2:]) <= 3:
            found += _demonstrated(order)
        elif rng.random() < _share(overdue):
            found.append(
                {"order": order["number"], "paid": _part(rng, total(order)) if rng.random() < 0.13 else "0.00"}
            )
    return found, _advances(rng, clients)


def shipped_days_ago(order: Row) -> int:
    """Goods leave the day after the order."""
    return max(0, int(order["days_ago"]) - 1)


def total(order: Row) -> Decimal:
    return sum((amount(quantity, price) for _, quantity, price in order["lines"]), Decimal())


def amount(quantity: str, price: str) -> Decimal:
    return (Decimal(quantity) * Decimal(price)).quantize(CENT, ROUND_HALF_UP)


def _share(overdue: int) -> float:
    return next((share for days, share in STILL_OPEN if overdue <= days), 0.06)


def _part(rng: Random, whole: Decimal) -> str:
    return str((whole * rng.choice((25, 30, 50, 60, 75)) / 100).quantize(CENT, ROUND_HALF_UP))


def _demonstrated(order: Row) -> list[Row]:
    """The first clients' debts: the newest not due, the one before overdue and paid in half, the older paid."""
    if order["days_ago"] > 15:
        return []
    half = str((total(order) / 2).quantize(CENT, ROUND_HALF_UP))
    return [{"order": order["number"], "paid": half if order["days_ago"] == 12 else "0.00"}]


def _advances(rng: Random, clients: list[Row]) -> list[Row]:
    payers = [one for one in clients if not one["marked"] and one["payment_days"] == 0][1:]
    return [
        {"client": one["external_id"], "days_ago": rng.randint(0, 40), "sum": f"{rng.randint(10, 180) * 100}.00"}
        for one in [clients[2], *rng.sample(payers, ADVANCES - 1)]
    ]
