"""Papers read back: a workbook's cells, a PDF's words."""

from io import BytesIO
from typing import Any

import pypdfium2
from python_calamine import CalamineWorkbook


def cells(workbook: bytes) -> list[list[Any]]:
    """Every row of the first sheet, as a spreadsheet understands it; unbreakable spaces as plain ones."""
    rows = CalamineWorkbook.from_filelike(BytesIO(workbook)).get_sheet_by_index(0).to_python()
    return [[_plain(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]


def pages(pdf: bytes) -> list[str]:
    """The words of each page; unbreakable spaces and line ends as plain ones."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return [" ".join(_plain(text).split()) for text in texts]


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")
