"""The small wholesaler in a file that is filled once and copied for every scenario; its 1C is connected."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.db.books import Books
from bot.db.models import Table
from bot.db.opening import open_books
from bot.db.tx import Tx
from tests.scenarios.accounting_steps import name_as_in_1c
from tests.support.accounting import Ledger
from tests.support.desk import Office, open_office
from tests.support.gateway import Gateway
from tests.support.wholesaler import fill


@pytest.fixture(scope="session")
def filled_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shop") / "komora.db"
    engine = create_engine(f"sqlite+pysqlite:///{path}")
    with engine.begin() as connection:
        Table.metadata.create_all(connection)
        fill(Tx(connection))
        name_as_in_1c(Tx(connection))
    engine.dispose()
    return path


@pytest.fixture
async def shop(filled_shop: Path, tmp_path: Path) -> AsyncIterator[Books]:
    opened = open_books(f"sqlite+aiosqlite:///{shutil.copy(filled_shop, tmp_path)}")
    yield opened
    await opened.close()


@pytest.fixture
def ledger() -> Ledger:
    """The wholesaler's 1C."""
    return Ledger()


@pytest.fixture
def office(shop: Books, tmp_path: Path, ledger: Ledger) -> Office:
    return open_office(shop, tmp_path, accounting=ledger, gateway=Gateway())
