"""The way of the schema: up from nothing, down to nothing, up again, and then as the models say."""

import re
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, inspect
from sqlalchemy.engine import make_url

from bot.db.models import Table
from bot.db.opening import UnknownDatabase, open_books
from bot.db.schema import migrate, newest, standing
from tests.support.wholesaler import open_shop


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    driver = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"}
    url = make_url(database_url)
    opened = create_engine(url.set(drivername=driver[url.get_backend_name()]))
    yield opened
    opened.dispose()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def drift(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, Table.metadata))


async def test_an_empty_database_stands_nowhere(database_url: str) -> None:
    assert await standing(database_url) is None


async def test_up_down_and_up_again_ends_where_the_models_are(database_url: str, engine: Engine) -> None:
    await migrate(database_url)
    assert await standing(database_url) == newest()
    with engine.connect() as connection:
        assert drift(connection) == []
    await migrate(database_url, "base")
    assert await standing(database_url) is None
    assert tables(engine) == {"alembic_version"}
    await migrate(database_url)
    assert tables(engine) == {*Table.metadata.tables, "alembic_version"}
    with engine.connect() as connection:
        assert drift(connection) == []


async def test_a_migration_that_has_been_made_is_not_made_again(database_url: str, engine: Engine) -> None:
    await migrate(database_url)
    await migrate(database_url)
    assert await standing(database_url) == newest()
    assert tables(engine) == {*Table.metadata.tables, "alembic_version"}


@pytest.mark.parametrize("step", ["0001", "0003"])
async def test_what_is_in_the_books_outlives_every_step(database_url: str, engine: Engine, step: str) -> None:
    """A wholesaler that already works with Komora brings its database up to date."""
    await migrate(database_url)
    books = open_books(database_url)
    await open_shop(books)
    await books.close()
    with engine.connect() as connection:
        before = everything(connection)
    await migrate(database_url, step)
    await migrate(database_url)
    with engine.connect() as connection:
        assert everything(connection) == before
        assert drift(connection) == []


def everything(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the shop's tables."""
    tables = (Table.metadata.tables[name] for name in ("clients", "people", "memberships", "articles", "prices"))
    return {table.name: sorted(map(tuple, connection.execute(table.select())), key=repr) for table in tables}


async def test_a_drift_would_be_seen(database_url: str, engine: Engine) -> None:
    await migrate(database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE leads ADD COLUMN moon INTEGER")
        connection.exec_driver_sql("DROP INDEX uq_carts_open")
        assert len(drift(connection)) == 2


async def test_the_product_works_on_a_migrated_database(database_url: str) -> None:
    await migrate(database_url)
    books = open_books(database_url)
    await open_shop(books)
    assert await books.read(lambda tx: tx.clients.count()) == 2
    await books.close()


@pytest.mark.parametrize("url", ["mysql+aiomysql://localhost/komora", "postgresql+asyncpg://localhost/komora"])
def test_a_database_that_is_not_served_is_named(url: str) -> None:
    with pytest.raises(UnknownDatabase, match=re.escape(make_url(url).drivername)):
        open_books(url)
