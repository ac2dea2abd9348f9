"""Money is exact to the kopiyka, and one place rounds it."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.money import ZERO, Money, rounded, total
from bot.i18n import translator

KOPIYKAS = st.integers(-(10**15), 10**15)
MONEY = st.builds(Money, KOPIYKAS)
QUANTITY = st.integers(0, 99_999_000).map(lambda thousandths: Decimal(thousandths).scaleb(-3))


@pytest.mark.parametrize(
    ("amount", "kopiykas"),
    [
        ("0", 0),
        ("47.90", 4790),
        ("0.005", 1),  # half up
        ("0.0049999", 0),
        ("1.005", 101),  # as a float it would be 1.00
        ("2.675", 268),
        ("-0.005", -1),  # away from zero, as accounts do it
        ("1200.484", 120048),
        (7, 700),
        (Decimal("18.4"), 1840),
    ],
)
def test_hryvnias_become_kopiykas_rounded_half_up(amount: str | int | Decimal, kopiykas: int) -> None:
    assert Money.of(amount).kopiykas == kopiykas


@given(sums=st.lists(MONEY, max_size=50))
def test_a_sum_is_exact_in_any_order(sums: list[Money]) -> None:
    assert total(sums).kopiykas == sum(money.kopiykas for money in sums)
    assert total(sums) == total(sums[::-1]) == total(tuple(sums))


@given(one=MONEY, other=MONEY)
def test_what_is_added_can_be_taken_away(one: Money, other: Money) -> None:
    assert one + other - other == one
    assert one - one == ZERO


@given(money=MONEY)
def test_hryvnias_and_kopiykas_say_the_same(money: Money) -> None:
    assert Money.of(money.amount) == money
    assert Fraction(money.amount) * 100 == money.kopiykas


@given(price=st.integers(0, 10**9).map(Money), quantity=QUANTITY)
def test_the_price_of_a_quantity_is_at_most_half_a_kopiyka_off(price: Money, quantity: Decimal) -> None:
    exact = Fraction(price.amount) * Fraction(quantity) * 100
    off = price.times(quantity).kopiykas - exact
    assert Fraction(-1, 2) < off <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("price", "quantity", "amount"),
    [
        ("47.90", "12", "574.80"),
        ("312.00", "0.5", "156.00"),
        ("0.01", "0.5", "0.01"),
        ("0.01", "0.499", "0.00"),
        ("18.40", "25", "460.00"),
        ("999999.99", "99999", "99998999000.01"),
    ],
)
def test_prices_times_quantities(price: str, quantity: str, amount: str) -> None:
    assert Money.of(price).times(Decimal(quantity)) == Money.of(amount)


def test_no_money_is_nothing() -> None:
    assert not ZERO
    assert Money(-1)
    assert total([]) == ZERO


def test_different_currencies_do_not_mix() -> None:
    with pytest.raises(ValueError, match="UAH and EUR do not add up"):
        Money(1) + Money(1, "EUR")
    with pytest.raises(ValueError, match="UAH and EUR do not add up"):
        Money(1) - Money(1, "EUR")
    with pytest.raises(ValueError, match="UAH and EUR do not add up"):
        total([Money(1, "EUR")])


def test_a_price_in_another_currency_stays_in_it() -> None:
    assert Money.of("2.50", "EUR").times(Decimal(3)) == Money(750, "EUR")


@pytest.mark.parametrize(
    ("written", "kopiykas"),
    [
        ("1234.5", 123450),
        ("1 234,50", 123450),
        ("1\u00a0234,50", 123450),
        ("1\u202f234,505", 123451),
        (" 47,9 ", 4790),
        ("+5", 500),
        ("-3,20", -320),
        ("0", 0),
        ("999999999999999.999999", 10**17),
    ],
)
def test_written_sums_are_read(written: str, kopiykas: int) -> None:
    assert Money.read(written).kopiykas == kopiykas


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "грн",
        "1,2,3",
        "1.234,50",
        "1e3",
        "NaN",
        "Infinity",
        "0x10",
        "--1",
        "1_000",
        "12 грн",
        "1" * 16,
        ",5",
        "5,",
    ],
)
def test_what_is_no_sum_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        Money.read(written)


@given(money=st.builds(Money, st.integers(-(10**14), 10**14)), language=st.sampled_from(["uk", "ru", "en"]))
def test_a_shown_sum_reads_back(money: Money, language: str) -> None:
    shown = translator(language).money(money)
    assert " " not in shown  # nothing a line may break at
    number = shown.rsplit("\u00a0", 1)[0].replace("−", "-")
    assert Money.read(number) == money


@pytest.mark.parametrize(
    ("language", "kopiykas", "shown"),
    [
        ("uk", 0, "0,00 грн"),
        ("uk", 5, "0,05 грн"),
        ("uk", 123450, "1 234,50 грн"),
        ("uk", 100000000, "1 000 000,00 грн"),
        ("uk", -123456, "−1 234,56 грн"),
        ("ru", 123450, "1 234,50 грн"),
        ("en", 123450, "1 234.50 UAH"),
        ("en", -5, "−0.05 UAH"),
    ],
)
def test_sums_are_shown_in_the_language(language: str, kopiykas: int, shown: str) -> None:
    assert translator(language).money(Money(kopiykas)) == shown.replace(" ", "\u00a0")


@given(amount=st.decimals(-(10**9), 10**9, places=6))
def test_rounding_is_half_away_from_zero(amount: Decimal) -> None:
    sign = -1 if amount < 0 else 1
    nearest = (abs(Fraction(amount)) * 100 + Fraction(1, 2)).__floor__()
    assert Fraction(rounded(amount)) == Fraction(sign * nearest, 100)
