"""The records of a price list in a private SQLite file, so that a million of them take no memory and no lock."""

# ruff: noqa: S608 the names in the statements are all written in this package

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.db.pricelist.identity import SKU, hex_id
from bot.db.pricelist.layout import FORGET, SAID
from bot.domain.pricelist import (
    Advance,
    ArticleRecord,
    BrokenPriceList,
    CategoryRecord,
    Complete,
    FileRecord,
    OfferRecord,
    PriceTypeRecord,
    Problem,
    Record,
    Report,
    WarehouseRecord,
)
from bot.domain.pricelist.records import Kind

BATCH = 1000
CACHE_KIB = 16_000
MOST_CATEGORIES = 50_000
MOST_PRICE_TYPES = 1_000
MOST_WAREHOUSES = 1_000
LONGEST_TEXT = 1_000
LONGEST_SKU = 100
LONGEST_BARCODE = 50
LONGEST_DESCRIPTION = 5_000
LONGEST_DETAIL = 200
_ARTICLE = f"INSERT INTO article VALUES ({','.join('?' * 24)})"


class Staging:
    """One import on its way, used by one thread at a time; its file is gone even when the process is killed."""

    def __init__(self) -> None:
        self.file = sqlite3.connect("", isolation_level=None, check_same_thread=False)  # a nameless file on the disk
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{CACHE_KIB}"):
            self.file.execute(f"PRAGMA {pragma}")
        self.file.executescript(SAID)
        self.files: list[str] = [""]
        self.categories: dict[str, tuple[CategoryRecord, int]] = {}
        self.price_types: dict[str, tuple[PriceTypeRecord, int]] = {}
        self.warehouses: dict[str, tuple[WarehouseRecord, int]] = {}
        self.type_numbers: dict[str, int] = {}
        self.warehouse_numbers: dict[str, int] = {}
        self.complete: set[str] = set()
        self.unidentified = False
        self.report = Report()
        self._articles: list[tuple[Any, ...]] = []
        self._offers: list[tuple[Any, ...]] = []
        self._barcodes: list[tuple[int, str]] = []
        self._prices: list[tuple[int, int, int | None]] = []
        self._stock: list[tuple[int, int, int]] = []
        self._article_count = self._offer_count = 0

    def close(self) -> None:
        self.file.close()

    def fill(self, records: Iterable[Record], on_advance: Callable[[Advance], None]) -> None:
        """Take every record in; what the reader raises comes out, and nothing has happened."""
        takers: dict[type, Callable[[Any], None]] = {
            ArticleRecord: self._article,
            OfferRecord: self._offer,
            Advance: on_advance,
            FileRecord: lambda record: self.files.append(record.name),
            CategoryRecord: self._category,
            PriceTypeRecord: self._price_type,
            WarehouseRecord: self._warehouse,
            Complete: lambda record: self.complete.add(record.kind),
            Problem: self._problem,
        }
        self.file.execute("BEGIN")
        for record in records:
            takers[type(record)](record)
        self._flush_articles()
        self._flush_offers()
        self.file.execute("COMMIT")
        self.file.executescript("CREATE INDEX article_key ON article(key); CREATE INDEX offer_key ON offer(key);")

    def forget_compared(self) -> None:
        self.file.executescript(FORGET)

    def _article(self, record: ArticleRecord) -> None:
        key = record[0] or SKU + (record[1] or "")
        if len(record.sku or "") > LONGEST_SKU or any(len(said or "") > LONGEST_TEXT for said in _texts(record)):
            self._problem(Problem("article", "too_long", record.line, record.name[:60], article=key))
            return
        if record.description and len(record.description) > LONGEST_DESCRIPTION:
            record = record._replace(description=record.description[:LONGEST_DESCRIPTION])
        self._article_count = number = self._article_count + 1
        self._articles.append((number, key, hex_id(key), len(self.files) - 1, *record[:-1]))
        for barcode in record[-1]:
            if len(barcode) <= LONGEST_BARCODE:
                self._barcodes.append((number, barcode))
        if len(self._articles) >= BATCH:
            self._flush_articles()

    def _offer(self, record: OfferRecord) -> None:
        self._offer_count = number = self._offer_count + 1
        key, line, prices, stock, whole = record
        self._offers.append((number, key, len(self.files) - 1, line, whole))
        types, places = self.type_numbers, self.warehouse_numbers
        for kind, kopiykas in prices:
            self._prices.append((number, types.setdefault(kind, len(types)), kopiykas))
        for place, quantity in stock:
            self._stock.append((number, places.setdefault(place, len(places)), quantity))
        if len(self._offers) >= BATCH:
            self._flush_offers()

    def _flush_articles(self) -> None:
        self.file.executemany(_ARTICLE, self._articles)
        self.file.executemany("INSERT INTO barcode VALUES (?,?)", self._barcodes)
        self._articles.clear()
        self._barcodes.clear()

    def _flush_offers(self) -> None:
        self.file.executemany("INSERT INTO offer VALUES (?,?,?,?,?)", self._offers)
        self.file.executemany("INSERT OR IGNORE INTO price VALUES (?,?,?)", self._prices)
        self.file.executemany("INSERT OR IGNORE INTO stock VALUES (?,?,?)", self._stock)
        self._bound(self.type_numbers, MOST_PRICE_TYPES)
        self._bound(self.warehouse_numbers, MOST_WAREHOUSES)
        for batch in (self._offers, self._prices, self._stock):
            batch.clear()

    def _category(self, record: CategoryRecord) -> None:
        if self._too_long("category", record):
            return
        self.categories[record.external_id] = (record, len(self.files) - 1)
        self._bound(self.categories, MOST_CATEGORIES)

    def _price_type(self, record: PriceTypeRecord) -> None:
        if self._too_long("price_type", record):
            return
        self.price_types[record.external_id] = (record, len(self.files) - 1)
        self._bound(self.price_types, MOST_PRICE_TYPES)

    def _warehouse(self, record: WarehouseRecord) -> None:
        if self._too_long("warehouse", record):
            return
        self.warehouses[record.external_id] = (record, len(self.files) - 1)
        self._bound(self.warehouses, MOST_WAREHOUSES)

    def _too_long(self, kind: Kind, record: CategoryRecord | PriceTypeRecord | WarehouseRecord) -> bool:
        if len(record.name) <= LONGEST_TEXT and len(record.external_id) <= LONGEST_TEXT:
            return False
        self._problem(Problem(kind, "too_long", record.line, record.name[:60]))
        return True

    def _bound(self, known: Mapping[str, object], most: int) -> None:
        """Raises BrokenPriceList where there are more of a kind than any wholesaler has: they are kept in memory."""
        if len(known) > most:
            raise BrokenPriceList(self.files[-1], "too_many", detail=str(len(known)))

    def _problem(self, problem: Problem) -> None:
        if problem.kind == "article" and problem.left_out:
            if problem.article:
                self.file.execute("INSERT INTO mention VALUES (?)", (problem.article,))
            else:
                self.unidentified = True
        detail = problem.detail[:LONGEST_DETAIL]
        self.report.add(problem._replace(file=problem.file or self.files[-1], detail=detail))


def _texts(record: ArticleRecord) -> tuple[str | None, ...]:
    """What of an article a hostile or damaged file could make endless."""
    return (
        record.external_id, record.name, record.name_ru, record.brand, record.base_unit, record.pack_unit,
        record.photo, record.country, record.characteristic,
    )  # fmt: skip
