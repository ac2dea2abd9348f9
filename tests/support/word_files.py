"""Word files as office staff make them, in memory."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from docx import Document

CONTRACT = (
    "Договір поставки № {{ договір.номер }} від {{ договір.дата }}",
    "{{ компанія.преамбула }} (Постачальник), та {{ клієнт.преамбула }} (Покупець), уклали цей договір.",
    "{{ договір.порядок_оплати }}",
)


def written(*paragraphs: str | Sequence[str], table: Sequence[Sequence[str]] = (), header: str = "") -> bytes:
    """A paragraph given in pieces is split into runs, as Word does by itself."""
    document = Document()
    for paragraph in paragraphs:
        line = document.add_paragraph()
        for piece in [paragraph] if isinstance(paragraph, str) else paragraph:
            line.add_run(piece)
    if table:
        made = document.add_table(rows=len(table), cols=max(map(len, table)))
        for at, row in enumerate(table):
            for column, text in enumerate(row):
                made.cell(at, column).text = text
    if header:
        document.sections[0].header.paragraphs[0].text = header
    return saved(document.save)


def saved(save: Callable[[BytesIO], None]) -> bytes:
    buffer = BytesIO()
    save(buffer)
    return buffer.getvalue()


def repacked(content: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The file with parts changed, or added where there is none."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            kept = old.read(name) if name in old.namelist() else b""
            new.writestr(name, changes.get(name, bytes)(kept))
    return buffer.getvalue()


def lines(path: Path) -> list[str]:
    """Paragraphs of the body that say something."""
    return [line.text for line in Document(str(path)).paragraphs if line.text]


def cells(path: Path, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(str(path)).tables[table].rows]
