"""All scenarios there are."""

from tests.scenarios import (
    accounting,
    cart,
    checkout,
    choosing,
    goods,
    holding,
    hostile,
    joining,
    orders,
    papers,
    paying,
    promotions,
    reminding,
    silence,
)
from tests.scenarios.world import SCENARIOS

__all__ = [
    "SCENARIOS",
    "accounting",
    "cart",
    "checkout",
    "choosing",
    "goods",
    "holding",
    "hostile",
    "joining",
    "orders",
    "papers",
    "paying",
    "promotions",
    "reminding",
    "silence",
]
