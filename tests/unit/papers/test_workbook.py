"""A paper in Excel: numbers that can be counted with, names that cannot do anything."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

from bot.domain.money import Money
from bot.domain.paper import Column, Form, Group, Paper
from integrations.paper import draw
from tests.support.reading_papers import cells
from tests.unit.papers.documents import many, paper, row


def drawn(tmp_path: Path, paper: Paper) -> Path:
    target = tmp_path / "paper.xlsx"
    draw(paper, Form.XLSX, target)
    return target


def sheet_of(book: Path) -> str:
    with ZipFile(book) as parts:
        return parts.read("xl/worksheets/sheet1.xml").decode()


def test_the_head_says_whose_prices_these_are_and_of_which_day(tmp_path: Path) -> None:
    found = cells(drawn(tmp_path, paper(many(1))).read_bytes())
    assert [line[:2] for line in found[:5]] == [
        ["ГастроОпт", ""],
        ["Прайс", ""],
        ["Клієнт", "ФОП О’Коннор & Ко"],
        ["Ціни дійсні на", date(2026, 11, 23)],
        ["Телефон", "+380441234567"],
    ]
    assert found[5] == ["Розділ", "Артикул", "Назва", "Од.", "Упаковка", "Ціна"]


def test_prices_are_numbers_and_article_numbers_keep_their_zeros(tmp_path: Path) -> None:
    group = Group(
        "Сири", (row("00017", "Сир", "1234.5"), row("123", "Їжак", "0.07"), row("9", "Ґудзик", "99999999.99"))
    )
    found = cells(drawn(tmp_path, paper(group)).read_bytes())
    assert [(line[1], line[5]) for line in found[6:]] == [("00017", 1234.5), ("123", 0.07), ("9", 99999999.99)]


def test_days_and_counts_are_dates_and_numbers(tmp_path: Path) -> None:
    columns = (Column("Дата", 24), Column("Днів", 12), Column("Сума", 30))
    group = Group("Борги", ((date(2026, 11, 10), 13, Money.of("5.50")), ("", "", Money.of(1))))
    found = cells(drawn(tmp_path, replace(paper(group), columns=columns)).read_bytes())
    assert [line[1:] for line in found[6:]] == [[date(2026, 11, 10), 13, 5.5], ["", "", 1]]


def test_a_name_is_never_a_formula_nor_a_link(tmp_path: Path) -> None:
    names = ('=HYPERLINK("http://x.example")', "http://x.example", "+380441234567", "@SUM(A1)", "{=1}")
    book = drawn(tmp_path, paper(Group("=1+1", tuple(row("1", name) for name in names))))
    assert [line[2] for line in cells(book.read_bytes())[6:]] == list(names)
    assert [mark for mark in ("<f>", "<hyperlink") if mark in sheet_of(book)] == []


def test_every_row_names_its_category_so_that_it_can_be_sorted(tmp_path: Path) -> None:
    found = cells(drawn(tmp_path, paper(Group("Сири", (row("1", "А"),)), Group("Рис", (row("2", "Б"),)))).read_bytes())
    assert [(line[0], line[1]) for line in found[6:]] == [("Сири", "1"), ("Рис", "2")]


def test_the_head_stays_can_be_filtered_and_is_printed_on_every_page(tmp_path: Path) -> None:
    book = drawn(tmp_path, paper(many(3)))
    sheet = sheet_of(book)
    assert '<pane ySplit="6" topLeftCell="A7" activePane="bottomLeft" state="frozen"/>' in sheet
    assert '<autoFilter ref="A6:F9"/>' in sheet
    assert 'fitToHeight="0"' in sheet
    assert "&amp;RСторінка &amp;P з &amp;N" in sheet
    with ZipFile(book) as parts:
        assert "_xlnm.Print_Titles" in parts.read("xl/workbook.xml").decode()


def test_a_price_is_shown_with_its_currency(tmp_path: Path) -> None:
    with ZipFile(drawn(tmp_path, paper(many(1)))) as parts:
        styles = parts.read("xl/styles.xml").decode()
    assert re.findall(r'formatCode="([^"]+)"', styles) == ["dd.mm.yyyy", "#,##0.00\u00a0&quot;грн&quot;"]


def test_notes_stand_below_the_table(tmp_path: Path) -> None:
    found = cells(drawn(tmp_path, paper(many(1), notes=("Перше.", "Друге."))).read_bytes())
    assert [line[0] for line in found[7:]] == ["", "Перше.", "Друге."]


def test_a_title_that_is_no_name_of_a_sheet_does_no_harm(tmp_path: Path) -> None:
    found = cells(drawn(tmp_path, paper(many(1), title="[Ціни]: 'тижня' / *нові*? " * 3)).read_bytes())
    assert found[1][0] == "[Ціни]: 'тижня' / *нові*? " * 3


def test_what_has_no_shape_does_not_break_the_file(tmp_path: Path) -> None:
    found = cells(drawn(tmp_path, paper(Group("Сири", (row("1", "Сир\x0b\x00\u202e \x1fм’який\ufffe"),)))).read_bytes())
    assert found[6][2] == "Сир   м’який"
