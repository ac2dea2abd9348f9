"""The schema's versions: where the database stands, and bringing it up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

SCRIPTS = Path(__file__).parents[2] / "migrations"


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
    """The revision the database is at; None for an empty one."""
    engine = create_async_engine(make_url(database_url))
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(lambda plain: MigrationContext.configure(plain).get_current_revision())
    finally:
        await engine.dispose()


async def migrate(database_url: str, revision: str = "head") -> None:
    """Bring the database to a revision, newer or (by a name or `base`) older."""
    engine = create_async_engine(make_url(database_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_move, revision)
    finally:
        await engine.dispose()


def _move(connection: Connection, revision: str) -> None:
    if revision == "head":
        command.upgrade(config(connection), revision)
    else:
        command.downgrade(config(connection), revision)
