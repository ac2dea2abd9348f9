"""A backroom over the small wholesaler's books: on each database in turn, or on SQLite where they cannot differ."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.db.books import Books
from bot.db.opening import open_books
from tests.db.people import OLENA
from tests.services.backroom import Backroom, connect
from tests.services.cashbox import Cashbox
from tests.services.reminding import Reminding
from tests.services.ways import Ways, only_andrii_pays


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


@pytest.fixture
async def cashbox(backroom: Backroom) -> Cashbox:
    """The café's people are signed in; on each database in turn."""
    await backroom.sign_in(OLENA, "telegram", "1")
    return Cashbox(backroom)


@pytest.fixture
async def ways(room: Backroom, tmp_path: Path) -> Ways:
    await only_andrii_pays(room)
    return Ways(room, tmp_path)


@pytest.fixture
def reminding(cashbox: Cashbox) -> Reminding:
    """On each database in turn."""
    return Reminding(cashbox)
