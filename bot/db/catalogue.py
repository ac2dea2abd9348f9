"""The catalogue as clients read it: visible articles at their own price, with stock and what is in the cart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, and_, bindparam, func, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.db.models import Article, AssortmentItem, Barcode, Cart, CartLine, Category, Price, PriceType, Revision, Stock
from bot.db.types import QuantityColumn
from bot.domain.catalogue import ArticleView
from bot.domain.client import Buyer
from bot.domain.quantity import Packing


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category with its names by language."""

    id: UUID
    parent_id: UUID | None
    name: str
    name_ru: str | None
    name_en: str | None
    picture: str | None


@dataclass(frozen=True, slots=True)
class SearchRow:
    """What the search reads of an article."""

    id: UUID
    sku: str
    texts: tuple[str, ...]
    barcodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """What a line of a document needs to know of its article."""

    id: UUID
    sku: str
    name: str
    base_unit: str
    vat: Decimal | None


def _statement(*, narrow: bool, cart: bool = False) -> Any:
    stock = (
        select(func.sum(Stock.quantity, type_=QuantityColumn())).where(Stock.article_id == Article.id).scalar_subquery()
    )
    current: Any = (
        bindparam("cart_id")
        if cart
        else (
            select(Cart.id)
            .where(Cart.client_id == bindparam("client_id"), Cart.status == "open")
            .order_by(Cart.amends_order_id.is_(None))
            .limit(1)
            .scalar_subquery()
        )
    )
    in_cart = (
        select(CartLine.quantity)
        .where(CartLine.cart_id == current, CartLine.article_id == Article.id)
        .scalar_subquery()
    )
    cart_lines = select(func.count()).where(CartLine.cart_id == current).scalar_subquery()
    price = and_(Price.article_id == Article.id, Price.price_type_id == bindparam("price_type_id"))
    found = (
        select(
            Article.id,
            Article.sku,
            Article.name,
            Article.name_ru,
            Article.name_en,
            Article.base_unit,
            Article.pack_unit,
            Article.pack_size,
            Article.multiple,
            Article.category_id,
            Article.photo,
            Article.description,
            Article.country,
            Article.shelf_life_days,
            Price.price,
            stock.label("stock"),
            in_cart.label("in_cart"),
            cart_lines.label("cart_lines"),
            Category.picture,
        )
        .outerjoin(Price, price)
        .outerjoin(Category, Category.id == Article.category_id)
        .where(Article.active)
    )
    return found.where(_in_assortment()) if narrow else found


def _in_assortment() -> ColumnElement[bool]:
    return (
        select(AssortmentItem.article_id)
        .where(AssortmentItem.assortment_id == bindparam("assortment_id"), AssortmentItem.article_id == Article.id)
        .exists()
    )


_BY_ID = {narrow: _statement(narrow=narrow).where(Article.id == bindparam("article_id")) for narrow in (False, True)}
_FOR_CART = {
    narrow: _statement(narrow=narrow, cart=True).where(Article.id == bindparam("article_id"))
    for narrow in (False, True)
}
_BY_IDS = {
    narrow: _statement(narrow=narrow).where(Article.id.in_(bindparam("article_ids", expanding=True)))
    for narrow in (False, True)
}
_BY_CATEGORY = {
    narrow: _statement(narrow=narrow)
    .where(Article.category_id == bindparam("category_id"))
    .order_by(Article.name, Article.id)
    .limit(bindparam("size"))
    .offset(bindparam("start"))
    for narrow in (False, True)
}
_ROWS_AT_ONCE = 5_000
_DEPTH = 20


class Catalogue:
    """Reads of categories and articles for one client."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def revision(self) -> int:
        """Grows with every change of the catalogue."""
        found = self._connection.execute(select(Revision.value).where(Revision.subject == "catalogue")).scalar()
        return found or 0

    def categories(self) -> list[CategoryRow]:
        rows = self._connection.execute(
            select(
                Category.id, Category.parent_id, Category.name, Category.name_ru, Category.name_en, Category.picture
            ).order_by(Category.position, Category.name, Category.id)
        )
        return [CategoryRow(*row) for row in rows]

    def counts(self, assortment_id: UUID | None) -> dict[UUID, int]:
        """How many visible articles stand directly in each category."""
        found = select(Article.category_id, func.count()).where(Article.active, Article.category_id.is_not(None))
        if assortment_id is not None:
            found = found.where(_in_assortment())
        rows = self._connection.execute(
            found.group_by(Article.category_id), {"assortment_id": assortment_id} if assortment_id else {}
        )
        return {row[0]: row[1] for row in rows if row[0] is not None}

    def article(self, article_id: UUID, buyer: Buyer, language: str) -> ArticleView | None:
        """The article if this client may see it."""
        row = self._connection.execute(
            _BY_ID[buyer.assortment_id is not None], _parameters(buyer) | {"article_id": article_id}
        ).first()
        return _view(row, language) if row else None

    def article_for(self, cart_id: UUID, article_id: UUID, buyer: Buyer, language: str) -> ArticleView | None:
        """The article as `article` gives it, with what is in exactly this cart."""
        parameters = _parameters(buyer) | {"article_id": article_id, "cart_id": cart_id}
        del parameters["client_id"]
        row = self._connection.execute(_FOR_CART[buyer.assortment_id is not None], parameters).first()
        return _view(row, language) if row else None

    def articles(self, ids: Sequence[UUID], buyer: Buyer, language: str) -> list[ArticleView]:
        """Those of the articles that this client may see, in the order asked for."""
        if not ids:
            return []
        rows = self._connection.execute(
            _BY_IDS[buyer.assortment_id is not None], _parameters(buyer) | {"article_ids": list(ids)}
        )
        found = {row.id: _view(row, language) for row in rows}
        return [found[id] for id in ids if id in found]

    def articles_of(
        self, category_id: UUID, buyer: Buyer, language: str, *, start: int, size: int
    ) -> list[ArticleView]:
        parameters = _parameters(buyer) | {"category_id": category_id, "start": start, "size": size}
        rows = self._connection.execute(_BY_CATEGORY[buyer.assortment_id is not None], parameters)
        return [_view(row, language) for row in rows]

    def assortment(self, assortment_id: UUID) -> frozenset[UUID]:
        rows = self._connection.execute(
            select(AssortmentItem.article_id).where(AssortmentItem.assortment_id == assortment_id)
        )
        return frozenset(rows.scalars())

    def search_rows(self) -> Iterator[SearchRow]:
        """Every active article, for the index."""
        barcodes: dict[UUID, list[str]] = {}
        for article_id, barcode in self._connection.execute(select(Barcode.article_id, Barcode.barcode)):
            barcodes.setdefault(article_id, []).append(barcode)
        rows = self._connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(
            select(Article.id, Article.sku, Article.name, Article.name_ru, Article.name_en, Article.brand)
            .where(Article.active)
            .order_by(Article.id)
        )
        for id, sku, *texts in rows:
            yield SearchRow(id, sku, tuple(text for text in texts if text), tuple(barcodes.get(id, ())))

    def ids_of(self, skus: frozenset[str]) -> list[UUID]:
        rows = self._connection.execute(select(Article.id).where(Article.sku.in_(skus)).order_by(Article.sku))
        return list(rows.scalars())

    def paths(self) -> dict[tuple[str, ...], UUID]:
        """Every category by its path of names."""
        rows = {row.id: row for row in self.categories()}
        paths: dict[tuple[str, ...], UUID] = {}
        for row in rows.values():
            path, at = [row.name], row.parent_id
            while at in rows and len(path) < _DEPTH:
                path.insert(0, rows[at].name)
                at = rows[at].parent_id
            paths[tuple(path)] = row.id
        return paths

    def price_types(self) -> dict[str, UUID]:
        return {row.name: row.id for row in self._connection.execute(select(PriceType.name, PriceType.id))}

    def price_types_by_id(self) -> dict[str, UUID]:
        """By the id the book of record gives them."""
        rows = self._connection.execute(
            select(PriceType.external_id, PriceType.id).where(PriceType.external_id.is_not(None))
        )
        return {row.external_id: row.id for row in rows if row.external_id}

    def by_external_id(self, external_ids: Sequence[str]) -> dict[str, ArticleRow]:
        """Articles as the book of record names them, whether they are sold now or not."""
        rows = self._connection.execute(
            select(Article.external_id, Article.id, Article.sku, Article.name, Article.base_unit, Article.vat).where(
                Article.external_id.in_(external_ids)
            )
        )
        return {row.external_id: ArticleRow(*row[1:]) for row in rows if row.external_id}

    def set_picture(self, category_id: UUID, picture: str) -> None:
        self._connection.execute(update(Category).where(Category.id == category_id).values(picture=picture))


def _parameters(buyer: Buyer) -> dict[str, Any]:
    parameters: dict[str, Any] = {"client_id": buyer.id, "price_type_id": buyer.price_type_id}
    if buyer.assortment_id is not None:
        parameters["assortment_id"] = buyer.assortment_id
    return parameters


def packing_of(row: Any) -> Packing:
    return Packing(row.base_unit, row.multiple, row.pack_unit, row.pack_size)


def name_of(row: Any, language: str) -> str:
    """The name in the person's language where there is one."""
    named = {"ru": row.name_ru, "en": row.name_en}.get(language)
    return str(named or row.name)


def _view(row: Row[Any], language: str) -> ArticleView:
    return ArticleView(
        row.id,
        row.sku,
        name_of(row, language),
        packing_of(row),
        row.price,
        row.stock,
        row.category_id,
        row.photo or row.picture,
        row.description,
        row.country,
        row.shelf_life_days,
        row.in_cart or Decimal(0),
        row.cart_lines,
    )
