"""Orders in: documents of any dialect into records, one at a time; hostile XML is refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from bot.domain.accounting import OrderRecord
from bot.domain.pricelist import BrokenPriceList
from integrations.onec.commerceml import prolog
from integrations.onec.commerceml.products import NAMES
from integrations.onec.commerceml.reading import CHUNK, LONGEST_ELEMENT, forget
from integrations.onec.exchange.order_record import NotAnOrder, Unreadable, record

_WATCHED = "{*}Документ"


def orders(path: Path) -> Iterator[OrderRecord | Unreadable]:
    """The orders of a file, and what could not be read among them. Raises BrokenPriceList for the file itself.

    A status alone is an answer too: then there are no lines, the total is zero and the client is empty, and that
    means "not said".
    """
    try:
        yield from _documents(path)
    except etree.XMLSyntaxError as error:
        raise prolog.broken(path.name, error) from error


def _documents(path: Path) -> Iterator[OrderRecord | Unreadable]:
    with path.open("rb") as file:
        chunk = file.read(CHUNK)
        prolog.check(path.name, chunk)
        parser = etree.XMLPullParser(events=("end",), tag=_WATCHED, **prolog.options(chunk))  # type: ignore[arg-type]
        done = since = 0
        while chunk:
            parser.feed(chunk)
            done += len(chunk)
            since += len(chunk)
            last = None
            for _, element in parser.read_events():
                if _is_inner(element):
                    continue
                yield from _taken(element)
                last = element
            if last is not None:
                since = 0
                forget(last)
            if since > LONGEST_ELEMENT:
                raise BrokenPriceList(path.name, "element_too_large", detail=str(done))
            chunk = file.read(CHUNK)
        parser.close()


def _is_inner(element: Any) -> bool:
    """A document inside another one, which is read with it."""
    return any(NAMES[outer.tag] == "Документ" for outer in element.iterancestors())


def _taken(element: Any) -> Iterator[OrderRecord | Unreadable]:
    try:
        yield record(element)
    except NotAnOrder:
        return
    except Unreadable as error:
        yield error
