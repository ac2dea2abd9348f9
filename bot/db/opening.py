"""From a DATABASE_URL to books."""

from sqlalchemy.engine import make_url

from bot.db.books import Books


class UnknownDatabase(Exception):
    """DATABASE_URL names neither sqlite+aiosqlite nor postgresql+psycopg."""


def open_books(database_url: str, *, exclusive: bool = False) -> Books:
    """Books on the database; `exclusive` refuses a second process on one SQLite file.

    Raises UnknownDatabase, sqlite.AlreadyRunning.
    """
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        from bot.db.sqlite import SqliteBooks

        return SqliteBooks(url, exclusive=exclusive)
    if url.drivername == "postgresql+psycopg":
        from bot.db.postgres import PostgresBooks

        return PostgresBooks(url)
    raise UnknownDatabase(url.drivername)
