"""The small wholesaler on each database in turn: a file copied for every test, a PostgreSQL database filled anew."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import make_url

from bot.db.books import Books
from bot.db.models import Table
from bot.db.opening import open_books
from bot.db.tx import Tx
from tests.support.wholesaler import fill


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "komora.db"
    engine = create_engine(f"sqlite+pysqlite:///{path}")
    with engine.begin() as connection:
        Table.metadata.create_all(connection)
        fill(Tx(connection))
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def common_database(postgres_server: str) -> Iterator[Engine]:
    """One PostgreSQL database for the session: making one for every test would take most of their time."""
    server = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("CREATE DATABASE common"))
    server.dispose()
    engine = create_engine(make_url(postgres_server).set(database="common"))
    Table.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def filled_sqlite(filled_file: Path, tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{shutil.copy(filled_file, tmp_path)}"


@pytest.fixture
def filled_postgres(common_database: Engine) -> str:
    with common_database.begin() as connection:
        _empty(connection)
        fill(Tx(connection))
    return common_database.url.render_as_string(hide_password=False)


@pytest.fixture(params=["filled_sqlite", "filled_postgres"])
def filled_url(request: pytest.FixtureRequest) -> str:
    """Each filled database in turn."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture
async def stocked(filled_url: str) -> AsyncIterator[Books]:
    """The books of the small wholesaler, on each database in turn."""
    books = open_books(filled_url)
    yield books
    await books.close()


def _empty(connection: Connection) -> None:
    """Quicker than TRUNCATE, which makes every table a new file; foreign keys would ask for an order."""
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    for table in Table.metadata.tables.values():
        connection.execute(table.delete())
    connection.execute(text("SET LOCAL session_replication_role = origin"))
