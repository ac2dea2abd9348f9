"""Discounts: exact to the kopiyka, never under the floor, never beyond a budget."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.money import Money, total
from bot.domain.promotion import (
    Applies,
    Earning,
    Off,
    Promotion,
    Term,
    Worth,
    discounted,
    earned,
    part_of,
    room,
    spread,
)

ONLINE = Promotion("online", Decimal(5), Applies.ONLINE_ORDER, date(2026, 11, 27), date(2026, 12, 27))
GRANTED = Promotion("vchasno", Decimal(5), Applies.GRANT, once_per_client=True)

amounts = st.integers(0, 10_000_000).map(Money)
percents = st.decimals(0, 100, places=2)
quantities = st.decimals("0.001", 99999, places=3)


@st.composite
def lines(draw: st.DrawFn) -> list[tuple[Worth, Decimal, Money | None, Decimal]]:
    """Lines with their quantities, floor prices, and the part of a price that may go."""
    most = draw(percents)
    made = []
    for _ in range(draw(st.integers(0, 12))):
        price, quantity = draw(st.integers(1, 500_000).map(Money)), draw(quantities)
        floor = draw(st.none() | st.integers(0, 500_000).map(Money))
        amount = price.times(quantity)
        made.append((Worth(amount, room(amount, quantity, most, floor)), quantity, floor, most))
    return made


@st.composite
def terms(draw: st.DrawFn) -> list[Term]:
    rules = [Promotion(f"p{number}", draw(percents), Applies.GRANT) for number in range(draw(st.integers(0, 4)))]
    return [Term(rule, draw(st.none() | amounts)) for rule in rules]


@given(lines(), terms())
def test_promotions_and_lines_add_up_to_the_same(
    made: list[tuple[Worth, Decimal, Money | None, Decimal]], offered: list[Term]
) -> None:
    discount = discounted([line for line, *_ in made], offered)
    assert len(discount.lines) == len(made)
    assert total(discount.lines) == discount.total
    assert all(off.amount > Money(0) for off in discount.offs)


@given(lines(), terms())
def test_no_line_goes_under_its_floor(
    made: list[tuple[Worth, Decimal, Money | None, Decimal]], offered: list[Term]
) -> None:
    discount = discounted([line for line, *_ in made], offered)
    for (line, quantity, floor, most), off in zip(made, discount.lines, strict=True):
        assert Money(0) <= off <= line.amount
        assert Decimal(off.kopiykas) <= Decimal(line.amount.kopiykas) * most / 100
        left = Decimal(line.amount.kopiykas - off.kopiykas)
        assert floor is None or off == Money(0) or left >= floor.kopiykas * quantity


@given(lines(), terms())
def test_no_promotion_takes_more_than_its_percentage_or_its_budget(
    made: list[tuple[Worth, Decimal, Money | None, Decimal]], offered: list[Term]
) -> None:
    goods = sum(line.amount.kopiykas for line, *_ in made)
    left = {term.promotion.code: term.left for term in offered}
    for off in discounted([line for line, *_ in made], offered).offs:
        assert off.amount <= Money.of(Decimal(goods) * off.percent / 10000)
        budget = left[off.code]
        assert budget is None or off.amount <= budget
        assert off.whole == (off.amount == Money.of(Decimal(goods) * off.percent / 10000))


@given(st.lists(st.tuples(st.decimals(0, 10**6, places=2), st.integers(0, 10**6)), max_size=15), st.data())
def test_parts_are_whole_and_fit(given_: list[tuple[Decimal, int]], data: st.DataObject) -> None:
    weights, rooms = [weight for weight, _ in given_], [space for _, space in given_]
    amount = data.draw(st.integers(0, sum(rooms)))
    parts = spread(amount, weights, rooms)
    assert sum(parts) == amount
    assert all(0 <= part <= space for part, space in zip(parts, rooms, strict=True))


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=15), st.integers(0, 10**6))
def test_with_room_enough_a_part_is_within_a_kopiyka_of_its_share(weights: list[int], amount: int) -> None:
    parts = spread(amount, [Decimal(weight) for weight in weights], [10**9] * len(weights))
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - amount * weight) < sum(weights)


def test_more_than_there_is_room_for_is_refused() -> None:
    with pytest.raises(ValueError, match="no room"):
        spread(3, [Decimal(1)], [2])


def test_what_is_left_over_goes_to_the_largest_remainder() -> None:
    lines = [Worth(Money(amount), Money(amount)) for amount in (1010, 1030, 1050)]
    discount = discounted(lines, [Term(ONLINE)])
    assert discount.offs == (
        Off("online", Applies.ONLINE_ORDER, Decimal(5), Money(155), date(2026, 12, 27), whole=True),
    )
    assert discount.lines == (Money(50), Money(52), Money(53))


def test_two_promotions_stack_on_the_full_price_up_to_the_floor() -> None:
    amount = Money.of(1000)
    free = Worth(amount, room(amount, Decimal(1), Decimal(10)))
    assert [off.amount for off in discounted([free], [Term(ONLINE), Term(GRANTED)]).offs] == [Money.of(50)] * 2
    tight = Worth(amount, room(amount, Decimal(1), Decimal(10), Money.of(930)))
    first, second = discounted([tight], [Term(ONLINE), Term(GRANTED)]).offs
    assert (first.amount, first.whole) == (Money.of(50), True)
    assert (second.amount, second.whole) == (Money.of(20), False)


def test_a_weighed_line_keeps_its_floor_to_the_last_kopiyka() -> None:
    amount = Money.of("10.01").times(Decimal("0.333"))
    assert amount == Money.of("3.33")
    assert room(amount, Decimal("0.333"), Decimal(50), Money.of("9.99")) == Money(0)
    assert room(amount, Decimal("0.333"), Decimal(50), Money.of("9.90")) == Money(3)


def test_a_promotion_runs_its_first_and_its_last_day() -> None:
    days = (date(2026, 11, 26), date(2026, 11, 27), date(2026, 12, 27), date(2026, 12, 28))
    assert [ONLINE.runs(day) for day in days] == [False, True, True, False]
    assert GRANTED.runs(date(2030, 1, 1))


def test_the_minimum_is_of_the_full_price() -> None:
    rule = Promotion("p", Decimal(5), Applies.ONLINE_ORDER, min_order=Money.of(500))
    assert rule.reached(Money.of(500))
    assert not rule.reached(Money.of("499.99"))


@given(amounts, st.integers(1, 10**9).map(Money), st.data())
def test_of_a_part_given_back_the_same_part_of_the_discount_goes(
    discount: Money, charged: Money, data: st.DataObject
) -> None:
    kept = Money(data.draw(st.integers(0, charged.kopiykas)))
    part = part_of(discount, kept, charged)
    assert Money(0) <= part <= discount
    assert part_of(discount, charged, charged) == discount
    assert part_of(discount, Money(0), charged) == Money(0)


PAYMENTS = st.lists(
    st.tuples(st.integers(0, 50_000), st.integers(1, 1_000_000), st.integers(0, 100)).map(
        lambda one: Earning(Money(one[0]), Money(one[1]), Money(one[1] * one[2] // 100))
    ),
    max_size=5,
)


@given(st.integers(0, 2_000_000).map(Money), st.integers(0, 2_000_000).map(Money), PAYMENTS)
def test_no_payment_earns_more_than_it_was_promised_and_none_without_money(
    worth: Money, besides: Money, payments: list[Earning]
) -> None:
    offs = earned(worth, besides, payments)
    for off, one in zip(offs, payments, strict=True):
        assert Money(0) <= off <= one.promised
        assert one.kept or not off
    assert total(offs) <= max(worth - besides, Money(0))


@given(st.integers(1, 5_000_000).map(Money), st.integers(0, 5), st.data())
def test_whoever_pays_an_order_several_times_has_its_discount_once_while_one_payment_stands(
    worth: Money, more: int, data: st.DataObject
) -> None:
    promised = worth.times(Decimal("0.02"))
    charged = worth - promised
    others = [Earning(promised, charged, Money(data.draw(st.integers(0, charged.kopiykas)))) for _ in range(more)]
    payments = data.draw(st.permutations([Earning(promised, charged, charged), *others]))
    assert total(earned(worth, Money(0), payments)) == promised
    gone = [Earning(promised, charged, Money(0)) for _ in payments]
    assert total(earned(worth, Money(0), gone)) == Money(0)
