"""The search index in memory: made from the books, made anew when the catalogue's revision has grown."""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.search import Entry, Index, Synonyms
from bot.logs import log

FOUND = 60
logger = log("search")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An index of one revision; `allowed` remembers each assortment it was asked for."""

    revision: int
    index: Index
    allowed: dict[UUID, frozenset[UUID]] = field(default_factory=dict)


class Search:
    """Finds articles by what people type; while a new index is being made, the old one answers."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._snapshot: Snapshot | None = None
        self._making: asyncio.Task[None] | None = None

    async def find(self, query: str, assortment_id: UUID | None) -> Sequence[UUID]:
        """Best first; at most FOUND articles of the assortment."""
        snapshot = await self._current()
        allowed = None if assortment_id is None else await self._allowed(snapshot, assortment_id)
        return [
            hit.id for hit in snapshot.index.search(query, limit=FOUND, allowed=allowed) if isinstance(hit.id, UUID)
        ]

    async def suggest(self, query: str) -> Sequence[str]:
        """Words of the catalogue near to a query that found nothing."""
        return (await self._current()).index.suggest(query)

    async def warm(self) -> None:
        """Make the index before the first person asks."""
        await self._current()

    async def _current(self) -> Snapshot:
        revision = await self._books.read(_revision)
        if self._snapshot is None:
            await self._make()
        elif self._snapshot.revision != revision and (self._making is None or self._making.done()):
            self._making = asyncio.create_task(self._make_quietly())
        assert self._snapshot is not None
        return self._snapshot

    async def _make_quietly(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            try:
                await self._make()
            except Exception as error:
                logger.error("index not made", exc_info=error)

    async def _make(self) -> None:
        revision, entries = await self._books.read(_entries)
        index = await asyncio.to_thread(Index.build, entries, _synonyms())
        self._snapshot = Snapshot(revision, index)

    async def _allowed(self, snapshot: Snapshot, assortment_id: UUID) -> frozenset[UUID]:
        if assortment_id not in snapshot.allowed:
            snapshot.allowed[assortment_id] = await self._books.read(_assortment, assortment_id)
        return snapshot.allowed[assortment_id]


def _synonyms() -> Synonyms:
    return Synonyms.parse(files("bot.services").joinpath("synonyms.csv").read_text("utf-8"))


def _revision(tx: Tx) -> int:
    return tx.catalogue.revision()


def _entries(tx: Tx) -> tuple[int, list[Entry]]:
    return tx.catalogue.revision(), [
        Entry(row.id, row.sku, row.texts, row.barcodes) for row in tx.catalogue.search_rows()
    ]


def _assortment(tx: Tx, assortment_id: UUID) -> frozenset[UUID]:
    return tx.catalogue.assortment(assortment_id)
