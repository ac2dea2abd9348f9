"""A copy of the SQLite file while the product works."""

import sqlite3
from pathlib import Path

import aiosqlite

from bot.db.trouble import require_usable
from bot.process import CannotStart


async def backup(database_url: str, target: Path) -> None:
    """Raises CannotStart for another database, a file that is not there, a target that is or that cannot be written."""
    source = _source(database_url, target)
    try:
        async with aiosqlite.connect(source) as database, aiosqlite.connect(target) as copy:
            await database.backup(copy)
    except sqlite3.Error as error:
        raise CannotStart(f"{target}: копію не записано. Перевірте теку, дозволи й місце на диску.") from error


def _source(database_url: str, target: Path) -> Path:
    url = require_usable(database_url)
    if url.get_backend_name() != "sqlite":
        raise CannotStart("Копія робиться для SQLite; для PostgreSQL користуйтеся pg_dump.")
    source = Path(str(url.database))
    if not source.is_file():
        raise CannotStart(f"DATABASE_URL: бази {source} ще немає, копіювати нічого.")
    if target.exists():
        raise CannotStart(f"{target} уже існує: оберіть інше ім’я.")
    return source
