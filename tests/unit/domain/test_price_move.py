"""One percent is told, less is not; percents are rounded half up to one place."""

from decimal import Decimal
from uuid import UUID

import pytest

from bot.domain.money import Money
from bot.domain.price_move import PriceMove, moved
from bot.domain.quantity import Packing


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [(10000, 10100, True), (10000, 10099, False), (10000, 9900, True), (10000, 9901, False), (0, 100, False)],
)
def test_one_percent_either_way_is_worth_telling(was: int, now: int, told: bool) -> None:
    assert moved(Money(was), Money(now)) is told


@pytest.mark.parametrize(
    ("was", "now", "percent"),
    [("245.00", "255.30", "4.2"), ("100.00", "101.25", "1.3"), ("100.00", "98.75", "-1.3"), ("3.00", "6.00", "100.0")],
)
def test_percents_have_one_place(was: str, now: str, percent: str) -> None:
    packing = Packing("кг", Decimal(1), None, None)
    move = PriceMove(UUID(int=1), "Моцарела 1 кг", packing, Money.of(was), Money.of(now))
    assert move.percent == Decimal(percent)
