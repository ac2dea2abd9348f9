"""How words, counts, quantities and days read in three languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from markupsafe import Markup

from bot.domain.quantity import Packing, Unit
from bot.i18n import LANGUAGES, UNITS, translator

MILK = Packing("шт", Decimal(1), "ящ", Decimal(12))
ODD = Packing("палета", Decimal(1))
TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(("language", "word"), [("uk", "Кошик"), ("ru", "Корзина"), ("en", "Cart"), ("de", "Кошик")])
def test_an_unknown_language_is_ukrainian(language: str, word: str) -> None:
    assert translator(language).label("Cart") == word


@pytest.mark.parametrize(
    ("language", "n", "text"),
    [
        ("uk", 0, "У вашому кошику 0 рядків."),
        ("uk", 1, "У вашому кошику 1 рядок."),
        ("uk", 2, "У вашому кошику 2 рядки."),
        ("uk", 4, "У вашому кошику 4 рядки."),
        ("uk", 5, "У вашому кошику 5 рядків."),
        ("uk", 11, "У вашому кошику 11 рядків."),
        ("uk", 12, "У вашому кошику 12 рядків."),
        ("uk", 21, "У вашому кошику 21 рядок."),
        ("uk", 22, "У вашому кошику 22 рядки."),
        ("uk", 112, "У вашому кошику 112 рядків."),
        ("en", 1, "There is 1 line in your cart."),
        ("en", 2, "There are 2 lines in your cart."),
    ],
)
def test_counted_things_agree_with_their_number(language: str, n: int, text: str) -> None:
    assert (
        translator(language).plural("There is {n} line in your cart.", "There are {n} lines in your cart.", n) == text
    )


@pytest.mark.parametrize("value", ["<script>", "{n} & {total}", '"><b>', "{0.__class__}", "Кафе «Ранок»"])
def test_values_are_escaped_and_never_read_as_a_pattern(value: str) -> None:
    shown = translator("uk").say("Note: {note}", note=value)
    assert shown == Markup("Примітка: ") + Markup.escape(value)
    assert translator("uk").label("Note: {note}", note=value) == f"Примітка: {value}"


def test_markup_in_a_value_is_kept() -> None:
    bold = Markup("<b>{}</b>").format("<x>")
    assert translator("uk").say("Note: {note}", note=bold) == "Примітка: <b>&lt;x&gt;</b>"


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("uk", "12", "12"),
        ("uk", "12.500", "12,5"),
        ("uk", "0", "0"),
        ("uk", "0.000", "0"),
        ("uk", "1E+3", "1000"),
        ("uk", "0.001", "0,001"),
        ("uk", "9999.5", "9999,5"),
        ("uk", "99999", "99\u00a0999"),
        ("en", "1234567.25", "1\u00a0234\u00a0567.25"),
        ("en", "12.50", "12.5"),
    ],
)
def test_numbers_have_no_needless_zeros(language: str, value: str, shown: str) -> None:
    assert translator(language).number(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("language", "base", "unit", "shown"),
    [
        ("uk", "24", Unit.BASE, "24 шт"),
        ("uk", "24", Unit.PACK, "2 ящ (24 шт)"),
        ("uk", "25", Unit.PACK, "25 шт"),
        ("en", "24", Unit.PACK, "2 case (24 pcs)"),
    ],
)
def test_quantities_in_packs_say_the_base_units_too(language: str, base: str, unit: Unit, shown: str) -> None:
    assert translator(language).quantity(Decimal(base), MILK, unit) == shown.replace(" ", "\u00a0").replace(
        "\u00a0(", " ("
    )


def test_a_unit_that_nobody_translated_is_shown_as_it_is() -> None:
    assert translator("en").quantity(Decimal(3), ODD, Unit.PACK) == "3\u00a0палета"


@pytest.mark.parametrize("language", LANGUAGES)
def test_units_are_short_in_every_language(language: str) -> None:
    assert [unit for unit in UNITS if not 1 <= len(translator(language).unit(unit)) <= 7] == []


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("uk", "вт, 24 листопада", "Вт 24.11"),
        ("ru", "вт, 24 ноября", "Вт 24.11"),
        ("en", "Tue, 24 November", "Tue 24.11"),
    ],
)
def test_days_are_written_in_the_language(language: str, long: str, short: str) -> None:
    assert (translator(language).day(TUESDAY), translator(language).short_day(TUESDAY)) == (long, short)


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2026, 11, 23, 15, 0, tzinfo=UTC), "23.11 17:00"),
        (datetime(2026, 7, 1, 21, 30, tzinfo=UTC), "02.07 00:30"),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "29.03 02:59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "29.03 04:00"),
    ],
)
def test_moments_are_kyivs(moment: datetime, shown: str) -> None:
    assert translator("uk").moment(moment) == shown
