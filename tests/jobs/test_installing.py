"""procrastinate's schema: the vendored text is the library's, and both ways to it end at the same place."""

from collections.abc import Iterator

import pytest
from procrastinate.schema import SchemaManager
from sqlalchemy import Engine, create_engine, text

from bot.db.jobs.installing import SCHEMA_SQL, install
from bot.db.schema import migrate

FUNCTIONS = (
    "SELECT proname, pg_get_functiondef(oid) FROM pg_proc"
    " WHERE pronamespace = to_regnamespace('procrastinate') ORDER BY proname"
)
INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'procrastinate' ORDER BY indexname"


@pytest.fixture
def migrated(postgres_url: str) -> Iterator[Engine]:
    engine = create_engine(postgres_url)
    yield engine
    engine.dispose()


def rows(engine: Engine, query: str) -> list[tuple[str, str]]:
    with engine.connect() as connection:
        return [(row[0], row[1]) for row in connection.execute(text(query))]


def test_the_vendored_schema_is_that_of_the_installed_library() -> None:
    notice, _, vendored = SCHEMA_SQL.read_text("utf-8").partition("\n\n")
    assert vendored == SchemaManager.get_schema()
    assert all(line.startswith("--") for line in notice.splitlines())
    assert "MIT License" in notice


async def test_a_migrated_database_has_what_a_created_one_has(
    migrated: Engine, postgres_url: str, jobs_database: Engine
) -> None:
    await migrate(postgres_url)
    assert rows(migrated, FUNCTIONS) == rows(jobs_database, FUNCTIONS)
    assert rows(migrated, INDEXES) == rows(jobs_database, INDEXES)
    assert all("search_path" in definition for _, definition in rows(migrated, FUNCTIONS))
    await migrate(postgres_url, "base")
    assert rows(migrated, FUNCTIONS) == []


def test_what_is_installed_is_left_as_it_is(jobs_database: Engine) -> None:
    with jobs_database.begin() as connection:
        before = connection.execute(text("SHOW search_path")).scalar()
        install(connection)
        assert connection.execute(text("SHOW search_path")).scalar() == before
