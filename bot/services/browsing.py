"""Looking through the catalogue: shelves, product cards, search results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.db.books import Books
from bot.db.catalogue import CategoryRow, name_of
from bot.db.tx import Tx
from bot.domain.catalogue import PAGE, ArticleView, CategoryView, Shelf, page_count
from bot.domain.client import Buyer
from bot.domain.errors import NotFound
from bot.services.search import Search

QUERY = 200


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what a query found; `suggestions` only where it found nothing."""

    query: str
    articles: tuple[ArticleView, ...]
    total: int
    page: int
    pages: int
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tree:
    """The categories that hold something this assortment may see."""

    rows: Mapping[UUID, CategoryRow]
    children: Mapping[UUID | None, Sequence[CategoryRow]]
    counts: Mapping[UUID, int]


class Browsing:
    """Reads of the catalogue as one client sees it."""

    def __init__(self, books: Books, search: Search) -> None:
        self._books = books
        self._search = search
        self._trees: dict[UUID | None, tuple[int, _Tree]] = {}

    async def warm(self) -> None:
        """Make the search ready before the first person asks."""
        await self._search.warm()

    async def shelf(self, buyer: Buyer, category_id: UUID | None, page: int, language: str) -> Shelf:
        """A page of sub-categories, then of articles. Raises NotFound for a category the client cannot see."""
        tree = await self._tree(buyer.assortment_id)
        if category_id is not None and category_id not in tree.rows:
            raise NotFound("category")
        below = tree.children.get(category_id, ())
        own = tree.counts.get(category_id, 0) if category_id else 0
        pages = page_count(len(below) + own)
        page = min(max(page, 0), pages - 1)
        categories = below[page * PAGE : (page + 1) * PAGE]
        size, start = PAGE - len(categories), max(page * PAGE - len(below), 0)
        articles: list[ArticleView] = []
        if category_id is not None and own and size:
            articles = await self._books.read(_articles_of, category_id, buyer, language, start, size)
        return Shelf(
            _category(tree.rows[category_id], language) if category_id else None,
            self._path(tree, category_id, language),
            tuple(_category(row, language) for row in categories),
            tuple(articles),
            page,
            pages,
        )

    async def product(self, buyer: Buyer, article_id: UUID, language: str) -> ArticleView:
        """Raises NotFound where the client may not see it."""
        found = await self._books.read(_article, article_id, buyer, language)
        if found is None:
            raise NotFound("article")
        return found

    async def find(self, buyer: Buyer, query: str, page: int, language: str) -> Found:
        """The page of the best matches; nearest words where nothing matches."""
        query = " ".join(query.split())[:QUERY]
        ids = await self._search.find(query, buyer.assortment_id)
        if not ids:
            return Found(query, (), 0, 0, 1, tuple(await self._search.suggest(query)))
        pages = page_count(len(ids))
        page = min(max(page, 0), pages - 1)
        articles = await self._books.read(_articles, ids[page * PAGE : (page + 1) * PAGE], buyer, language)
        return Found(query, tuple(articles), len(ids), page, pages)

    async def _tree(self, assortment_id: UUID | None) -> _Tree:
        known = self._trees.get(assortment_id)
        revision = await self._books.read(_revision)
        if known is None or known[0] != revision:
            known = revision, await self._books.read(_tree, assortment_id)
            self._trees[assortment_id] = known
        return known[1]

    def _path(self, tree: _Tree, category_id: UUID | None, language: str) -> tuple[str, ...]:
        path: list[str] = []
        while category_id is not None and len(path) < 20:
            row = tree.rows[category_id]
            path.insert(0, name_of(row, language))
            category_id = row.parent_id
        return tuple(path)


def _category(row: CategoryRow, language: str) -> CategoryView:
    return CategoryView(row.id, name_of(row, language), row.parent_id, row.picture)


def _revision(tx: Tx) -> int:
    return tx.catalogue.revision()


def _article(tx: Tx, article_id: UUID, buyer: Buyer, language: str) -> ArticleView | None:
    return tx.catalogue.article(article_id, buyer, language)


def _articles(tx: Tx, ids: Sequence[UUID], buyer: Buyer, language: str) -> list[ArticleView]:
    return tx.catalogue.articles(ids, buyer, language)


def _articles_of(tx: Tx, category_id: UUID, buyer: Buyer, language: str, start: int, size: int) -> list[ArticleView]:
    return tx.catalogue.articles_of(category_id, buyer, language, start=start, size=size)


def _tree(tx: Tx, assortment_id: UUID | None) -> _Tree:
    rows = {row.id: row for row in tx.catalogue.categories()}
    counts = tx.catalogue.counts(assortment_id)
    filled: set[UUID] = set()
    for category_id in counts:
        at: UUID | None = category_id
        while at is not None and at in rows and at not in filled:
            filled.add(at)
            at = rows[at].parent_id
    children: dict[UUID | None, list[CategoryRow]] = {}
    for row in rows.values():
        if row.id in filled:
            children.setdefault(row.parent_id, []).append(row)
    return _Tree({id: rows[id] for id in rows if id in filled}, children, counts)
