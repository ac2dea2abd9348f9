"""Templates filled: what the reader of the document sees."""

from pathlib import Path

import pytest

from bot.domain.template.checking import BrokenTemplate, ProblemKind
from bot.domain.template.values import values_of
from integrations.docx import Templates
from tests.support.contract_facts import CONTRACT as FACTS
from tests.support.word_files import CONTRACT, cells, lines, written
from tests.unit.templates.test_inspecting import TABLE

FILL = Templates().fill


def test_fields_become_words(tmp_path: Path) -> None:
    FILL(written(*CONTRACT), values_of(FACTS).filled(), tmp_path / "a.docx")
    assert lines(tmp_path / "a.docx") == [
        "Договір поставки № 15 від 27 листопада 2026\u00a0р.",
        "Товариство з обмеженою відповідальністю «Гуртівня», код ЄДРПОУ 14360570, в особі директора Мельника Петра "
        "Олексійовича, що діє на підставі Статуту (Постачальник), та Товариство з обмеженою відповідальністю «Ранкова "
        "кава», код ЄДРПОУ 21560766, в особі директорки Коваленко Ірини Петрівни, що діє на підставі Статуту "
        "(Покупець), уклали цей договір.",
        "Покупець оплачує кожну партію Товару з відстроченням платежу на 14 (чотирнадцять) календарних днів з дня "
        "її поставки.",
    ]


def test_rows_repeat(tmp_path: Path) -> None:
    FILL(written(table=TABLE), values_of(FACTS).filled(), tmp_path / "a.docx")
    assert cells(tmp_path / "a.docx") == [
        ["№", "Товар", "Ціна"],
        ["1", "Молоко 2,5 % 1 л", "39,90"],
        ["2", "Сир кисломолочний", "1\u00a0234,50"],
    ]


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ("Сир & <сметана>", "Сир & <сметана>"),
        ("{{ 7*7 }} {% x %}", "{{ 7*7 }} {% x %}"),
        ("два\nрядки\tй таб", "два рядки й таб"),
        ("знак\x00\x07\u200bневидимий", "знак  невидимий"),
        ("</w:t><w:p>", "</w:t><w:p>"),
    ],
)
def test_a_value_is_a_text_whatever_it_holds(tmp_path: Path, value: str, seen: str) -> None:
    FILL(written("{{ клієнт.назва }}"), {"клієнт": {"назва": value}}, tmp_path / "a.docx")
    assert lines(tmp_path / "a.docx") == [seen]


def test_a_field_without_a_value_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(BrokenTemplate) as told:
        FILL(written("{{ клієнт.назва }}"), {"клієнт": {}}, tmp_path / "a.docx")
    assert [problem.kind for problem in told.value.problems] == [ProblemKind.UNKNOWN_FIELD]
    assert not (tmp_path / "a.docx").exists()


def test_a_method_of_a_value_is_no_field(tmp_path: Path) -> None:
    with pytest.raises(BrokenTemplate):
        FILL(written("{{ клієнт.items }}"), {"клієнт": {"назва": "x"}}, tmp_path / "a.docx")


def test_code_is_not_filled_either(tmp_path: Path) -> None:
    with pytest.raises(BrokenTemplate):
        FILL(written("{{ клієнт.назва.upper() }}"), {"клієнт": {"назва": "x"}}, tmp_path / "a.docx")


def test_a_header_is_filled_too(tmp_path: Path) -> None:
    from docx import Document

    FILL(written("Текст", header="№ {{ договір.номер }}"), values_of(FACTS).filled(), tmp_path / "a.docx")
    assert Document(str(tmp_path / "a.docx")).sections[0].header.paragraphs[0].text == "№ 15"


def test_a_price_list_of_five_thousand_lines_is_filled_whole(tmp_path: Path) -> None:
    row = {"номер": "1", "назва": "Сир кисломолочний 9 % ваговий", "ціна": "1\u00a0234,50"}
    FILL(written(table=TABLE), {"прайс": {"рядки": [row] * 5000}}, tmp_path / "a.docx")
    with_rows = Templates().inspect((tmp_path / "a.docx").read_bytes())
    assert with_rows.problems == ()
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.docx") as made:
        assert made.read("word/document.xml").count("Сир кисломолочний".encode()) == 5000
