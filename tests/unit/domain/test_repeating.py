"""The old quantity of a repeated line, where the article's multiple has changed since."""

from decimal import Decimal

import pytest

from bot.domain.money import Money
from bot.domain.order import RepeatLine
from bot.domain.quantity import Packing, Unit
from bot.services.repeating import aligned


@pytest.mark.parametrize(
    ("quantity", "present", "multiple", "taken"),
    [
        ("1.5", "0", "1", "2"),
        ("24", "0", "12", "24"),
        ("25", "0", "12", "36"),
        ("5", "8", "12", "24"),
        ("0.3", "0", "0.5", "0.5"),
    ],
)
def test_it_is_rounded_up_to_what_can_be_ordered(quantity: str, present: str, multiple: str, taken: str) -> None:
    line = RepeatLine(
        None, "Молоко", Packing("шт", Decimal(multiple)), Unit.BASE, Decimal(quantity), Money.of(1), Money.of(1), None
    )
    assert aligned(line, Decimal(present)) == Decimal(taken)
