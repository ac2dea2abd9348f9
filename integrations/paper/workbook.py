"""A paper as XLSX: numbers and dates as such, a head that stays, a filter, and pages that fit a printer."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from bot.domain.money import Money
from bot.domain.paper import Cell, Column, Paper
from bot.i18n import Translator, translator
from integrations.paper.letters import cleaned

_A4 = 9
_GROUP_WIDTH = 34
_UNIT = 0.75
"""Characters of a column's width for one of its shares."""
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,  # a name that begins with = is a name
    "strings_to_urls": False,
    "strings_to_numbers": False,  # an article number keeps its zeros
}
Formats = dict[str, Any]


def write(paper: Paper, target: Path) -> None:
    tr = translator(paper.language)
    book = xlsxwriter.Workbook(str(target), _OPTIONS | {"tmpdir": str(target.parent)})
    try:
        book.set_properties({"title": paper.title, "company": paper.company})
        sheet = book.add_worksheet(paper.title[:31].translate(str.maketrans("", "", "[]:*?/\\'")) or "1")
        _fill(sheet, paper, _formats(book, tr), tr)
    finally:
        book.close()


def _fill(sheet: Any, paper: Paper, formats: Formats, tr: Translator) -> None:
    columns = (Column(paper.grouping, 0), *paper.columns)
    _widths(sheet, columns)
    head = _above(sheet, paper, formats)
    sheet.write_row(head, 0, [column.heading for column in columns], formats["heading"])
    last = head
    for last, cells in enumerate(_rows(paper), head + 1):
        for column, cell in enumerate(cells):
            _put(sheet, last, column, cell, formats)
    for line, note in enumerate(paper.notes, last + 2):
        _say(sheet, line, 0, note, formats["text"])
    sheet.freeze_panes(head + 1, 0)
    sheet.autofilter(head, 0, last, len(columns) - 1)
    _printed(sheet, head, paper, tr)


def _above(sheet: Any, paper: Paper, formats: Formats) -> int:
    """What stands over the table; returns the line of the table's head."""
    _say(sheet, 0, 0, paper.company, formats["company"])
    _say(sheet, 1, 0, paper.title, formats["title"])
    for line, (word, said) in enumerate(paper.facts, 2):
        _say(sheet, line, 0, word, formats["word"])
        if isinstance(said, date):
            sheet.write_datetime(line, 1, said, formats["date"])
        else:
            _say(sheet, line, 1, said, formats["text"])
    return 2 + len(paper.facts)


def _rows(paper: Paper) -> Iterator[tuple[Cell, ...]]:
    """Flat, each with its group's name, so that it can be sorted and filtered."""
    for group in paper.groups:
        for row in group.rows:
            yield (group.name, *row)


def _put(sheet: Any, line: int, column: int, cell: Cell, formats: Formats) -> None:
    match cell:
        case Money():
            sheet.write_number(line, column, cell.amount, formats["money"])
        case date():
            sheet.write_datetime(line, column, cell, formats["day"])
        case int():
            sheet.write_number(line, column, cell, formats["text"])
        case str():
            _say(sheet, line, column, cell, formats["text"])


def _say(sheet: Any, line: int, column: int, words: str, look: Any) -> None:
    sheet.write_string(line, column, cleaned(words), look)


def _widths(sheet: Any, columns: tuple[Column, ...]) -> None:
    for place, column in enumerate(columns):
        width = column.share * _UNIT if column.share else _GROUP_WIDTH
        sheet.set_column(place, place, max(width, len(column.heading) + 3))


def _printed(sheet: Any, head: int, paper: Paper, tr: Translator) -> None:
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_margins(left=0.4, right=0.4)
    page = tr.label("Page {n} of {pages}", n="&P", pages="&N")
    sheet.set_footer(f"&L{paper.company.replace('&', '&&')[:80]}&R{page}")


def _formats(book: Any, tr: Translator) -> Formats:
    hryvnia = tr.money(Money(0)).split("\u00a0")[-1]
    return {
        "company": book.add_format({"bold": True, "font_size": 11, "font_color": "#555555"}),
        "title": book.add_format({"bold": True, "font_size": 15}),
        "word": book.add_format({"font_color": "#555555"}),
        "date": book.add_format({"num_format": "dd.mm.yyyy", "align": "left"}),
        "day": book.add_format({"num_format": "dd.mm.yyyy", "align": "left", "valign": "top"}),
        "heading": book.add_format(
            {"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        ),
        "text": book.add_format({"valign": "top"}),
        "money": book.add_format({"num_format": f'#,##0.00\u00a0"{hryvnia}"', "valign": "top"}),
    }
