"""What a price list and an offer say, in each language."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.domain.catalogue import ArticleView
from bot.domain.money import Money
from bot.domain.price_sheet import PriceSection, PriceSheet
from bot.domain.quantity import Packing
from bot.i18n import LANGUAGES, translator
from handlers.app import Company
from handlers.papers import words
from tests.support.wholesaler import uid

SELLER = Company("ГастроОпт", "+380440000000")
CASES = Packing("шт", Decimal(1), "ящ", Decimal(12))
LOOSE = Packing("кг", Decimal("0.5"))


def article(stock: str | None, packing: Packing = CASES) -> ArticleView:
    return ArticleView(uid("1"), "00017", "Сир", packing, Money.of("92.5"), Decimal(stock) if stock else None)


def sheet(*articles: ArticleView, path: tuple[str, ...] = ("Сири",), whole: bool = True) -> PriceSheet:
    return PriceSheet("Кафе", date(2026, 12, 31), (PriceSection(path, articles),), whole)


def test_a_row_tells_number_name_unit_pack_price_and_stock() -> None:
    paper = words.price_list(translator("uk"), sheet(article("0"), article("12.5", LOOSE)), SELLER)
    assert paper.groups[0].rows == (
        ("00017", "Сир", "шт", "ящ = 12\u00a0шт", Money(9250), "немає"),
        ("00017", "Сир", "кг", "", Money(9250), "є"),
    )


@pytest.mark.parametrize(
    ("stock", "said"), [(None, "уточнюйте"), ("0", "немає"), ("-3", "немає"), ("119", "мало"), ("120", "є")]
)
def test_what_is_said_of_the_stock(stock: str | None, said: str) -> None:
    paper = words.price_list(translator("uk"), sheet(article(stock)), SELLER)
    assert paper.groups[0].rows[0][-1] == said


def test_an_offer_is_addressed_and_ends_after_two_weeks_unless_told_otherwise() -> None:
    paper = words.offer(translator("uk"), sheet(article("5")), SELLER)
    assert paper.facts == (
        ("Кому", "Кафе"),
        ("Дата", date(2026, 12, 31)),
        ("Дійсна до", date(2027, 1, 13)),
        ("Телефон", "+380440000000"),
    )
    assert paper.notes[0] == "ГастроОпт пропонує ці товари за цими цінами. Пропозиція діє до 13.01.2027 включно."


@pytest.mark.parametrize(("days", "until"), [(1, date(2026, 12, 31)), (30, date(2027, 1, 29))])
def test_the_wholesaler_says_for_how_many_days(days: int, until: date) -> None:
    paper = words.offer(translator("uk"), sheet(article("5")), replace(SELLER, offer_days=days))
    assert paper.facts[2] == ("Дійсна до", until)


def test_a_sheet_that_does_not_hold_all_says_so() -> None:
    paper = words.price_list(translator("uk"), sheet(article("5"), whole=False), SELLER)
    assert paper.notes[0] == "Тут умістилися лише перші товари: 1. Решту має менеджер."


def test_a_category_is_named_by_its_path_and_what_has_none_by_a_word() -> None:
    named = words.price_list(translator("uk"), sheet(article("5"), path=("Молочні", "Сири")), SELLER)
    unnamed = words.price_list(translator("uk"), sheet(article("5"), path=()), SELLER)
    assert [named.groups[0].name, unnamed.groups[0].name] == ["Молочні › Сири", "Інші товари"]


def test_without_a_phone_there_is_no_line_for_one() -> None:
    paper = words.price_list(translator("uk"), sheet(article("5")), replace(SELLER, phone=""))
    assert [word for word, _ in paper.facts] == ["Клієнт", "Ціни дійсні на"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_has_a_cell_for_every_column_in_every_language(language: str) -> None:
    for worded in (words.price_list, words.offer):
        paper = worded(translator(language), sheet(article("5"), article(None, LOOSE)), SELLER)
        assert {len(row) for group in paper.groups for row in group.rows} == {len(paper.columns)}
        assert (paper.language, bool(paper.title)) == (language, True)
