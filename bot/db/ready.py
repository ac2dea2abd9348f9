"""Books that can be used at once: held, and at the newest schema."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.db import schema
from bot.db.books import Books
from bot.db.opening import open_books
from bot.db.sqlite import AlreadyRunning
from bot.db.trouble import require_usable
from bot.process import CannotStart


@asynccontextmanager
async def opened(database_url: str, *, exclusive: bool = False) -> AsyncIterator[Books]:
    """A SQLite file that is to be ours alone (`exclusive`) is held before its schema is changed. Raises CannotStart."""
    require_usable(database_url)
    try:
        books = open_books(database_url, exclusive=exclusive)
    except AlreadyRunning as error:
        raise CannotStart(
            f"База {error} уже відкрита іншим процесом Komora. Зупиніть його або перейдіть на PostgreSQL."
        ) from error
    except OSError as error:
        raise CannotStart(f"DATABASE_URL: поруч із базою не записати {error.filename}. Перевірте дозволи.") from error
    try:
        await schema.migrate(database_url)
        yield books
    finally:
        await books.close()
