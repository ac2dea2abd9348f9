"""The schema's versions: where the database stands, and bringing it up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bot.db.trouble import explained

SCRIPTS = Path(__file__).parents[2] / "migrations"
ONE_AT_A_TIME = 4_772_310_662
"""PostgreSQL's advisory lock of those who migrate; any number will do that nothing else uses."""


def config(connection: Connection) -> Config:
    """Alembic's configuration for one open connection."""
    settings = Config()
    settings.set_main_option("script_location", str(SCRIPTS))
    settings.attributes["connection"] = connection
    return settings


def newest() -> str:
    """The revision this program is written for."""
    settings = Config()
    settings.set_main_option("script_location", str(SCRIPTS))
    head = ScriptDirectory.from_config(settings).get_current_head()
    if head is None:
        raise RuntimeError("no migrations")
    return head


async def standing(database_url: str) -> str | None:
    """The revision the database is at; None for an empty one. Raises CannotStart."""
    with explained(database_url):
        engine = create_async_engine(make_url(database_url))
        try:
            async with engine.connect() as connection:
                return await connection.run_sync(lambda plain: MigrationContext.configure(plain).get_current_revision())
        finally:
            await engine.dispose()


async def migrate(database_url: str, down_to: str | None = None) -> None:
    """Bring the database up to the newest revision, or down to an older one (`base`: to nothing) where that is asked.

    Raises CannotStart.
    """
    with explained(database_url):
        engine = create_async_engine(make_url(database_url), hide_parameters=True)
        try:
            async with engine.begin() as connection:
                await connection.run_sync(_move, down_to)
        finally:
            await engine.dispose()


def _move(connection: Connection, down_to: str | None) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # the driver would begin only at the first change of data
    if down_to is None:
        command.upgrade(config(connection), "head")
    else:
        command.downgrade(config(connection), down_to)
