"""A floor of workers on each database in turn: a file copied for every test, a PostgreSQL database emptied."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from bot.db.models import Table
from bot.db.opening import open_books
from tests.jobs.floor import Floor


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "komora.db"
    engine = create_engine(f"sqlite+pysqlite:///{path}")
    Table.metadata.create_all(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def jobs_database(postgres_server: str) -> Iterator[Engine]:
    server = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("CREATE DATABASE jobs"))
    server.dispose()
    engine = create_engine(make_url(postgres_server).set(database="jobs"), poolclass=NullPool)
    Table.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def on_sqlite(empty_file: Path, tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{shutil.copy(empty_file, tmp_path)}"


@pytest.fixture
def on_postgres(jobs_database: Engine) -> str:
    with jobs_database.begin() as connection:
        _empty(connection)
    return jobs_database.url.render_as_string(hide_password=False)


@pytest.fixture(params=["on_sqlite", "on_postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """Each empty database in turn."""
    found: str = request.getfixturevalue(request.param)
    return found


@pytest.fixture
async def floor(url: str) -> AsyncIterator[Floor]:
    books = open_books(url)
    yield Floor(url, books)
    await books.close()


def _empty(connection: Connection) -> None:
    for name in ("jobs", "job_keys", "job_troubles", "job_steps", "schedules", "limits", "systems", "processes"):
        connection.execute(Table.metadata.tables[name].delete())
    for name in ("events", "periodic_defers", "jobs", "workers"):
        connection.execute(text(f"DELETE FROM procrastinate.procrastinate_{name}"))  # noqa: S608 names of our own
