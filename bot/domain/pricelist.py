"""A price list on its way in: neutral records that every reader yields and the importer writes.

A reader (CommerceML, spreadsheet, CSV) yields records in any order that keeps a parent category before its child;
external ids are the source's own (a 1C GUID, or GUID#GUID of a characteristic); an empty one means "match by article".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CategoryRecord:
    external_id: str
    name: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article as the source describes it; None means "the source does not say", so the stored value stays."""

    external_id: str
    sku: str
    name: str
    place: str
    name_ru: str | None = None
    brand: str | None = None
    category: str | None = None
    base_unit: str | None = None
    pack_unit: str | None = None
    pack_size: Decimal | None = None
    multiple: Decimal | None = None
    vat: Decimal | None = None
    barcodes: tuple[str, ...] = ()
    description: str | None = None
    photo: str | None = None
    weight_kg: Decimal | None = None
    country: str | None = None
    shelf_life_days: int | None = None
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class PriceTypeRecord:
    external_id: str
    name: str
    currency: str = "UAH"
    vat_included: bool = True


@dataclass(frozen=True, slots=True)
class WarehouseRecord:
    external_id: str
    name: str


@dataclass(frozen=True, slots=True)
class PriceRecord:
    """The price of one base unit."""

    article: str
    price_type: str
    kopiykas: int
    place: str


@dataclass(frozen=True, slots=True)
class StockRecord:
    """What is left, in base units; `article` is the external id, or the sku where the source has no ids."""

    article: str
    warehouse: str
    quantity: Decimal
    place: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One row left out or doubtful: where, what, and the code of the reason (words are in handlers or the CLI)."""

    place: str
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What absence means: a full catalogue switches off what it does not name; a full offer file clears prices."""

    full_catalogue: bool = False
    full_offers: bool = False


Record = (
    CategoryRecord | ArticleRecord | PriceTypeRecord | WarehouseRecord | PriceRecord | StockRecord | Scope | Problem
)
Records = Iterator[Record]


class BrokenPriceList(Exception):
    """The file cannot be read at all: nothing of it was imported."""

    def __init__(self, place: str, code: str, detail: str = "") -> None:
        super().__init__(f"{place}: {code} {detail}".rstrip())
        self.place = place
        self.code = code
        self.detail = detail
