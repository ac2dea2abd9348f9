"""Which column is what: guessed by the header row, shown to the person, and corrected by them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bot.domain.pricelist import BrokenPriceList
from integrations.spreadsheet import words

LOOKED_AT = 60
WIDEST = 200
ENOUGH = 2


class Column(NamedTuple):
    """A column that is read: its place, its header, the field, and of a price the type."""

    place: int
    header: str
    field: str
    price_type: str = ""

    @property
    def letter(self) -> str:
        """As Excel counts: A, B … Z, AA."""
        letters, rest = "", self.place + 1
        while rest:
            rest, digit = divmod(rest - 1, 26)
            letters = chr(ord("A") + digit) + letters
        return letters


class Layout(NamedTuple):
    """What was understood of a sheet; `ignored` are headers that mean nothing to an import."""

    file: str
    sheet: str
    header_line: int
    columns: tuple[Column, ...]
    ignored: tuple[str, ...]

    def one(self, field: str) -> int | None:
        return next((column.place for column in self.columns if column.field == field), None)

    @property
    def prices(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.field == "price")


def guess(file: str, sheet: str, rows: Sequence[Sequence[Any]], asked: Mapping[str, str]) -> Layout | None:
    """The layout by the best header among the first rows; None where nothing looks like one.

    `asked` maps 'sku', 'price:Оптова' and the like to a column's letter or header. Raises BrokenPriceList where
    there is no such column.
    """
    best: tuple[int, int] = (0, -1)
    for line, row in enumerate(rows):
        columns = _columns(row, "")
        fields = {column.field for column in columns}
        if ("sku" in fields and len(columns) >= ENOUGH) or {"name", "price"} <= fields:
            best = max(best, (len(columns), -line))
    if not best[0]:
        return None
    at = -best[1]
    headers = [str(cell).strip() for cell in rows[at][:WIDEST]]
    title = " ".join(words.plain(cell) for row in rows[:at] for cell in row if isinstance(cell, str))
    columns = _corrected(file, headers, _columns(rows[at], title), asked)
    used = {column.place for column in columns}
    ignored = tuple(header for index, header in enumerate(headers) if header and index not in used)
    return Layout(file, sheet, at + 1, tuple(columns), ignored)


def _columns(row: Sequence[Any], title: str) -> list[Column]:
    """The columns that the headers name, each field once but for prices of different types."""
    found: list[Column] = []
    taken: set[tuple[str, str]] = set()
    for index, cell in enumerate(row[:WIDEST]):
        header = words.plain(cell) if isinstance(cell, str) else ""
        if not header or len(header) > 60:
            continue
        field, price_type = words.field_of(header), ""
        if field is None:
            price_type = words.price_type_of(header, title) or ""
            field = "price" if price_type else None
        if field and (field, price_type) not in taken:
            taken.add((field, price_type))
            found.append(Column(index, str(cell).strip(), field, price_type))
    return found


def _corrected(file: str, headers: list[str], columns: list[Column], asked: Mapping[str, str]) -> list[Column]:
    for what, where in asked.items():
        field, _, price_type = what.partition(":")
        if field not in words.FIELDS and field != "price":
            raise BrokenPriceList(file, "unknown_column", detail=what)
        index = _find(headers, where)
        if index is None:
            raise BrokenPriceList(file, "unknown_column", detail=where)
        kind = (price_type or words.ONLY_PRICE) if field == "price" else ""
        columns = [c for c in columns if c.place != index and (c.field, c.price_type) != (field, kind)]
        columns.append(Column(index, headers[index] if index < len(headers) else "", field, kind))
    return sorted(columns)


def _find(headers: list[str], where: str) -> int | None:
    """By the header's words, else by the column's letter."""
    by_header = [index for index, header in enumerate(headers) if header.lower() == where.strip().lower()]
    if by_header:
        return by_header[0]
    letters = where.strip().upper()
    if not (1 <= len(letters) <= 2 and all("A" <= letter <= "Z" for letter in letters)):
        return None
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
