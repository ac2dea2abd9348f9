"""A backroom over the small wholesaler's books: on each database in turn, or on SQLite where they cannot differ."""

from collections.abc import AsyncIterator

import pytest

from bot.db.books import Books
from bot.db.opening import open_books
from tests.services.backroom import Backroom, connect


@pytest.fixture
async def backroom(stocked: Books) -> Backroom:
    """On each database in turn."""
    return await _connected(stocked)


@pytest.fixture
async def room(filled_sqlite: str) -> AsyncIterator[Backroom]:
    """On SQLite."""
    books = open_books(filled_sqlite)
    yield await _connected(books)
    await books.close()


async def _connected(books: Books) -> Backroom:
    await books.write(connect)
    return Backroom(books)
