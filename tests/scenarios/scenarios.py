"""All scenarios there are."""

from tests.scenarios import accounting, cart, checkout, choosing, hostile, joining, orders, paying, silence
from tests.scenarios.world import SCENARIOS

__all__ = [
    "SCENARIOS",
    "accounting",
    "cart",
    "checkout",
    "choosing",
    "hostile",
    "joining",
    "orders",
    "paying",
    "silence",
]
