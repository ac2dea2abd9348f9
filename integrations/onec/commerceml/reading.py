"""Documents into records, one element at a time: what was read is forgotten, so memory stays bounded."""

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from bot.domain.pricelist import (
    ALL_WAREHOUSES,
    Advance,
    BrokenPriceList,
    Complete,
    FileRecord,
    OfferRecord,
    PriceTypeRecord,
    Problem,
    Record,
    Records,
)
from integrations.onec.commerceml import offers, products, prolog
from integrations.onec.commerceml.names import NO
from integrations.onec.commerceml.products import NAMES
from integrations.onec.commerceml.pulling import pulled
from integrations.onec.commerceml.sources import Source, opened

PACKAGES = ("Каталог", "ПакетПредложений", "ИзмененияПакетПредложений")
_WATCHED = tuple(
    "{*}" + name for name in ("Товар", "Предложение", "Группа", "Свойство", "ТипЦены", "Склад", "Документ", *PACKAGES)
)


def read(paths: Sequence[Path]) -> Records:
    """The records of a set of files, archives or folders. Raises BrokenPriceList, with the file and the line."""
    with opened(paths) as sources:
        if not sources:
            raise BrokenPriceList(", ".join(path.name for path in paths), "no_xml")
        total, before, reading = sum(source.size for source in sources), 0, _Reading()
        for source in sources:
            yield FileRecord(source.name)
            yield from _document(source, reading, before, total)
            before += source.size


def _document(source: Source, reading: "_Reading", before: int, total: int) -> Iterator[Record]:
    try:
        yield from _elements(source, reading, before, total)
    except etree.XMLSyntaxError as error:
        raise prolog.broken(source.name, error) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise BrokenPriceList(source.name, "broken_archive", detail=str(error)[:200]) from error


def _elements(source: Source, reading: "_Reading", before: int, total: int) -> Iterator[Record]:
    with source.open() as file:
        for done, records in pulled(file, source.name, _WATCHED, reading.element):
            yield from records
            yield Advance(before + done, total)


class _Reading:
    """What was learnt so far of a set: properties, foreign price types, what the current catalogue or package says."""

    def __init__(self) -> None:
        self._properties = products.Properties()
        self._foreign: dict[str, str] = {}
        self._seen: set[str] = set()
        self._total_told = False
        self._products: Any = None

    def element(self, element: Any) -> Iterable[Record] | None:
        """The records of an element; None for a part of something that is still open."""
        name = NAMES[element.tag]
        records: Iterable[Record] = ()
        if name == "Предложение":
            records = self._offer(element)
        elif name == "Товар" and self._is_product(element):
            self._seen.add("article")
            records = (products.article(element, self._properties),)
        elif name == "Группа":
            if _within(element)[1] == "Группа":
                return None  # read with the topmost one
            records = list(products.groups(element))
        elif name == "Свойство" and _within(element)[0] == "Свойства":
            self._properties.learn(element)
        elif name == "ТипЦены" and _within(element)[0] == "ТипыЦен":
            records = (self._price_type(offers.price_type(element)),)
        elif name == "Склад" and _within(element) in (("Склады", "ПакетПредложений"), ("Склады", "Классификатор")):
            records = (offers.warehouse(element),)
        elif name in PACKAGES:
            records = self._complete(element)
        elif name == "Документ":
            records = (Problem("file", "order_document", element.sourceline or 0),)
        else:
            return None
        return records

    def _is_product(self, element: Any) -> bool:
        """Whether it is of a catalogue, and not of an order."""
        parent = element.getparent()
        if parent is not self._products:
            if _within(element) != ("Товары", "Каталог"):
                return False
            self._products = parent
        return True

    def _offer(self, element: Any) -> list[Record]:
        records: list[Record] = []
        for record in offers.Offer(element, self._foreign).records():
            if type(record) is OfferRecord:
                if record.prices:
                    self._seen.add("price")
                if record.stock:
                    self._seen.add("stock")
                    if not self._total_told and record.stock[0][0] == offers.TOTAL:
                        self._total_told = True
                        records.append(ALL_WAREHOUSES)
            records.append(record)
        return records

    def _price_type(self, record: PriceTypeRecord | Problem) -> PriceTypeRecord | Problem:
        if type(record) is PriceTypeRecord:
            if record.currency == "UAH":
                self._foreign.pop(record.external_id, None)
            else:
                self._foreign[record.external_id] = record.currency
        return record

    def _complete(self, element: Any) -> list[Record]:
        full = (element.get("СодержитТолькоИзменения") or "").strip().lower() in NO
        kinds, self._seen = self._seen, set()
        if full and not kinds and NAMES[element.tag] == "Каталог":
            return [Problem("file", "empty_catalogue", element.sourceline or 0, left_out=False)]
        return [Complete(kind) for kind in ("article", "price", "stock") if full and kind in kinds]


def _within(element: Any) -> tuple[str, str]:
    """The names of the parent and the grandparent."""
    parent = element.getparent()
    outer = parent.getparent() if parent is not None else None
    return (NAMES[parent.tag] if parent is not None else "", NAMES[outer.tag] if outer is not None else "")
