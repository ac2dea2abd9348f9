"""Quantities: what people type, in which unit they mean it, and what may be ordered."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Refused
from bot.domain.quantity import LIMIT, Packing, Unit, checked, read

MILK = Packing("шт", Decimal(1), "ящ", Decimal(12))
FLOUR = Packing("кг", Decimal(25), "міш", Decimal(25))
CHEESE = Packing("кг", Decimal("0.5"))
OIL = Packing("л", Decimal(1), "кан", Decimal(5))


@pytest.mark.parametrize(
    ("typed", "packing", "unit", "base"),
    [
        ("12", MILK, Unit.BASE, "12"),
        ("12", MILK, Unit.PACK, "144"),
        ("0", MILK, Unit.PACK, "0"),
        (" 2,5 ", CHEESE, Unit.BASE, "2.5"),
        ("2.5", CHEESE, Unit.BASE, "2.5"),
        ("0,5", MILK, Unit.PACK, "6"),
        ("3 ящ", MILK, Unit.BASE, "36"),
        ("3ящ.", MILK, Unit.BASE, "36"),
        ("3 ящика", MILK, Unit.BASE, "36"),
        ("5 ящиків", MILK, Unit.PACK, "60"),
        ("5 шт", MILK, Unit.PACK, "5"),
        ("5 ШТ.", MILK, Unit.PACK, "5"),
        ("5 pcs", MILK, Unit.PACK, "5"),
        ("2 міш", FLOUR, Unit.BASE, "50"),
        ("2 мешок", FLOUR, Unit.BASE, "50"),
        ("50 кг", FLOUR, Unit.PACK, "50"),
        ("500 г", CHEESE, Unit.BASE, "0.5"),
        ("500гр", CHEESE, Unit.BASE, "0.5"),
        ("500 g", CHEESE, Unit.BASE, "0.5"),
        ("1 kg", CHEESE, Unit.BASE, "1"),
        ("3 кан", OIL, Unit.BASE, "15"),
        ("3 л", OIL, Unit.PACK, "3"),
    ],
)
def test_typed_quantities_in_base_units(typed: str, packing: Packing, unit: Unit, base: str) -> None:
    assert read(typed, packing, unit) == Decimal(base)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-1",
        "+1",
        "1e3",
        "NaN",
        "∞",
        "молоко",
        "5 кг",
        "5 кг молока",
        "1/2",
        "1,2,3",
        "1" * 10,
        "1 . 5",
        "½",
        "5 🥛",
        "🥛",
    ],
)
def test_what_is_no_quantity_of_this_article_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(typed, MILK, Unit.PACK)
    assert (refusal.value.code, refusal.value.values) == ("not_a_quantity", {"unit": "ящ"})


def test_a_pack_is_no_unit_of_what_has_none() -> None:
    with pytest.raises(Refused, match="not_a_quantity"):
        read("2 ящ", CHEESE, Unit.BASE)


@given(text=st.text(max_size=60))
def test_any_text_is_a_quantity_or_a_refusal(text: str) -> None:
    try:
        base = read(text, MILK, Unit.PACK)
    except Refused as refusal:
        assert refusal.code == "not_a_quantity"
    else:
        assert base >= 0


@given(count=st.decimals(0, 99_999, places=3), unit=st.sampled_from(Unit), comma=st.booleans())
def test_a_number_means_the_unit_of_the_screen(count: Decimal, unit: Unit, comma: bool) -> None:
    typed = f"{count:f}".replace(".", "," if comma else ".")
    assert read(typed, MILK, unit) == count * {Unit.BASE: 1, Unit.PACK: 12}[unit]


@given(
    thousandths=st.integers(0, 99_999_000),
    multiple=st.sampled_from(["0.001", "0.5", "1", "3", "12", "25"]).map(Decimal),
)
def test_only_multiples_are_ordered_and_the_nearest_two_are_offered(thousandths: int, multiple: Decimal) -> None:
    packing, base = Packing("кг", multiple), Decimal(thousandths).scaleb(-3)
    try:
        assert checked(base, packing) == base
        assert base % multiple == 0
    except Refused as refusal:
        lower, upper = refusal.values["lower"], refusal.values["upper"]
        assert isinstance(lower, Decimal)
        assert isinstance(upper, Decimal)
        assert lower < base < upper == lower + multiple
        assert lower % multiple == upper % multiple == 0
        assert refusal.values["multiple"] == multiple


@pytest.mark.parametrize(
    ("base", "packing", "lower", "upper"),
    [("30", FLOUR, "25", "50"), ("3", FLOUR, "0", "25"), ("0.7", CHEESE, "0.5", "1"), ("0.0004", CHEESE, "0", "0.5")],
)
def test_a_refusal_says_what_would_fit(base: str, packing: Packing, lower: str, upper: str) -> None:
    with pytest.raises(Refused) as refusal:
        checked(Decimal(base), packing)
    assert refusal.value.code == "not_multiple"
    assert (refusal.value.values["lower"], refusal.value.values["upper"]) == (Decimal(lower), Decimal(upper))


def test_more_than_a_person_would_order_is_refused() -> None:
    assert checked(LIMIT, MILK) == LIMIT
    with pytest.raises(Refused) as refusal:
        checked(LIMIT + 1, MILK)
    assert (refusal.value.code, refusal.value.values) == ("too_much", {"limit": LIMIT, "unit": "шт"})


@pytest.mark.parametrize(
    ("packing", "has_pack"),
    [
        (MILK, True),
        (FLOUR, True),
        (CHEESE, False),
        (Packing("шт", Decimal(1), "шт", Decimal(10)), False),
        (Packing("шт", Decimal(12), "ящ", Decimal(6)), False),
        (Packing("шт", Decimal(5), "ящ", Decimal(12)), False),  # one case would be refused as no multiple
        (Packing("шт", Decimal(6), "ящ", Decimal(12)), True),
        (Packing("шт", Decimal(1), "ящ", Decimal(0)), False),
        (Packing("шт", Decimal(1), "", Decimal(12)), False),
    ],
)
def test_a_pack_is_a_whole_number_of_steps(packing: Packing, has_pack: bool) -> None:
    assert packing.has_pack is has_pack


@given(
    multiple=st.sampled_from(["0.25", "0.5", "1", "5", "6", "12"]).map(Decimal),
    size=st.integers(1, 400).map(lambda quarters: Decimal(quarters) / 4),
    unit=st.sampled_from(Unit),
    steps=st.integers(1, 50),
)
def test_steps_of_a_shown_unit_are_never_refused(multiple: Decimal, size: Decimal, unit: Unit, steps: int) -> None:
    packing = Packing("кг", multiple, "ящ", size)
    wanted = packing.step(unit) * steps
    assert checked(wanted, packing) == wanted


@given(count=st.integers(0, 9999), unit=st.sampled_from(Unit))
def test_counting_in_a_unit_and_back_is_the_same(count: int, unit: Unit) -> None:
    assert MILK.in_unit(MILK.to_base(Decimal(count), unit), unit) == count


def test_what_has_no_pack_is_counted_in_its_base_unit() -> None:
    assert CHEESE.name(Unit.PACK) == "кг"
    assert CHEESE.step(Unit.PACK) == Decimal("0.5")
    assert CHEESE.to_base(Decimal(3), Unit.PACK) == 3
