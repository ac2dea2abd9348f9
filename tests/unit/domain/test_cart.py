"""What a cart costs, what it lacks, and when it can become an order."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cart import CartLineView, CartView, PointView
from bot.domain.catalogue import page_count
from bot.domain.errors import Refused
from bot.domain.money import ZERO, Money
from bot.domain.quantity import Packing, Unit
from tests.support.wholesaler import uid

PIECES = Packing("шт", Decimal(1), "ящ", Decimal(12))
MILK = CartLineView(
    uid("10661"), "10661", "Молоко", PIECES, Unit.PACK, Decimal(24), Money.of("47.90"), True, Decimal(100)
)  # fmt: skip
GONE = replace(MILK, article_id=uid("15662"), available=False)
UNPRICED = replace(MILK, article_id=uid("15700"), price=None)
READY = CartView(
    uid("cart"), 3, (MILK,), Money.of(500), PointView(uid("point"), "Ранок", "Київ"), date(2026, 11, 24)
)  # fmt: skip


def refused(cart: CartView) -> Refused:
    with pytest.raises(Refused) as refusal:
        cart.require_ready()
    return refusal.value


def test_a_ready_cart_is_not_refused() -> None:
    READY.require_ready()
    assert READY.total == Money.of("1149.60")
    assert READY.lacking == ZERO


def test_what_cannot_be_ordered_costs_nothing_and_is_left_out() -> None:
    cart = replace(READY, lines=(GONE, MILK, UNPRICED))
    assert cart.total == Money.of("1149.60")
    assert cart.orderable == (MILK,)
    assert [line.orderable for line in cart.lines] == [False, True, False]
    assert GONE.amount == UNPRICED.amount == ZERO


def test_an_empty_cart_is_refused_before_anything_else() -> None:
    assert refused(CartView(uid("cart"), 0, (), Money.of(500))).code == "cart_empty"
    assert refused(replace(READY, lines=(GONE,))).code == "cart_empty"


def test_below_the_minimum_the_missing_sum_is_said() -> None:
    refusal = refused(replace(READY, minimum=Money.of("1149.61")))
    assert refusal.code == "below_minimum"
    assert refusal.values == {"lacking": Money(1), "minimum": Money.of("1149.61")}


def test_exactly_the_minimum_is_enough() -> None:
    replace(READY, minimum=Money.of("1149.60")).require_ready()


def test_a_place_is_asked_for_before_a_day() -> None:
    assert refused(replace(READY, point=None, delivery_date=None)).code == "no_point"
    assert refused(replace(READY, delivery_date=None)).code == "no_date"


@pytest.mark.parametrize(
    ("stock", "short"), [(None, False), ("24", False), ("23.999", True), ("0", True), ("100", False)]
)
def test_more_than_the_stock_is_noticed(stock: str | None, short: bool) -> None:
    assert replace(MILK, stock=None if stock is None else Decimal(stock)).short is short


@given(
    lines=st.lists(st.tuples(st.integers(1, 10**7), st.integers(1, 10**6)), max_size=20),
    minimum=st.integers(0, 10**12).map(Money),
)
def test_total_and_lacking_make_at_least_the_minimum(lines: list[tuple[int, int]], minimum: Money) -> None:
    cart = CartView(
        uid("cart"),
        0,
        tuple(replace(MILK, price=Money(price), quantity=Decimal(many).scaleb(-3)) for price, many in lines),
        minimum,
    )
    assert cart.total.kopiykas == sum(line.amount.kopiykas for line in cart.lines)
    assert cart.total + cart.lacking == max(cart.total, minimum)


@pytest.mark.parametrize(("items", "pages"), [(0, 1), (1, 1), (8, 1), (9, 2), (16, 2), (17, 3)])
def test_eight_to_a_page_and_never_no_page(items: int, pages: int) -> None:
    assert page_count(items) == pages
