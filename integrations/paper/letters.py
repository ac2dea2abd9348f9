"""The letters of a PDF: DejaVu Sans, which has every Ukrainian one; a file holds only those it uses."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_FONTS = Path(__file__).parent / "fonts"
ELLIPSIS = "…"


@cache
def register() -> tuple[str, str]:
    """The names of the plain and the bold face."""
    faces = ("DejaVuSans", "DejaVuSans-Bold")
    for face in faces:
        pdfmetrics.registerFont(TTFont(face, _FONTS / f"{face}.ttf"))
    return faces


def width(text: str, face: str, size: float) -> float:
    """In points."""
    return float(pdfmetrics.stringWidth(text, face, size))


def cleaned(text: str) -> str:
    """One line, without what has no shape."""
    return "".join(" " if char.isspace() and char != "\u00a0" else char for char in text if _has_shape(char))


def wrapped(text: str, face: str, size: float, room: float, most: int) -> list[str]:
    """Lines no wider than the room, broken between words where that can be; at most so many, then an ellipsis."""
    lines: list[str] = []
    line = ""
    for word in _words(cleaned(text), face, size, room):
        longer = f"{line} {word}" if line else word
        if width(longer, face, size) <= room:
            line = longer
            continue
        lines.append(line)
        line = word
        if len(lines) == most:
            lines[-1] = shortened(f"{lines[-1]}{ELLIPSIS}", face, size, room)
            return lines
    return [*lines, line] if line or not lines else lines


def shortened(text: str, face: str, size: float, room: float) -> str:
    """One line no wider than the room, with an ellipsis where something is left out."""
    text = cleaned(text)
    if width(text, face, size) <= room:
        return text
    while text and width(f"{text}{ELLIPSIS}", face, size) > room:
        text = text[:-1]
    return text.rstrip(f" {ELLIPSIS}") + ELLIPSIS


def _words(text: str, face: str, size: float, room: float) -> Iterator[str]:
    """Words, those that are wider than the room in pieces."""
    for word in text.split(" "):
        piece = ""
        for char in word:
            if piece and width(piece + char, face, size) > room:
                yield piece
                piece = ""
            piece += char
        if piece:
            yield piece


def _has_shape(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
