"""Personal invitations to print and cut out: six cards on a page of A4, each with its QR codes."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import segno
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bot.domain.paper import InviteCard
from integrations.paper import letters

WIDTH, HEIGHT = A4
ACROSS, DOWN = 2, 3
MARGIN = 22.0
CARD_WIDTH, CARD_HEIGHT = (WIDTH - 2 * MARGIN) / ACROSS, (HEIGHT - 2 * MARGIN) / DOWN
PADDING = 13.0
CODE = 116.0
"""The side of a code with its quiet zone, in points: 41 mm, read from an arm's length away."""
QUIET = 4
_GREY = (0.4, 0.4, 0.4)
_LINES = 2
_WORDS = 3


def write(cards: Sequence[InviteCard], target: Path) -> None:
    """Raises OSError."""
    plain, bold = letters.register()
    canvas = Canvas(str(target), pagesize=A4, pageCompression=1, invariant=1)
    canvas.setTitle("QR")
    for place, card in enumerate(cards):
        at = place % (ACROSS * DOWN)
        if place and not at:
            canvas.showPage()
        x = MARGIN + at % ACROSS * CARD_WIDTH
        y = HEIGHT - MARGIN - at // ACROSS * CARD_HEIGHT
        _Card(canvas, plain, bold, x, y).draw(card)
    canvas.showPage()
    canvas.save()


class _Card:
    """One card whose upper left corner is at x and y."""

    def __init__(self, canvas: Any, plain: str, bold: str, x: float, y: float) -> None:
        self._canvas = canvas
        self._plain = plain
        self._bold = bold
        self._x = x
        self._y = y

    def draw(self, card: InviteCard) -> None:
        self._border()
        y = self._said(self._plain, 8, card.company, self._y - PADDING, 1, _GREY)
        y = self._said(self._bold, 12, card.person, y - 3, 1)
        y = self._said(self._plain, 9, card.client, y - 1, _LINES)
        for sentence in card.words:
            y = self._said(self._plain, 8, sentence, y - 2, _WORDS)
        x = self._x + PADDING - QUIET
        for messenger, link in card.links:
            self._code(link, x, y - 2)
            centre = x + (CODE - letters.width(messenger, self._bold, 8)) / 2
            self._write(self._bold, 8, centre, y - CODE - 6, messenger)
            x += CODE + 10

    def _said(
        self, face: str, size: float, text: str, y: float, most: int, colour: tuple[float, float, float] = (0, 0, 0)
    ) -> float:
        """A text under what stands above; returns how far down it reaches."""
        for line in letters.wrapped(text, face, size, CARD_WIDTH - 2 * PADDING, most):
            y -= size + 2.5
            self._write(face, size, self._x + PADDING, y, line, colour)
        return y - 1.5

    def _code(self, link: str, x: float, top: float) -> None:
        """Every unbroken run of dark modules as one bar."""
        rows = [bytes(row) for row in segno.make_qr(link, error="m").matrix]
        module = CODE / (len(rows) + 2 * QUIET)
        self._canvas.setFillColorRGB(0, 0, 0)
        for line, row in enumerate(rows):
            column = QUIET
            for dark, run in groupby(row):
                length = len(list(run))
                if dark:
                    y = top - (line + QUIET + 1) * module
                    self._canvas.rect(x + column * module, y, length * module, module, stroke=0, fill=1)
                column += length

    def _border(self) -> None:
        self._canvas.setStrokeColorRGB(0.7, 0.7, 0.7)
        self._canvas.setLineWidth(0.5)
        self._canvas.setDash(3, 3)
        self._canvas.rect(self._x, self._y - CARD_HEIGHT, CARD_WIDTH, CARD_HEIGHT, stroke=1, fill=0)
        self._canvas.setDash()

    def _write(
        self, face: str, size: float, x: float, y: float, line: str, colour: tuple[float, float, float] = (0, 0, 0)
    ) -> None:
        self._canvas.setFillColorRGB(*colour)
        self._canvas.setFont(face, size)
        self._canvas.drawString(x, y, line)
