"""Where Viber puts buttons: rows of a fixed number of columns, filled in order."""

from collections.abc import Iterable
from itertools import count

Cell = tuple[int, int]


def rows_used(sizes: Iterable[Cell], columns: int, page_rows: int | None = None) -> int:
    """Rows that buttons of (columns, rows) take; with `page_rows` none crosses from one carousel card to the next."""
    taken: set[Cell] = set()
    cursor, bottom = 0, 0
    for width, height in sizes:
        row, column = _first_free(taken, cursor, (width, height), columns, page_rows)
        taken.update(_cells(row, column, width, height))
        bottom = max(bottom, row + height)
        cursor = row * columns + column + width
    return bottom


def _first_free(taken: set[Cell], cursor: int, size: Cell, columns: int, page_rows: int | None) -> Cell:
    """The first place in reading order, from the last button on, where the button fits; width is at most `columns`."""
    width, height = size
    for index in count(cursor):
        row, column = divmod(index, columns)
        crosses = page_rows is not None and row % page_rows + height > page_rows
        if column + width <= columns and not crosses and taken.isdisjoint(_cells(row, column, width, height)):
            return row, column
    raise AssertionError("the rows have no end")


def _cells(row: int, column: int, width: int, height: int) -> list[Cell]:
    return [(row + down, column + right) for down in range(height) for right in range(width)]
