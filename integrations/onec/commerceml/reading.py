"""Documents into records, one element at a time: what was read is forgotten, so memory stays bounded."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile
from zlib import error as ZlibError

from lxml import etree

from bot.domain.pricelist import ALL_WAREHOUSES, Advance, BrokenPriceList, Complete, FileRecord, PriceTypeRecord, Problem, Record
from bot.domain.pricelist import Records as RecordStream
from integrations.onec.commerceml import offers, products, prolog
from integrations.onec.commerceml.names import NO
from integrations.onec.commerceml.products import NAMES
from integrations.onec.commerceml.sources import Source, opened

CHUNK = 64 * 1024
LONGEST_ELEMENT = 16 * 1024 * 1024
_WATCHED = tuple(
    "{*}" + name
    for name in (
        "Группа", "Свойство", "Товар", "ТипЦены", "Склад", "Предложение", "Каталог", "ПакетПредложений",
        "ИзмененияПакетПредложений", "Документ",
    )
)  # fmt: skip


def read(paths: Sequence[Path]) -> RecordStream:
    """The records of a set of files, archives or folders. Raises BrokenPriceList, with the file and the line."""
    with opened(paths) as sources:
        if not sources:
            raise BrokenPriceList(", ".join(path.name for path in paths), "no_xml")
        total, before, state = sum(source.size for source in sources), 0, _Reading()
        for source in sources:
            yield FileRecord(source.name)
            for record in _document(source, state):
                yield Advance(before + record.done, total) if type(record) is Advance else record
            before += source.size


def _document(source: Source, state: "_Reading") -> Iterator[Record]:
    try:
        with source.open() as file:
            yield from _elements(source, file, state)
    except etree.XMLSyntaxError as error:
        raise prolog.broken(source.name, error) from error
    except (BadZipFile, ZlibError, EOFError, NotImplementedError) as error:
        raise BrokenPriceList(source.name, "broken_archive", detail=str(error)[:200]) from error


def _elements(source: Source, file: IO[bytes], state: "_Reading") -> Iterator[Record]:
    chunk = file.read(CHUNK)
    prolog.check(source.name, chunk)
    parser = etree.XMLPullParser(events=("end",), tag=_WATCHED, **prolog.options(chunk))  # type: ignore[arg-type]
    done = since = 0
    while chunk:
        parser.feed(chunk)
        done += len(chunk)
        since += len(chunk)
        for _, element in parser.read_events():
            since = 0
            yield from state.element(element)
        if since > LONGEST_ELEMENT:
            raise BrokenPriceList(source.name, "element_too_large", detail=str(done))
        yield Advance(done, source.size)
        chunk = file.read(CHUNK)
    parser.close()


class _Reading:
    """What was learnt so far of a set: properties, foreign price types, what the current catalogue or package says."""

    def __init__(self) -> None:
        self._properties = products.Properties()
        self._foreign: dict[str, str] = {}
        self._seen: set[str] = set()
        self._total_told = False

    def element(self, element: Any) -> Iterator[Record]:
        name = NAMES[element.tag]
        inside = element.getparent()
        parent = NAMES[inside.tag] if inside is not None else ""
        if name == "Предложение":
            yield from self._offer(element)
        elif name == "Товар" and parent == "Товары" and _outer(inside) == "Каталог":
            self._seen.add("article")
            yield products.article(element, self._properties)
        elif name == "Группа":
            if _outer(inside) == "Группа":
                return  # read with the topmost one
            yield from products.groups(element)
        elif name == "Свойство" and parent == "Свойства":
            self._properties.learn(element)
        elif name == "ТипЦены" and parent == "ТипыЦен":
            yield self._price_type(offers.price_type(element))
        elif name == "Склад" and parent == "Склады" and _outer(inside) in ("ПакетПредложений", "Классификатор"):
            yield offers.warehouse(element)
        elif name in ("Каталог", "ПакетПредложений", "ИзмененияПакетПредложений"):
            yield from self._complete(element)
        elif name == "Документ":
            yield Problem("file", "order_document", element.sourceline or 0)
        else:
            return  # a part of something that is still open
        _forget(element)

    def _offer(self, element: Any) -> Iterator[Record]:
        for record in offers.offer(element, self._foreign):
            if type(record) is offers.OfferRecord:
                if record.prices:
                    self._seen.add("price")
                if record.stock:
                    self._seen.add("stock")
                    if not self._total_told and record.stock[0][0] == offers.TOTAL:
                        self._total_told = True
                        yield ALL_WAREHOUSES
            yield record

    def _price_type(self, record: PriceTypeRecord | Problem) -> PriceTypeRecord | Problem:
        if type(record) is PriceTypeRecord:
            if record.currency == "UAH":
                self._foreign.pop(record.external_id, None)
            else:
                self._foreign[record.external_id] = record.currency
        return record

    def _complete(self, element: Any) -> Iterator[Complete]:
        if (element.get("СодержитТолькоИзменения") or "").strip().lower() in NO:
            for kind in ("article", "price", "stock"):
                if kind in self._seen:
                    yield Complete(kind)  # type: ignore[arg-type]
        self._seen.clear()


def _outer(element: Any) -> str:
    parent = element.getparent() if element is not None else None
    return NAMES[parent.tag] if parent is not None else ""


def _forget(element: Any) -> None:
    """Drop the element's inside and everything before it, up to the third ancestor."""
    element.clear(keep_tail=False)
    for _ in range(4):
        parent = element.getparent()
        if parent is None:
            return
        while element.getprevious() is not None:
            del parent[0]
        element = parent
