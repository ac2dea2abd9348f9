"""Rows into records: one article a row, with its prices and stock, under the heading it stands below."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any

from bot.domain.pricelist import Advance, BrokenPriceList, FileRecord, Record, Records
from integrations.spreadsheet import delimited, workbook
from integrations.spreadsheet.layout import LOOKED_AT, Layout, guess
from integrations.spreadsheet.rows import RowReader
from integrations.spreadsheet.workbook import Sheet

ADVANCE_EVERY = 500


class Plan:
    """What was understood of some files, to be shown before it is done."""

    def __init__(self, paths: Sequence[Path], asked: Mapping[str, str]) -> None:
        self._paths = paths
        self._asked = asked
        self.layouts = [layout for path in paths for layout in _layouts(path, asked)]

    def records(self) -> Records:
        """The records of every sheet that has a header. Raises BrokenPriceList, with the file and the line."""
        for path in self._paths:
            yield from self._file(path)

    def _file(self, path: Path) -> Iterator[Record]:
        with _sheets(path) as sheets:
            for sheet in sheets:
                head = list(islice(sheet.rows, LOOKED_AT))
                layout = guess(path.name, sheet.name, [row.cells for row in head], self._asked)
                if layout is None:
                    continue
                yield FileRecord(_title(path, sheet.name))
                reader = RowReader(layout)
                yield from reader.declared()
                body = chain(head[layout.header_line :], sheet.rows)
                for number, row in enumerate(body, layout.header_line + 1):
                    yield from reader.read(row)
                    if not number % ADVANCE_EVERY:
                        yield Advance(number, max(sheet.total, number))


def plan(paths: Sequence[Path], asked: Mapping[str, str] | None = None) -> Plan:
    """Open the files and guess their columns; `asked` corrects: {'price:Оптова': 'E'}. Raises BrokenPriceList."""
    return Plan(paths, asked or {})


@contextmanager
def tables(path: Path) -> Iterator[Iterator[Iterator[tuple[int, Sequence[Any]]]]]:
    """The rows of each sheet with their numbers, for whoever reads another table than a price list.

    Raises BrokenPriceList.
    """
    with _sheets(path) as sheets:
        yield (((row.line, row.cells) for row in sheet.rows) for sheet in sheets)


def _layouts(path: Path, asked: Mapping[str, str]) -> list[Layout]:
    found = []
    with _sheets(path) as sheets:
        for sheet in sheets:
            head = [row.cells for row in islice(sheet.rows, LOOKED_AT)]
            layout = guess(path.name, sheet.name, head, asked)
            if layout:
                found.append(layout)
    if not found:
        raise BrokenPriceList(path.name, "no_header")
    return found


def _sheets(path: Path) -> AbstractContextManager[Iterator[Sheet]]:
    with path.open("rb") as file:
        return workbook.sheets(path) if workbook.is_workbook(file.read(8)) else _one_sheet(path)


@contextmanager
def _one_sheet(path: Path) -> Iterator[Iterator[Sheet]]:
    with delimited.rows(path) as rows:
        yield iter([Sheet("", rows, 0)])


def _title(path: Path, sheet: str) -> str:
    return f"{path.name} [{sheet}]" if sheet else path.name
