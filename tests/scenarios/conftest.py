"""The small wholesaler in a file that is filled once and copied for every scenario."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.db.books import Books
from bot.db.models import Table
from bot.db.opening import open_books
from bot.db.tx import Tx
from tests.support.wholesaler import fill


@pytest.fixture(scope="session")
def filled_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shop") / "komora.db"
    engine = create_engine(f"sqlite+pysqlite:///{path}")
    with engine.begin() as connection:
        Table.metadata.create_all(connection)
        fill(Tx(connection))
    engine.dispose()
    return path


@pytest.fixture
async def shop(filled_shop: Path, tmp_path: Path) -> AsyncIterator[Books]:
    opened = open_books(f"sqlite+aiosqlite:///{shutil.copy(filled_shop, tmp_path)}")
    yield opened
    await opened.close()
