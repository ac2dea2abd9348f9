"""One row of a price list into neutral records."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from bot.domain.pricelist import (
    ALL_WAREHOUSES,
    ArticleRecord,
    CategoryRecord,
    OfferRecord,
    PriceTypeRecord,
    Problem,
    Record,
)
from bot.domain.pricelist.records import Kind
from integrations.spreadsheet import values
from integrations.spreadsheet.layout import Layout
from integrations.spreadsheet.values import WrongCell
from integrations.spreadsheet.workbook import Row

T = TypeVar("T")
PATH, NAME, SKU = "path:", "name:", "sku:"
LONGEST_HEADING = 120
DEEPEST = 10


class RowReader:
    """Reads the rows of one sheet in order: a heading holds for the rows below it."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._at = {column.field: column.place for column in layout.columns if column.field != "price"}
        self._prices = [(column.place, NAME + column.price_type.casefold()) for column in layout.prices]
        self._sku_header = next((column.header for column in layout.columns if column.field == "sku"), "")
        self._top = self._leaf = ""
        self._told: set[str] = set()
        self._problems: list[Problem] = []

    def declared(self) -> Iterator[Record]:
        """The price types and the warehouse that the columns stand for."""
        for column in self._layout.prices:
            yield PriceTypeRecord(NAME + column.price_type.casefold(), column.price_type, self._layout.header_line)
        if "stock" in self._at:
            yield ALL_WAREHOUSES

    def read(self, row: Row) -> Iterator[Record]:
        cells, line = row.cells, row.line
        sku, name = self._text(cells, "sku"), self._text(cells, "name")
        if not (sku and name) and self._is_heading(row):
            self._heading(row)
            return
        if not sku and name:
            yield Problem("article", "no_sku", line, name[:100])
        if not sku or sku == self._sku_header:  # an empty row, or the header again at the top of a page
            return
        self._problems = []
        if "name" in self._at:
            yield from self._article(cells, line, sku, name)
        prices = self._read_prices(cells, line)
        stock = self._cell(cells, line, "stock", values.stock, "stock")
        if self._prices and not prices:
            self._problems.append(Problem("price", "no_price", line, f"{sku} {name}"[:100], left_out=False))
        if prices or stock is not None:
            rests = ((ALL_WAREHOUSES.external_id, stock),) if stock is not None else ()
            yield OfferRecord(SKU + sku, line, tuple(prices.items()), rests)
        yield from (problem._replace(article=SKU + sku) for problem in self._problems)

    def _article(self, cells: list[Any], line: int, sku: str, name: str) -> Iterator[Record]:
        category: str | None = None
        for part in self._path(cells):
            parent = category
            category = f"{parent}/{part.casefold()}" if parent else PATH + part.casefold()
            if category not in self._told:
                self._told.add(category)
                yield CategoryRecord(category, part, parent, line)
        pack = self._cell(cells, line, "pack", values.pack)
        shelf = self._cell(cells, line, "shelf_life", values.number)
        yield ArticleRecord(
            "",
            sku,
            name,
            line,
            name_ru=self._text(cells, "name_ru") or None,
            brand=self._text(cells, "brand") or None,
            category=category,
            base_unit=values.unit(self._text(cells, "base_unit")),
            pack_unit=(values.unit(self._text(cells, "pack_unit")) or pack.unit) if pack else None,
            pack_size=pack.size if pack else None,
            multiple=self._cell(cells, line, "multiple", values.number),
            vat=self._cell(cells, line, "vat", values.vat),
            description=self._text(cells, "description") or None,
            weight_kg=self._cell(cells, line, "weight", values.number),
            country=self._text(cells, "country") or None,
            shelf_life_days=shelf // 1000 if shelf else None,
            active=self._cell(cells, line, "active", values.active),
            barcodes=self._cell(cells, line, "barcode", values.barcodes) or (),
        )

    def _read_prices(self, cells: list[Any], line: int) -> dict[str, int | None]:
        """By type; None where a price is there but cannot be used."""
        prices: dict[str, int | None] = {}
        for index, kind in self._prices:
            try:
                value = values.price(cells[index]) if index < len(cells) else None
            except WrongCell as error:
                self._problems.append(Problem("price", error.code, line, error.said))
                prices[kind] = None
                continue
            if value is not None:
                prices[kind] = value
        return prices

    def _cell(
        self, cells: list[Any], line: int, field: str, read: Callable[[Any], T | None], kind: Kind = "article"
    ) -> T | None:
        """The value of a field; one that cannot be read is reported, and the row goes on without it."""
        index = self._at.get(field)
        if index is None or index >= len(cells):
            return None
        try:
            return read(cells[index])
        except WrongCell as error:
            self._problems.append(Problem(kind, error.code, line, error.said, left_out=False))
            return None

    def _text(self, cells: list[Any], field: str) -> str:
        index = self._at.get(field)
        return values.text(cells[index]) if index is not None and index < len(cells) else ""

    def _is_heading(self, row: Row) -> bool:
        """One text alone in a row, without a price: the name of a shelf."""
        filled = [(index, cell) for index, cell in enumerate(row.cells) if values.text(cell)]
        if len(filled) != 1 or "name" not in self._at:
            return False
        index, cell = filled[0]
        named = max(self._at["name"], self._at.get("sku", 0))
        return isinstance(cell, str) and index <= named and not cell.strip().isdigit() and len(cell) <= LONGEST_HEADING

    def _heading(self, row: Row) -> None:
        said = next(text for cell in row.cells if (text := values.text(cell)))
        name = said.capitalize() if said.isupper() else said
        if row.merged or said.isupper():
            self._top, self._leaf = name, ""
        else:
            self._leaf = name

    def _path(self, cells: list[Any]) -> list[str]:
        """The shelf of a row: its own columns, else the headings above it."""
        if "category" in self._at:
            said = self._text(cells, "category").replace(">", "/").replace("\\", "/").split("/")
            path = [part.strip() for part in [*said, self._text(cells, "subcategory")]]
        else:
            path = [self._top, self._leaf]
        return [part for part in path if part][:DEEPEST]
