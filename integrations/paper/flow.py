"""How a paper falls into pages: lines broken, heights added up, nothing drawn yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain.money import Money
from bot.domain.paper import Cell, Paper
from bot.i18n import Translator
from integrations.paper.letters import wrapped

SIZE = 8.5
LEADING = 11.0
PADDING = 3.0
GROUP_HEIGHT = 19.0
LINES = 6
"""Of one cell."""


@dataclass(frozen=True, slots=True)
class Row:
    """The lines of each cell, and how high the row is."""

    cells: tuple[tuple[str, ...], ...]
    height: float


@dataclass(frozen=True, slots=True)
class Title:
    """The name of a group; `again` where a page begins inside it."""

    name: str
    again: bool = False
    height: float = GROUP_HEIGHT


Piece = Row | Title
Page = list[Piece]


def widths(paper: Paper, room: float) -> list[float]:
    """The room shared out among the columns."""
    shares = sum(column.share for column in paper.columns)
    return [room * column.share / shares for column in paper.columns]


def pages(paper: Paper, face: str, columns: list[float], first: float, others: float, tr: Translator) -> list[Page]:
    """The pieces of each page, given how high the table may be on the first and on the others.

    A group's name never stands last on a page and is said again where its rows go on.
    """
    found: list[Page] = [[]]
    left = first
    for group in paper.groups:
        rows = list(_rows(group.rows, face, columns, tr))
        title = Title(group.name)
        if left < title.height + rows[0].height and found[-1]:
            found.append([])
            left = others
        found[-1].append(title)
        left -= title.height
        for row in rows:
            if left < row.height:
                found.append([Title(group.name, again=True)])
                left = others - title.height
            found[-1].append(row)
            left -= row.height
    return found


def _rows(rows: tuple[tuple[Cell, ...], ...], face: str, columns: list[float], tr: Translator) -> Iterator[Row]:
    for row in rows:
        cells = tuple(
            tuple(wrapped(shown(cell, tr), face, SIZE, width - 2 * PADDING, LINES))
            for cell, width in zip(row, columns, strict=True)
        )
        yield Row(cells, max(len(cell) for cell in cells) * LEADING + 2 * PADDING)


def shown(cell: Cell, tr: Translator) -> str:
    match cell:
        case Money():
            return tr.money(cell)
        case date():
            return f"{cell:%d.%m.%Y}"
    return str(cell)
