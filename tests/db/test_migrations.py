"""The way of the schema: up from nothing, down to nothing, up again, and then as the models say."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, MetaData, create_engine, inspect, text
from sqlalchemy import Table as Table_
from sqlalchemy.engine import make_url

from bot.db.models import Table
from bot.db.opening import UnknownDatabase, open_books
from bot.db.schema import migrate, newest, standing
from bot.db.tx import Tx
from bot.domain.accounting import DocumentLink
from bot.domain.job import Run
from bot.domain.money import ZERO, Money
from bot.domain.payment import Outcome
from bot.services.debts import owed
from bot.services.money_moves import MoneyMoves
from bot.services.paid import Paid, paid_for
from bot.services.pay_links import Asked, asked_by, order_key
from bot.services.receipts import Receipts, receive_job
from tests.db.people import RANOK
from tests.db.test_orders import place
from tests.services.backroom import connect
from tests.services.test_receivables_in import debt
from tests.support.accounting import Ledger
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
    link_id = paid_before_links_had_targets(engine, order_id, ["paid"])
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


async def test_a_hold_that_was_let_go_is_counted_nowhere_though_the_migration_wrote_it_down_as_a_part(
    database_url: str, engine: Engine
) -> None:
    await migrate(database_url)
    books = open_books(database_url)
    await open_shop(books)
    order_id = await books.write(lambda tx: place(tx, RANOK))
    await books.close()
    await migrate(database_url, "0005")
    paid_before_links_had_targets(engine, order_id, ["held", "refunded"])
    await migrate(database_url)
    books = open_books(database_url)
    assert [part.amount for part in await books.read(lambda tx: tx.money.parts("K-000001-1-x"))] == [Money(114_960)]
    assert await books.read(paid_for, order_id) == Paid(ZERO, ZERO)

    def link(tx: Tx) -> Asked:
        row = tx.pay_links.of(order_key(order_id))
        assert row is not None
        return asked_by(tx, row, AT)

    asked = await books.read(link)
    assert (asked.due, asked.paid, [ask.paid for ask in asked.asks]) == (Money(114_960), ZERO, [ZERO])
    view = await MoneyMoves(books, None, lambda: AT).named("K-000001-1-x")
    assert (view.surplus, view.refundable, view.sums.charged, view.outcome) == (ZERO, ZERO, ZERO, Outcome.EXPIRED)
    await books.write(lambda tx: owes_for_the_order(tx, order_id))
    owed_now = await books.read(lambda tx: owed(tx, RANOK.id, AT.date()))
    assert owed_now.total == Money(114_960)
    ledger = Ledger()
    await Receipts(books, ledger, lambda: AT).receive(Run("1", receive_job("K-000001-1-x", Money(114_960), None), 1))
    await books.close()
    assert ledger.receipts == {}


def paid_before_links_had_targets(engine: Engine, order_id: UUID, outcomes: list[str]) -> UUID:
    """A link of that time for the order, with one attempt of which the gateway said so; the link's id."""
    link_id, attempt_id = uuid4(), uuid4()
    with engine.begin() as connection:
        before = {name: Table_(name, MetaData(), autoload_with=connection) for name in PAYING}
        link, order, attempt = (one.hex if engine.name == "sqlite" else one for one in (link_id, order_id, attempt_id))
        connection.execute(
            before["pay_links"].insert().values(
                id=link, token="t" * 32, order_id=order, made_at=AT, lives_until=AT + timedelta(days=3)
            )
        )  # fmt: skip
        connection.execute(
            before["pay_attempts"].insert().values(
                reference="K-000001-1-x", id=attempt, link_id=link, amount=114_960, made_at=AT, lives_until=AT,
                language="uk", settled=False,
            )
        )  # fmt: skip
        for position, outcome in enumerate(outcomes, 1):
            connection.execute(
                before["payment_events"].insert().values(
                    reference="K-000001-1-x", position=position, at=AT, outcome=outcome, amount=114_960,
                    refunded=114_960 if outcome == "refunded" else 0, card="", bank="", code="",
                )
            )  # fmt: skip
    return link_id


def owes_for_the_order(tx: Tx, order_id: UUID) -> None:
    """1C has the order's document, and a debt by it."""
    connect(tx)
    tx.documents.handed(order_id, 1, DocumentLink("ref-1", "1", "v1", posted=True), AT)
    tx.receivables.put([replace(debt("ref-1", "1149.60"), due=None)], 1)


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
