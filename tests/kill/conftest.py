"""The products' parent, warmed once, and the wholesaler's books, filled once."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.db.opening import open_books
from bot.db.schema import migrate
from tests.kill.nursery import Nursery
from tests.support.wholesaler import open_shop


@pytest.fixture(scope="session")
def _nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture
def nursery(_nursery: Nursery) -> Nursery:
    assert not _nursery.pid, "a product of an earlier test lives"
    return _nursery


@pytest.fixture(scope="session")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "komora.db"
    asyncio.run(_fill(f"sqlite+aiosqlite:///{path}"))
    return path


async def _fill(url: str) -> None:
    await migrate(url)
    books = open_books(url)
    await open_shop(books)
    await books.close()


@pytest.fixture
def folder(_filled: Path, tmp_path: Path) -> Path:
    """With books of its own in it."""
    shutil.copy(_filled, tmp_path)
    return tmp_path
