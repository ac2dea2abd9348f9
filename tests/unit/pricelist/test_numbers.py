"""How written numbers become whole kopiykas and thousandths."""

import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pricelist import LARGEST, kopiykas, share, thousandths


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("57.28", 5728), ("57,28", 5728), ("57", 5700), ("0", 0), ("1 234,50", 123450), ("2\u00a0280,86", 228086),
        ("1\u202f719", 171900), ("1.005", 101), ("0,004", 0), (".5", 50), ("12.", 1200), ("-3,10", -310),
        ("1,234.56", 123456), ("1.234.567,89", 123456789), ("12'500.00", 1250000), ("007.10", 710),
    ],
)  # fmt: skip
def test_a_sum_is_read_as_people_write_it(written: str, expected: int) -> None:
    assert kopiykas(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "abc",
        "1e3",
        "1,2,3",
        "12 грн",
        "0x10",
        "NaN",
        "Infinity",
        "--1",
        "9" * 40,
        "1.2.3",
        "٣",
        "١٢",
        "1٢",
        "१२.५०",
    ],
)
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(written)}$"):
        kopiykas(written)


def test_a_number_beyond_any_price_is_refused() -> None:
    with pytest.raises(ValueError, match="999999999999999"):
        kopiykas("999999999999999")


@given(st.integers(min_value=0, max_value=LARGEST), st.sampled_from([".", ","]))
def test_every_whole_number_of_kopiykas_comes_back(value: int, point: str) -> None:
    assert kopiykas(f"{value // 100}{point}{value % 100:02d}") == value


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_rounding_is_half_up_as_in_accounts(value: Decimal) -> None:
    assert thousandths(f"{value:f}") == int((value * 1000).quantize(Decimal(1), rounding=ROUND_HALF_UP))


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_a_value_error(text: str) -> None:
    try:
        assert isinstance(kopiykas(text), int)
    except ValueError as error:
        assert str(error) == text


@pytest.mark.parametrize(
    ("amount", "coefficient", "expected"), [(12000, 12000, 1000), (1000, 3000, 333), (500, 3000, 167), (250, 500, 500)]
)
def test_a_price_of_a_pack_is_shared_among_its_units(amount: int, coefficient: int, expected: int) -> None:
    assert share(amount, coefficient) == expected
