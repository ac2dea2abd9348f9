"""All scenarios there are."""

from tests.scenarios import cart, checkout, choosing, hostile, joining, orders
from tests.scenarios.world import SCENARIOS

__all__ = ["SCENARIOS", "cart", "checkout", "choosing", "hostile", "joining", "orders"]
