"""Price sheets: what one client pays for everything they may see, for their usual basket, or for a category."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from bot.db.books import Books
from bot.db.catalogue import CategoryRow, name_of
from bot.db.tx import Tx
from bot.domain.catalogue import ArticleView
from bot.domain.client import Buyer
from bot.domain.errors import NotFound, Refused
from bot.domain.price_sheet import PriceSection, PriceSheet
from bot.i18n import KYIV
from bot.ports import Clock

ROWS = 20_000
"""More than any client reads; what is beyond stays out, and the sheet says so."""
USUAL_ORDERS = 20
USUAL_ARTICLES = 60
_DEPTH = 20
_LETTERS = str.maketrans({"ґ": "г\uffff", "є": "е\uffff", "і": "и\ufffe", "ї": "и\uffff"})


class PriceSheets:
    """Reads for one client alone: their price type, their assortment."""

    def __init__(self, books: Books, now: Clock) -> None:
        self._books = books
        self._now = now

    async def all(self, buyer: Buyer, language: str) -> PriceSheet:
        """Raises Refused: no_prices."""
        return self._sheet(buyer, language, *await self._books.read(_all, buyer, language))

    async def usual(self, buyer: Buyer, language: str) -> PriceSheet | None:
        """What the client orders most; None before their first orders."""
        rows, found = await self._books.read(_usual, buyer, language)
        return self._sheet(buyer, language, rows, found) if found else None

    async def category(self, buyer: Buyer, category_id: UUID, language: str) -> PriceSheet:
        """The category with all below it. Raises NotFound, Refused: no_prices."""
        return self._sheet(buyer, language, *await self._books.read(_of_category, buyer, category_id, language))

    async def categories(self, language: str) -> list[tuple[UUID, str]]:
        """Those at the top of the catalogue, as it orders them."""
        rows = await self._books.read(lambda tx: tx.catalogue.categories())
        return [(row.id, name_of(row, language)) for row in _children(rows).get(None, ())]

    async def name(self, category_id: UUID, language: str) -> str:
        """Raises NotFound."""
        rows = await self._books.read(lambda tx: tx.catalogue.categories())
        for row in rows:
            if row.id == category_id:
                return name_of(row, language)
        raise NotFound("category")

    def _sheet(
        self, buyer: Buyer, language: str, rows: Sequence[CategoryRow], found: Sequence[ArticleView]
    ) -> PriceSheet:
        if not found:
            raise Refused("no_prices")
        day = self._now().astimezone(KYIV).date()
        return PriceSheet(buyer.name, day, tuple(_sections(rows, found[:ROWS], language)), whole=len(found) <= ROWS)


Read = tuple[list[CategoryRow], list[ArticleView]]


def _all(tx: Tx, buyer: Buyer, language: str) -> Read:
    return tx.catalogue.categories(), tx.priced.of(buyer, language, limit=ROWS + 1)


def _usual(tx: Tx, buyer: Buyer, language: str) -> Read:
    ids = [id for id, _ in tx.orders.usual(buyer.id, orders=USUAL_ORDERS, size=USUAL_ARTICLES)]
    return tx.catalogue.categories(), tx.priced.of(buyer, language, limit=USUAL_ARTICLES, articles=ids)


def _of_category(tx: Tx, buyer: Buyer, category_id: UUID, language: str) -> Read:
    rows = tx.catalogue.categories()
    if category_id not in {row.id for row in rows}:
        raise NotFound("category")
    below = [row.id for row, _ in _walk(_children(rows), category_id)] + [category_id]
    return rows, tx.priced.of(buyer, language, limit=ROWS + 1, categories=below)


def _sections(rows: Sequence[CategoryRow], found: Iterable[ArticleView], language: str) -> Iterator[PriceSection]:
    """The categories that hold something, as the catalogue orders them; what stands in none comes last."""
    held: dict[UUID | None, list[ArticleView]] = {}
    for article in found:
        held.setdefault(article.category_id, []).append(article)
    for row, path in _walk(_children(rows), None):
        if articles := held.pop(row.id, None):
            names = tuple(name_of(each, language) for each in (*path, row))
            yield PriceSection(names, tuple(sorted(articles, key=_in_order)))
    rest = [article for articles in held.values() for article in articles]
    if rest:
        yield PriceSection((), tuple(sorted(rest, key=_in_order)))


def _in_order(article: ArticleView) -> tuple[str, str]:
    """As the Ukrainian alphabet has it, capitals or not: databases disagree about both."""
    return article.name.casefold().translate(_LETTERS), article.sku


def _children(rows: Iterable[CategoryRow]) -> Mapping[UUID | None, Sequence[CategoryRow]]:
    children: dict[UUID | None, list[CategoryRow]] = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row)
    return children


def _walk(
    children: Mapping[UUID | None, Sequence[CategoryRow]],
    at: UUID | None,
    path: tuple[CategoryRow, ...] = (),
) -> Iterator[tuple[CategoryRow, tuple[CategoryRow, ...]]]:
    """Every category below, each after its parent, with the way to it."""
    if len(path) > _DEPTH:
        return
    for row in children.get(at, ()):
        yield row, path
        yield from _walk(children, row.id, (*path, row))
