"""Paragraphs, clauses and tables of a contract in Word."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

FONT = "Times New Roman"
MADE = datetime(2026, 11, 27, tzinfo=UTC)


class Sheet:
    """A4 in the letters of Ukrainian offices, with the number of the page below."""

    def __init__(self, title: str) -> None:
        self.document: Any = Document()
        properties = self.document.core_properties
        properties.author, properties.title, properties.language = "Komora", title, "uk-UA"
        properties.created = properties.modified = MADE
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(11)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(4), 1.08
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
        section.top_margin = section.bottom_margin = Cm(2)
        _page_number(section.footer.paragraphs[0])

    def title(self, *lines: str) -> None:
        for line in lines:
            self._line(line, ALIGN.CENTER, bold=True)

    def heading(self, text: str) -> None:
        line = self._line(text, ALIGN.CENTER, bold=True)
        line.paragraph_format.space_before = Pt(8)
        line.paragraph_format.keep_with_next = True

    def clauses(self, *texts: str) -> None:
        for text in texts:
            self._line(text, ALIGN.JUSTIFY)

    def right(self, *texts: str) -> None:
        for text in texts:
            self._line(text, ALIGN.RIGHT)

    def apart(self, left: str, right: str) -> None:
        """A place on the left and a day on the right."""
        self._columns(((left,), (right,)), right_aligned=True)

    def sides(self, left: Sequence[str], right: Sequence[str]) -> None:
        """The requisites or the signatures of both sides."""
        self._columns((left, right))

    def page(self) -> None:
        self.document.add_page_break()

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float], *, right: Sequence[int] = ()) -> None:
        """The first row is a heading that every page repeats; `right` columns hold sums."""
        table = self.document.add_table(rows=0, cols=len(widths))
        table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for number, row in enumerate(rows):
            made = table.add_row()
            for column, width in enumerate(widths):
                cell = made.cells[column]
                cell.width = Cm(width)
                line = cell.paragraphs[0]
                line.paragraph_format.space_after = Pt(0)
                run = line.add_run(row[column] if column < len(row) else "")
                run.font.size, run.bold = Pt(9), number == 0
                line.alignment = ALIGN.CENTER if number == 0 else ALIGN.RIGHT if column in right else ALIGN.LEFT
            _row_properties(made, repeated=number == 0)
        self.document.add_paragraph()

    def save(self, target: Path) -> None:
        self.document.save(str(target))

    def _line(self, text: str, alignment: Any, *, bold: bool = False) -> Any:
        line = self.document.add_paragraph()
        line.alignment = alignment
        line.add_run(text).bold = bold
        return line

    def _columns(self, texts: Sequence[Sequence[str]], *, right_aligned: bool = False) -> None:
        table = self.document.add_table(rows=1, cols=2)
        table.autofit = False
        for cell, lines, last in zip(table.rows[0].cells, texts, (False, True), strict=True):
            cell.width = Cm(8.5)
            for at, text in enumerate(lines):
                line = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
                line.paragraph_format.space_after = Pt(2)
                line.add_run(text).bold = at == 0 and not right_aligned
                line.alignment = ALIGN.RIGHT if right_aligned and last else ALIGN.LEFT
        self.document.add_paragraph()


def _row_properties(row: Any, *, repeated: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeated:
        properties.append(OxmlElement("w:tblHeader"))


def _page_number(line: Any) -> None:
    line.alignment = ALIGN.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    line._p.append(field)
