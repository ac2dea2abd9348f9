"""The report and the refusals in words."""

import re
from pathlib import Path

import pytest

from bot.domain.pricelist import BrokenPriceList, Problem, Report
from bot.domain.pricelist.report import SHOWN_PROBLEMS
from handlers.terminal import pricelist_report

ROOT = Path(__file__).parents[3]
CODE = re.compile(
    r'(?:Problem\(\s*"\w+",\s*|WrongCell\(\s*|BrokenPriceList\(\s*[^"]*?,\s*|code = |_report\(\s*staging, report, )'
    r'"(\w+)"'
)


def test_a_report_counts_by_kind_and_tells_each_problem_by_its_place() -> None:
    report = Report()
    report.count("article").added = 1200
    report.count("article").switched_off = 3
    report.count("price").unchanged = 5
    report.add(Problem("price", "negative_price", 17, "-5", file="offers.xml"))
    report.add(Problem("file", "nothing_switched_off", left_out=False))

    assert pricelist_report.lines(report) == [
        "Прайс імпортовано.",
        "Товари:      додано 1\u00a0200, вимкнено 3",
        "Ціни:        без змін 5, пропущено 1",
        "Зверніть увагу:",
        "  offers.xml, рядок 17: ціна від’ємна: -5",
        "  є товари без ідентифікатора, тому відсутні у файлі товари не вимкнено",
    ]


def test_a_report_of_nothing_new_says_so() -> None:
    assert pricelist_report.lines(Report()) == ["Змін немає: у базі вже все так, як у файлах."]
    assert pricelist_report.lines(Report(dry_run=True)) == ["Пробний прогін: у базу нічого не записано."]


def test_countless_problems_are_counted_and_only_the_first_are_shown() -> None:
    report = Report()
    for line in range(SHOWN_PROBLEMS + 1500):
        report.add(Problem("price", "zero_price", line, file="a.xml"))

    lines = pricelist_report.lines(report)

    assert len(lines) == SHOWN_PROBLEMS + 4
    assert lines[1] == "Ціни:        пропущено 1\u00a0700"
    assert lines[-1] == "  …і ще 1\u00a0500 таких рядків."


def test_a_refusal_names_the_file_and_the_line_and_that_nothing_happened() -> None:
    error = BrokenPriceList("offers.xml", "broken_xml", line=12, detail="Premature end of data")

    assert pricelist_report.refusal(error) == [
        "offers.xml, рядок 12: XML пошкоджено: Premature end of data.",
        "Нічого не імпортовано, база лишилася як була.",
    ]


@pytest.mark.parametrize("folder", ["bot/db/pricelist", "integrations/onec/commerceml", "integrations/spreadsheet"])
def test_every_code_has_its_words(folder: str) -> None:
    text = "".join(path.read_text("utf-8") for path in sorted((ROOT / folder).glob("*.py")))
    words = pricelist_report.REASONS | pricelist_report.REFUSALS

    assert set(CODE.findall(text)) - set(words) == set()
