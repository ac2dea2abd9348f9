"""Books to import into, and what is read back of them."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.db.books import Books
from bot.db.models import Article, Barcode, Category, Price, PriceType, Stock, Warehouse
from bot.db.tx import Tx
from bot.domain.pricelist import Records, Report
from bot.services.pricelist import PriceListImport
from integrations.onec import commerceml
from tests.unit.pricelist import documents as cml

MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
Import = Callable[..., Awaitable[Report]]


class Shelf:
    """What the books hold, in plain values."""

    def __init__(self, books: Books) -> None:
        self._books = books

    async def articles(self, *columns: str) -> dict[str, Any]:
        """By the article number: the name, or the columns asked for, of what is in sale."""
        names = columns or ("name",)
        rows = await self._rows(select(Article.sku, *(getattr(Article, n) for n in names)).where(Article.active))
        return {sku: rest[0] if len(rest) == 1 else tuple(rest) for sku, *rest in rows}

    async def prices(self) -> dict[tuple[str, str], Decimal]:
        query = select(Article.sku, PriceType.name, Price.price).join_from(Price, Article).join(PriceType)
        return {(sku, kind): price.amount for sku, kind, price in await self._rows(query)}

    async def since(self) -> dict[tuple[str, str], datetime]:
        query = select(Article.sku, PriceType.name, Price.since).join_from(Price, Article).join(PriceType)
        return {(sku, kind): since for sku, kind, since in await self._rows(query)}

    async def stock(self) -> dict[tuple[str, str], Decimal]:
        query = select(Article.sku, Warehouse.name, Stock.quantity).join_from(Stock, Article).join(Warehouse)
        return {(sku, place): quantity for sku, place, quantity in await self._rows(query)}

    async def barcodes(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for sku, code in await self._rows(select(Article.sku, Barcode.barcode).join_from(Barcode, Article)):
            found.setdefault(sku, set()).add(code)
        return found

    async def categories(self) -> dict[str, str | None]:
        """The parent's name by the name."""
        rows = await self._rows(select(Category.id, Category.name, Category.parent_id))
        names = {id: name for id, name, _ in rows}
        return {name: names.get(parent) for _, name, parent in rows}

    async def revision(self) -> int:
        return await self._books.read(lambda tx: tx.pricelist.revision())

    async def _rows(self, query: Any) -> list[Any]:
        def body(tx: Tx) -> list[Any]:
            return [tuple(row) for row in tx._connection.execute(query)]

        return await self._books.read(body)


@pytest.fixture
def shelf(books: Books) -> Shelf:
    return Shelf(books)


@pytest.fixture
def bring(books: Books, tmp_path: Path) -> Import:
    """Import bodies of CommerceML documents, or records."""

    async def run(*bodies: str | Records, now: datetime = MONDAY, **options: Any) -> Report:
        paths = [
            cml.written(tmp_path, f"{number}.xml", cml.document(body))
            for number, body in enumerate(bodies, 1)
            if isinstance(body, str)
        ]
        records = commerceml.read(paths) if paths else bodies[0]
        return await PriceListImport(books).run(records, now=now, **options)  # type: ignore[arg-type]

    return run
