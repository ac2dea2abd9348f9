"""The way of the schema: up from nothing, down to nothing, up again, and then as the models say."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, MetaData, create_engine, inspect, text
from sqlalchemy import Table as Table_
from sqlalchemy.engine import make_url

from bot.db.models import Table
from bot.db.opening import UnknownDatabase, open_books
from bot.db.schema import migrate, newest, standing
from bot.domain.money import Money
from bot.services.paid import paid_for
from bot.services.pay_links import order_key
from tests.db.people import RANOK
from tests.db.test_orders import place
from tests.support.wholesaler import open_shop

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
PAYING = ("pay_links", "pay_attempts", "payment_events")


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


async def test_payments_for_one_order_are_still_known_when_links_may_be_for_more(
    database_url: str, engine: Engine
) -> None:
    """A link, its attempt and what came in, from before links had targets; and back again."""
    await migrate(database_url)
    books = open_books(database_url)
    await open_shop(books)
    order_id = await books.write(lambda tx: place(tx, RANOK))
    await books.close()
    await migrate(database_url, "0005")
    link_id, attempt_id = uuid4(), uuid4()
    with engine.begin() as connection:
        before = {name: Table_(name, MetaData(), autoload_with=connection) for name in PAYING}
        connection.execute(
            before["pay_links"].insert().values(
                id=link_id.hex if engine.name == "sqlite" else link_id, token="t" * 32,
                order_id=order_id.hex if engine.name == "sqlite" else order_id, made_at=AT, lives_until=AT,
            )
        )  # fmt: skip
        connection.execute(
            before["pay_attempts"].insert().values(
                reference="K-000001-1-x", id=attempt_id.hex if engine.name == "sqlite" else attempt_id,
                link_id=link_id.hex if engine.name == "sqlite" else link_id, amount=114_960, made_at=AT,
                lives_until=AT, language="uk", settled=False,
            )
        )  # fmt: skip
        connection.execute(
            before["payment_events"].insert().values(
                reference="K-000001-1-x", position=1, at=AT, outcome="paid", amount=114_960, refunded=0, card="",
                bank="", code="",
            )
        )  # fmt: skip
    await migrate(database_url)
    books = open_books(database_url)
    paid = await books.read(paid_for, order_id)
    link = await books.read(lambda tx: tx.pay_links.of(order_key(order_id)))
    parts = await books.read(lambda tx: tx.money.parts("K-000001-1-x"))
    await books.close()
    assert (paid.kept, [part.order_id for part in parts]) == (Money(114_960), [order_id])
    assert link is not None
    assert (link.id, link.order_id, link.token) == (link_id, order_id, "t" * 32)
    await migrate(database_url, "0005")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT token FROM pay_links JOIN orders ON orders.id = pay_links.order_id"))
        assert found.scalars().all() == ["t" * 32]
        assert connection.execute(text("SELECT count(*) FROM payment_events")).scalar() == 1


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
