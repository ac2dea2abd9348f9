"""A paper as PDF, read back: every letter, every row once, a head and a number on every page."""

import re
from pathlib import Path

import pytest

from bot.domain.paper import Form, Group, Paper
from bot.i18n import translator
from integrations.paper import draw, flow, letters
from tests.support.reading_papers import pages
from tests.unit.papers.documents import ENDLESS, LONG, many, paper, row

ALPHABET = "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюяЁёЪъЫыЭэ"
SIGNS = "№ ’ ' « » — – … % + ° × ₴ € ½"


def drawn(tmp_path: Path, paper: Paper) -> list[str]:
    target = tmp_path / "paper.pdf"
    draw(paper, Form.PDF, target)
    return pages(target.read_bytes())


def test_the_head_the_facts_and_a_row_read_as_they_should(tmp_path: Path) -> None:
    (page,) = drawn(tmp_path, paper(Group("Сири", (row("00017", "Сир м’який", "1234.5"),))))
    assert page == (
        "ГастроОпт Прайс Клієнт: ФОП О’Коннор & Ко Ціни дійсні на: 23.11.2026 Телефон: +380441234567 "
        "Артикул Назва Од. Упаковка Ціна Сири 00017 Сир м’який шт ящ = 12 шт 1 234,50 грн ГастроОпт Сторінка 1 з 1"
    )


def test_every_ukrainian_letter_and_sign_has_its_shape(tmp_path: Path) -> None:
    (page,) = drawn(tmp_path, paper(Group(ALPHABET, (row("1", SIGNS),))))
    assert ALPHABET in page
    assert SIGNS in page


def test_a_file_carries_its_font_and_only_a_part_of_it(tmp_path: Path) -> None:
    drawn(tmp_path, paper(many(3)))
    content = (tmp_path / "paper.pdf").read_bytes()
    assert b"/FontFile2" in content
    assert len(content) < 60_000


def test_a_long_name_is_broken_between_words_and_loses_none(tmp_path: Path) -> None:
    (page,) = drawn(tmp_path, paper(Group("Сири", (row("1", LONG), row("2", "Ряженка")))))
    without_other_cells = page.replace("шт ящ = 12 шт 1 234,50 грн ", "")
    assert LONG in without_other_cells


def test_a_word_wider_than_its_column_is_broken_anywhere(tmp_path: Path) -> None:
    (page,) = drawn(tmp_path, paper(Group("Сири", (row("1", ENDLESS),))))
    assert ENDLESS in page.replace("шт ящ = 12 шт 1 234,50 грн ", "").replace(" ", "")


def test_a_name_without_end_is_cut_to_a_few_lines(tmp_path: Path) -> None:
    (page,) = drawn(tmp_path, paper(Group("Сири", (row("1", "слово " * 2000),))))
    assert "слово…" in page
    assert page.count("слово") < 100


def test_many_rows_fall_into_pages_each_once_and_in_order(tmp_path: Path) -> None:
    found = drawn(tmp_path, paper(many(500, LONG)))
    assert re.findall(r"\b(\d{5})\b", " ".join(found)) == [f"{number:05d}" for number in range(500)]
    assert [page.count("Артикул Назва Од. Упаковка Ціна") for page in found] == [1] * len(found)
    assert [f"Сторінка {number} з {len(found)}" in page for number, page in enumerate(found, 1)] == [True] * len(found)
    assert "Молочні продукти › Молоко…" in found[1]


def test_the_name_of_a_category_never_stands_last_on_a_page(tmp_path: Path) -> None:
    groups = [Group(f"Розділ {number} тут", (row(f"{number:05d}", "Товар"),)) for number in range(120)]
    found = drawn(tmp_path, paper(*groups))
    assert len(found) > 2
    lonely = [page for page in found if re.search(r"Розділ \d+ тут (?:Сторінка|ГастроОпт)", page)]
    assert lonely == []


@pytest.mark.parametrize("count", range(34, 44))
def test_notes_come_whole_after_the_last_row(tmp_path: Path, count: int) -> None:
    notes = ("Перша примітка.", "Друга примітка.", "Третя примітка.")
    found = drawn(tmp_path, paper(many(count), notes=notes))
    assert " ".join(notes) in found[-1]


def test_the_language_of_the_paper_is_the_language_of_its_numbers(tmp_path: Path) -> None:
    (page,) = drawn(tmp_path, paper(many(1), language="en"))
    assert "1 234.50 UAH" in page
    assert "Page 1 of 1" in page


def test_what_has_no_shape_leaves_no_trace(tmp_path: Path) -> None:
    (page,) = drawn(tmp_path, paper(Group("Сири\n\tтверді", (row("1", "Сир\u202e\u200b\x00 м’який\r\nхороший"),))))
    assert "Сири тверді" in page
    assert "1 Сир м’який хороший шт" in page


def test_the_height_of_the_table_is_never_more_than_the_page(tmp_path: Path) -> None:
    face, _ = letters.register()
    wide = paper(many(100, LONG))
    room = 400.0
    found = flow.pages(wide, face, flow.widths(wide, 500), 150.0, room, translator("uk"))
    assert sum(piece.height for piece in found[0]) <= 150.0
    assert [sum(piece.height for piece in page) <= room for page in found[1:]] == [True] * (len(found) - 1)
