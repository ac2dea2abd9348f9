"""All scenarios there are."""

from tests.scenarios import cart, choosing, joining
from tests.scenarios.world import SCENARIOS

__all__ = ["SCENARIOS", "cart", "choosing", "joining"]
