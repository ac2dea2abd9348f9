"""Papers for clients drawn as files: XLSX with XlsxWriter, PDF with ReportLab."""

from pathlib import Path

from bot.domain.paper import Form, Paper
from integrations.paper import table, workbook
from integrations.paper.invitations import write as draw_invitations

__all__ = ["draw", "draw_invitations"]


def draw(paper: Paper, form: Form, target: Path) -> None:
    """Write the paper into the file; seconds for a long one, so not on the event loop. Raises OSError."""
    match form:
        case Form.XLSX:
            workbook.write(paper, target)
        case Form.PDF:
            table.write(paper, target)
