"""The small wholesaler on each database in turn."""

import pytest

from bot.db.books import Books
from tests.support.wholesaler import open_shop


@pytest.fixture
async def stocked(books: Books) -> Books:
    """The books of the small wholesaler, on each database in turn."""
    await open_shop(books)
    return books
