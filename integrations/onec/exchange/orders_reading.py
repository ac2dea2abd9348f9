"""Orders in: documents of any dialect into records, one at a time; hostile XML is refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from bot.domain.accounting import OrderRecord
from integrations.onec.commerceml import prolog
from integrations.onec.commerceml.products import NAMES
from integrations.onec.commerceml.pulling import pulled
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
        for _, found in pulled(file, path.name, _WATCHED, _document):
            yield from found


def _document(element: Any) -> Iterator[OrderRecord | Unreadable] | None:
    return None if _is_inner(element) else _taken(element)


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
