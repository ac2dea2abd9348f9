"""The small wholesaler on each database in turn: a file copied for every test, a PostgreSQL database filled anew."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url

from bot.db.books import Books
from bot.db.models import Table
from bot.db.opening import open_books
from bot.db.tx import Tx
from tests.support.wholesaler import fill


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "komora.db"
    _fill(f"sqlite+pysqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def common_database(postgres_server: str) -> str:
    """One PostgreSQL database for the session: making one for every test would take most of their time."""
    engine = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE common"))
    engine.dispose()
    return make_url(postgres_server).set(database="common").render_as_string(hide_password=False)


@pytest.fixture
def filled_sqlite(filled_file: Path, tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{shutil.copy(filled_file, tmp_path)}"


@pytest.fixture
def filled_postgres(common_database: str) -> str:
    _fill(common_database)
    return common_database


@pytest.fixture(params=["filled_sqlite", "filled_postgres"])
async def stocked(request: pytest.FixtureRequest) -> AsyncIterator[Books]:
    """The books of the small wholesaler, on each database in turn."""
    books = open_books(request.getfixturevalue(request.param))
    yield books
    await books.close()


def _fill(url: str) -> None:
    """The tables as new, with the wholesaler in them."""
    engine = create_engine(url)
    Table.metadata.create_all(engine)
    with engine.begin() as connection:
        _empty(connection)
        fill(Tx(connection))
    engine.dispose()


def _empty(connection: Connection) -> None:
    """Quicker than TRUNCATE, which makes every table a new file; foreign keys would ask for an order."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
    for table in Table.metadata.tables.values():
        connection.execute(table.delete())
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = origin"))
