"""What has a price for one client: the rows of a price sheet, read at once and lean."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from bot.db.catalogue import name_of, packing_of
from bot.db.models import Article, AssortmentItem, Price, Stock
from bot.db.types import QuantityColumn
from bot.domain.catalogue import ArticleView
from bot.domain.client import Buyer

_STOCK = (
    select(func.sum(Stock.quantity, type_=QuantityColumn())).where(Stock.article_id == Article.id).scalar_subquery()
)


class PricedArticles:
    """Articles a client may see and has a price for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(
        self,
        buyer: Buyer,
        language: str,
        *,
        limit: int,
        categories: Sequence[UUID] | None = None,
        articles: Sequence[UUID] | None = None,
    ) -> list[ArticleView]:
        """By name, at most `limit`; of these categories or these articles alone where some are named."""
        found = self._statement(buyer)
        if categories is not None:
            found = found.where(Article.category_id.in_(categories))
        if articles is not None:
            found = found.where(Article.id.in_(articles))
        return [_view(row, language) for row in self._connection.execute(found.limit(limit))]

    def _statement(self, buyer: Buyer) -> Any:
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
                Price.price,
                _STOCK.label("stock"),
            )
            .join(Price, Price.article_id == Article.id)
            .where(Article.active, Price.price_type_id == buyer.price_type_id)
            .order_by(Article.name, Article.id)
        )
        if buyer.assortment_id is None:
            return found
        allowed = select(AssortmentItem.article_id).where(AssortmentItem.assortment_id == buyer.assortment_id)
        return found.where(Article.id.in_(allowed))


def _view(row: Any, language: str) -> ArticleView:
    return ArticleView(row.id, row.sku, name_of(row, language), packing_of(row), row.price, row.stock, row.category_id)
