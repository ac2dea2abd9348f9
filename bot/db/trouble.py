"""What keeps a database from being used, as a sentence for an administrator."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.process import CannotStart

EXAMPLES = "sqlite+aiosqlite:///komora.db або postgresql+psycopg://користувач:пароль@сервер/база"


@contextmanager
def explained(database_url: str) -> Iterator[None]:
    """Raises CannotStart for a database that cannot be used, before the block or in it."""
    url = require_usable(database_url)
    try:
        yield
    except DBAPIError as error:
        raise CannotStart(_unwilling(url)) from error
    except CommandError as error:
        raise CannotStart(
            "База: такої версії схеми ця програма не знає. Якщо базу оновила новіша програма, поставте її."
        ) from error


def require_usable(database_url: str) -> URL:
    """The parsed address. Raises CannotStart for one that leads nowhere; a PostgreSQL server is not asked."""
    try:
        url = make_url(database_url)
    except (ArgumentError, ValueError):
        raise CannotStart(f"DATABASE_URL: адреси не розібрати. Потрібно {EXAMPLES}.") from None
    if url.drivername not in {"sqlite+aiosqlite", "postgresql+psycopg"}:
        raise CannotStart(f"DATABASE_URL: {url.drivername} не підтримується. Потрібно {EXAMPLES}.")
    if url.get_backend_name() == "sqlite":
        _require_file(Path(url.database or ""))
    return url


def _require_file(file: Path) -> None:
    if not file.name or file.is_dir():
        raise CannotStart(
            "DATABASE_URL: після трьох скісних рисок потрібен файл, наприклад sqlite+aiosqlite:///komora.db."
        )
    if not file.parent.is_dir():
        raise CannotStart(f"DATABASE_URL: немає теки {file.parent}. Створіть її або виправте шлях.")
    if file.exists():
        _require_database(file)


def _require_database(file: Path) -> None:
    """Looked at through SQLite alone.

    To close a file that was opened in any other way lets go of SQLite's locks on it (POSIX); another program that
    then closes the database takes itself for the last one and removes the log we still write to.
    """
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True)) as connection:
            connection.execute("PRAGMA schema_version")
    except sqlite3.OperationalError as error:
        raise CannotStart(f"DATABASE_URL: файл {file} не читається. Перевірте власника й дозволи.") from error
    except sqlite3.DatabaseError as error:
        raise CannotStart(f"DATABASE_URL: {file} не є базою SQLite. Виправте шлях або поверніть копію бази.") from error


def _unwilling(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return f"DATABASE_URL: файл {url.database} не записується або зайнятий. Перевірте власника, дозволи й місце."
    where = f"{url.host or 'localhost'}:{url.port or 5432}"
    return f"DATABASE_URL: PostgreSQL на {where} не приймає. Перевірте, чи він працює, базу, користувача й пароль."
