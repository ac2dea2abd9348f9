"""A paper as PDF on A4: the company and the facts once, the table's head on every page, pages numbered."""

from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bot.domain.money import Money
from bot.domain.paper import Paper
from bot.i18n import Translator, translator
from integrations.paper import flow, letters
from integrations.paper.flow import LEADING, LINES, PADDING, SIZE, Page, Row, Title

WIDTH, HEIGHT = A4
MARGIN = 34.0
TOP = HEIGHT - 34.0
BOTTOM = 46.0
HEAD = 20.0
_FACT_LINES = 3
_NOTE = 12.0
_AFTER_MONEY = 3 * PADDING
_COMPANY, _TITLE = 11.0, 17.0
_GREY, _RULE, _SHADE = (0.38, 0.38, 0.38), (0.82, 0.84, 0.86), (0.93, 0.95, 0.97)
_DRAWING = Lock()
"""A font counts its letters for the document that is being drawn, so one at a time."""


def write(paper: Paper, target: Path) -> None:
    with _DRAWING:
        Sheet(paper, target).draw()


class Sheet:
    """One document on its way."""

    def __init__(self, paper: Paper, target: Path) -> None:
        self._paper = paper
        self._tr: Translator = translator(paper.language)
        self._plain, self._bold = letters.register()
        self._columns = flow.widths(paper, WIDTH - 2 * MARGIN)
        self._money = [
            any(isinstance(row[place], Money) for row in paper.groups[0].rows) for place in range(len(paper.columns))
        ]
        self._canvas: Any = Canvas(str(target), pagesize=A4, pageCompression=1, invariant=1)
        self._canvas.setTitle(paper.title)
        self._canvas.setAuthor(paper.company)
        self._y: float = TOP

    def draw(self) -> None:
        start = self._above()
        room = TOP - HEAD - BOTTOM
        pages = flow.pages(self._paper, self._plain, self._columns, start - HEAD - BOTTOM, room, self._tr)
        if not self._notes_fit(pages, start):
            pages.append([])
        for number, page in enumerate(pages, 1):
            self._y = start if number == 1 else TOP
            self._page(page)
            if number == len(pages):
                self._notes()
            self._foot(number, len(pages))
            self._canvas.showPage()
        self._canvas.save()

    def _above(self) -> float:
        """The company, the title and the facts; returns where the table begins."""
        room = WIDTH - 2 * MARGIN
        self._say(self._bold, _COMPANY, letters.shortened(self._paper.company, self._bold, _COMPANY, room), _GREY)
        for line in letters.wrapped(self._paper.title, self._bold, _TITLE, room, 2):
            self._say(self._bold, _TITLE, line)
        self._y -= 3
        for word, said in self._paper.facts:
            text = f"{word}: {said:%d.%m.%Y}" if isinstance(said, date) else f"{word}: {said}"
            for line in letters.wrapped(text, self._plain, SIZE + 0.5, room, _FACT_LINES):
                self._say(self._plain, SIZE + 0.5, line)
        return self._y - 8

    def _say(self, face: str, size: float, line: str, colour: tuple[float, float, float] = (0, 0, 0)) -> None:
        self._y -= size + 4.5
        self._write(face, size, MARGIN, self._y, line, colour)

    def _page(self, page: Page) -> None:
        if page:
            self._heading()
        for piece in page:
            match piece:
                case Title():
                    self._title(piece)
                case Row():
                    self._row(piece)

    def _heading(self) -> None:
        self._canvas.setFillColorRGB(*_SHADE)
        self._canvas.rect(MARGIN, self._y - HEAD, WIDTH - 2 * MARGIN, HEAD, stroke=0, fill=1)
        x = MARGIN
        for place, (column, width) in enumerate(zip(self._paper.columns, self._columns, strict=True)):
            line = letters.shortened(column.heading, self._bold, SIZE, width - 2 * PADDING)
            self._cell(self._bold, x, width, self._y - HEAD + 6.5, line, right=self._money[place])
            x += width
        self._y -= HEAD

    def _title(self, title: Title) -> None:
        room = WIDTH - 2 * MARGIN - 2 * PADDING
        line = letters.shortened(f"{title.name}{letters.ELLIPSIS}" if title.again else title.name, self._bold, 9, room)
        self._write(self._bold, 9, MARGIN + PADDING, self._y - title.height + 6, line)
        self._y -= title.height
        self._rule()

    def _row(self, row: Row) -> None:
        x = MARGIN
        for place, (cell, width) in enumerate(zip(row.cells, self._columns, strict=True)):
            y = self._y - PADDING - SIZE
            for line in cell:
                self._cell(self._plain, x, width, y, line, right=self._money[place])
                y -= LEADING
            x += width
        self._y -= row.height
        self._rule()

    def _cell(self, face: str, x: float, width: float, y: float, line: str, *, right: bool) -> None:
        at = x + width - _AFTER_MONEY - letters.width(line, face, SIZE) if right else x + PADDING
        self._write(face, SIZE, at, y, line)

    def _rule(self) -> None:
        self._canvas.setStrokeColorRGB(*_RULE)
        self._canvas.setLineWidth(0.4)
        self._canvas.line(MARGIN, self._y, WIDTH - MARGIN, self._y)

    def _note_lines(self) -> list[str]:
        room = WIDTH - 2 * MARGIN
        return [line for note in self._paper.notes for line in letters.wrapped(note, self._plain, SIZE, room, LINES)]

    def _notes_fit(self, pages: list[Page], start: float) -> bool:
        top = start if len(pages) == 1 else TOP
        end = top - HEAD - sum(piece.height for piece in pages[-1])
        return end - 6 - _NOTE * len(self._note_lines()) >= BOTTOM

    def _notes(self) -> None:
        self._y -= 6
        for line in self._note_lines():
            self._y -= _NOTE
            self._write(self._plain, SIZE, MARGIN, self._y, line)

    def _foot(self, number: int, count: int) -> None:
        page = self._tr.label("Page {n} of {pages}", n=number, pages=count)
        x = WIDTH - MARGIN - letters.width(page, self._plain, 8)
        self._write(self._plain, 8, x, BOTTOM - 20, page, _GREY)
        company = letters.shortened(self._paper.company, self._plain, 8, x - MARGIN - 20)
        self._write(self._plain, 8, MARGIN, BOTTOM - 20, company, _GREY)

    def _write(
        self, face: str, size: float, x: float, y: float, line: str, colour: tuple[float, float, float] = (0, 0, 0)
    ) -> None:
        self._canvas.setFillColorRGB(*colour)
        self._canvas.setFont(face, size)
        self._canvas.drawString(x, y, line)
