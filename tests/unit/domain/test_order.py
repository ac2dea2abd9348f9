"""Until when an order can be changed, and what a repeat of an old one would bring today."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.domain.errors import Refused
from bot.domain.money import ZERO, Money
from bot.domain.order import Repeatable, RepeatLine, RepeatView, State, require_changeable
from bot.domain.quantity import Packing, Unit
from tests.support.wholesaler import uid

DEADLINE = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
BEFORE = DEADLINE - timedelta(microseconds=1)
LINE = RepeatLine(
    uid("10661"), "Молоко", Packing("шт", Decimal(1)), Unit.BASE, Decimal(12), Money(4790), Money(4790), Decimal(5)
)  # fmt: skip


@pytest.mark.parametrize("state", [State.PLACED, State.ACCEPTED])
def test_an_order_can_be_changed_up_to_the_deadline(state: State) -> None:
    require_changeable(state, BEFORE, DEADLINE)
    with pytest.raises(Refused) as refusal:
        require_changeable(state, DEADLINE, DEADLINE)
    assert (refusal.value.code, refusal.value.values) == ("cutoff_passed", {"deadline": DEADLINE})


@pytest.mark.parametrize("state", [State.SHIPPED, State.CLOSED, State.CANCELLED])
def test_an_order_on_its_way_is_final_at_any_hour(state: State) -> None:
    for moment in (BEFORE, DEADLINE):
        with pytest.raises(Refused) as refusal:
            require_changeable(state, moment, DEADLINE)
        assert (refusal.value.code, refusal.value.values) == ("order_final", {"state": state})


@pytest.mark.parametrize(
    ("then", "now", "stock", "verdict", "percent"),
    [
        (4790, 4790, "5", Repeatable.SAME, "0.0"),
        (4790, 5269, "5", Repeatable.DEARER, "10.0"),
        (4790, 4311, "5", Repeatable.CHEAPER, "-10.0"),
        (10000, 10005, "5", Repeatable.DEARER, "0.1"),  # half up
        (10000, 9995, "5", Repeatable.CHEAPER, "-0.1"),
        (4790, 5269, "0", Repeatable.OUT_OF_STOCK, "10.0"),
        (4790, 5269, "-3", Repeatable.OUT_OF_STOCK, "10.0"),
        (4790, 5269, None, Repeatable.DEARER, "10.0"),
        (4790, None, "5", Repeatable.GONE, "0"),
        (4790, None, "0", Repeatable.GONE, "0"),
        (0, 4790, "5", Repeatable.DEARER, "0"),
    ],
)
def test_what_became_of_a_line(
    then: int, now: int | None, stock: str | None, verdict: Repeatable, percent: str
) -> None:
    line = replace(
        LINE, then=Money(then), now=None if now is None else Money(now), stock=None if stock is None else Decimal(stock)
    )
    assert (line.verdict, line.percent) == (verdict, Decimal(percent))


def test_a_repeat_costs_what_can_be_had_at_todays_prices() -> None:
    dearer, gone = replace(LINE, now=Money(5000)), replace(LINE, now=None)
    repeat = RepeatView(uid("order"), "K-000001", DEADLINE, (LINE, dearer, gone), 0, 0)
    assert repeat.total == Money(4790 * 12 + 5000 * 12)
    assert repeat.possible


def test_a_repeat_of_which_nothing_is_left_is_impossible() -> None:
    repeat = RepeatView(uid("order"), "K-000001", DEADLINE, (replace(LINE, now=None),), 0, 0)
    assert not repeat.possible
    assert repeat.total == ZERO
