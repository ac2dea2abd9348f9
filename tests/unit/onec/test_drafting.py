"""What is written of an order, and what of it is kept otherwise."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accounting import Kept, OutgoingOrder
from bot.domain.money import Money
from integrations.onec.odata.comparing import differences, only_cut
from integrations.onec.odata.drafting import comment, included_vat, mark, marked, split
from integrations.onec.odata.profile import load

REF = "6f9619ff-8b86-d011-b42d-00cf4fc964ff"
OTHER = "0d0c1b5b-70e0-4914-9fec-0ae689c41da6"
ORDER = OutgoingOrder(
    id=UUID(REF),
    number="K-000123",
    revision=1,
    placed_at=datetime(2026, 11, 27, 10, tzinfo=UTC),
    placed_by="",
    client=OTHER,
    client_name="Кав’ярня",
    tax_code=None,
    contract=None,
    price_type=None,
    delivery_name="",
    delivery_address="",
    delivery_date=date(2026, 12, 1),
    note="",
    lines=(),
    total=Money(0),
)
TABLE = load("ut_ua").order


def test_the_shortest_comment_says_whose_order_it_is_and_for_when() -> None:
    assert comment(ORDER) == "Комора K-000123; доставка 01.12.2026"


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60), st.integers(1, 99), st.booleans())
def test_our_mark_is_found_whatever_else_the_comment_says(
    note: str, name: str, by: str, revision: int, provisional: bool
) -> None:
    said = comment(
        replace(ORDER, note=note, delivery_name=name, placed_by=by, revision=revision, provisional=provisional)
    )
    assert marked(said) == ("K-000123", revision)
    assert not [character for character in said if character in "\n\r\t"]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Комора K-000123", ("K-000123", 1)),
        ("Комора K-000123 зм. 12; далі", ("K-000123", 12)),
        ("дзвінок; Комора K-1; ще", ("K-1", 1)),
        ("Комора", None),
        ("замовлення з комори K-1", None),
        ("", None),
    ],
)
def test_a_mark_is_read_back(said: str, found: tuple[str, int] | None) -> None:
    assert marked(said) == found


def test_the_mark_of_a_changed_order_begins_like_that_of_the_first() -> None:
    assert mark("K-1", 3) == "Комора K-1 зм. 3"
    assert mark("K-1", 3).startswith(mark("K-1", 1))


@pytest.mark.parametrize(
    ("amount", "rate", "vat"),
    [
        ("1200.48", "20", "200.08"),
        ("0.03", "20", "0.01"),
        ("107.00", "7", "7.00"),
        ("50", "0", "0.00"),
        ("50", None, "0.00"),
    ],
)
def test_the_vat_inside_a_sum_is_rounded_half_up(amount: str, rate: str | None, vat: str) -> None:
    assert included_vat(Money.of(amount), Decimal(rate) if rate else None) == Decimal(vat)


def test_an_article_with_a_characteristic_is_two_references() -> None:
    assert split(f"{REF}#{OTHER}") == (REF, OTHER)
    assert split(REF) == (REF, None)
    assert split(None) == (None, None)


def test_nothing_differs_whatever_the_way_a_number_is_written() -> None:
    sent = {"СуммаДокумента": Decimal("742.450"), "Контрагент_Key": REF, "УчитыватьНДС": True, "Комментарий": "а "}
    kept = {"СуммаДокумента": "742.45", "Контрагент_Key": REF.upper(), "УчитыватьНДС": True, "Комментарий": "а"}
    assert differences(TABLE, sent, kept) == ()


def test_every_difference_is_named_with_its_line() -> None:
    line = {"LineNumber": "1", "Количество": Decimal(2), "Номенклатура_Key": REF}
    sent = {"Комментарий": "Комора K-1", "СуммаДокумента": Decimal(5), "Товары": [line]}
    kept = {
        "Комментарий": "Комора",
        "СуммаДокумента": Decimal(6),
        "Товары": [{"LineNumber": "1", "Количество": 3, "Номенклатура_Key": OTHER}],
    }
    assert differences(TABLE, sent, kept) == (
        Kept("Комментарий", "Комора K-1", "Комора"),
        Kept("СуммаДокумента", "5", "6"),
        Kept("Товары[1].Количество", "2", "3"),
        Kept("Товары[1].Номенклатура_Key", REF, OTHER),
    )


def test_lines_that_are_missing_are_one_difference() -> None:
    assert differences(TABLE, {"Товары": [{"LineNumber": "1"}]}, {"Товары": []}) == (Kept("Товары", "1", "0"),)
    assert differences(TABLE, {"Товары": [{"LineNumber": "1"}]}, {}) == (Kept("Товары", "1", "0"),)


def test_a_field_that_the_configuration_lacks_is_a_difference_only_where_it_is_compulsory() -> None:
    assert differences(TABLE, {"АдресДоставки": "вул.", "УчитыватьНДС": True}, {}) == ()
    assert differences(TABLE, {"Контрагент_Key": REF}, {}) == (Kept("Контрагент_Key", REF, ""),)


def test_a_text_that_was_cut_is_told_apart_from_one_that_was_changed() -> None:
    assert only_cut(())
    assert only_cut((Kept("a", "вулиця", "вул"),))
    assert not only_cut((Kept("a", "вулиця", "площа"),))
    assert not only_cut((Kept("a", "вулиця", ""),))
    assert not only_cut((Kept("a", "20.50", "2"),))
