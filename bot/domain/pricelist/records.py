"""The neutral records of a price list. They are named tuples because a large price list makes a million of them.

Ids are the source's own (a 1C GUID, or GUID#GUID of a characteristic); an empty one means "match by the article
number". Records may come in any order. Money is in kopiykas, quantities are in thousandths of the base unit.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["file", "category", "article", "barcode", "price_type", "warehouse", "price", "stock"]


class FileRecord(NamedTuple):
    """What follows comes from this file (its name without a path; `archive.zip/import.xml` inside an archive)."""

    name: str


class Advance(NamedTuple):
    """How much of the whole input was read, in bytes or rows; not data."""

    done: int
    total: int


class CategoryRecord(NamedTuple):
    external_id: str
    name: str
    parent: str | None
    line: int


class ArticleRecord(NamedTuple):
    """An article as the source describes it; None means "the source does not say", so the stored value stays.

    `parent` is the id of the product whose characteristic this is: what is not said here is taken from it, and an
    empty name becomes the product's with the characteristic.
    """

    external_id: str
    sku: str | None
    name: str
    line: int
    parent: str | None = None
    name_ru: str | None = None
    brand: str | None = None
    category: str | None = None
    base_unit: str | None = None
    pack_unit: str | None = None
    pack_size: int | None = None
    multiple: int | None = None
    vat: int | None = None
    description: str | None = None
    photo: str | None = None
    weight_kg: int | None = None
    country: str | None = None
    shelf_life_days: int | None = None
    active: bool | None = None
    characteristic: str | None = None
    barcodes: tuple[str, ...] = ()


class PriceTypeRecord(NamedTuple):
    external_id: str
    name: str
    line: int
    currency: str = "UAH"
    vat_included: bool = True


class WarehouseRecord(NamedTuple):
    external_id: str
    name: str
    line: int


ALL_WAREHOUSES = WarehouseRecord("total", "Усі склади", 0)
"""Where a source says only how much there is in all."""


class OfferRecord(NamedTuple):
    """What an article costs and what is left of it, per base unit; `article` is its id, or `sku:` and its number.

    A price of None is one that could not be read: the stored one stays. With `whole_stock`, what the source does not
    name of the article's stock is gone, even in a source of changes only.
    """

    article: str
    line: int
    prices: tuple[tuple[str, int | None], ...] = ()
    stock: tuple[tuple[str, int], ...] = ()
    whole_stock: bool = False


class Complete(NamedTuple):
    """Everything of this kind was named, so what was not named is gone."""

    kind: Literal["article", "price", "stock"]


class Problem(NamedTuple):
    """Something left out or doubtful: where, and the code of the reason (its words are in handlers).

    `article` is the id of the article in question; without it, nobody knows what the line was about.
    """

    kind: Kind
    code: str
    line: int = 0
    detail: str = ""
    left_out: bool = True
    article: str | None = None
    file: str = ""


Record = (
    FileRecord
    | Advance
    | CategoryRecord
    | ArticleRecord
    | PriceTypeRecord
    | WarehouseRecord
    | OfferRecord
    | Complete
    | Problem
)
Records = Iterator[Record]


class BrokenPriceList(Exception):
    """{file}, {place}: cannot be read ({code}: {detail}); nothing of the price list was imported."""

    def __init__(self, file: str, code: str, *, line: int = 0, detail: str = "") -> None:
        super().__init__(f"{file}:{line}: {code} {detail}".rstrip())
        self.file = file
        self.code = code
        self.line = line
        self.detail = detail
