"""Many rows into a table at once: straight on SQLite's driver, by COPY on PostgreSQL."""

# ruff: noqa: S608 the names in the statements are all written in this package

import sqlite3
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Protocol

from sqlalchemy import Connection
from sqlalchemy.util import await_only

Rows = Iterable[tuple[Any, ...]]
CACHE_KIB = 16_000


class Overtaken(Exception):
    """Somebody else has just written what this import was about to add."""


class Writer(Protocol):
    """Rows hold ids as 32 digits, booleans as 0 and 1, moments as text."""

    def __enter__(self) -> object: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def insert(self, table: str, columns: tuple[str, ...], key: tuple[str, ...], rows: Rows) -> None: ...

    def upsert(self, table: str, columns: tuple[str, ...], key: tuple[str, ...], rows: Rows) -> None: ...

    def delete(self, table: str, key: tuple[str, ...], rows: Rows) -> None: ...

    def switch_off(self, table: str, column: str, rows: Rows) -> None: ...


def writer_for(connection: Connection) -> Writer:
    driver: Any = connection.connection.driver_connection
    return SqliteWriter(driver) if connection.dialect.name == "sqlite" else PostgresWriter(driver)


def _conflict(columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    rest = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
    return f"ON CONFLICT ({', '.join(key)}) " + (f"DO UPDATE SET {rest}" if rest else "DO NOTHING")


def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({','.join('?' * len(columns))})"


class SqliteWriter:
    """With a larger page cache while it lasts, so that a big import does not thrash."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver
        self._cache = 0

    def __enter__(self) -> None:
        self._cache = self._driver.execute("PRAGMA cache_size").fetchone()[0]
        self._driver.execute(f"PRAGMA cache_size = -{CACHE_KIB}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._driver.execute(f"PRAGMA cache_size = {self._cache}")

    def insert(self, table: str, columns: tuple[str, ...], key: tuple[str, ...], rows: Rows) -> None:
        try:  # twice as quick as with a conflict clause
            self._driver.executemany(_insert(table, columns), rows)
        except sqlite3.IntegrityError as error:
            raise Overtaken(str(error)) from error

    def upsert(self, table: str, columns: tuple[str, ...], key: tuple[str, ...], rows: Rows) -> None:
        self._driver.executemany(f"{_insert(table, columns)} {_conflict(columns, key)}", rows)

    def delete(self, table: str, key: tuple[str, ...], rows: Rows) -> None:
        self._driver.executemany(f"DELETE FROM {table} WHERE {' AND '.join(f'{name} = ?' for name in key)}", rows)

    def switch_off(self, table: str, column: str, rows: Rows) -> None:
        self._driver.executemany(f"UPDATE {table} SET {column} = 0 WHERE id = ?", rows)


class PostgresWriter:
    """COPY into a temporary table of the same types, then one statement."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def insert(self, table: str, columns: tuple[str, ...], key: tuple[str, ...], rows: Rows) -> None:
        self.upsert(table, columns, key, rows)

    def upsert(self, table: str, columns: tuple[str, ...], key: tuple[str, ...], rows: Rows) -> None:
        names = ", ".join(columns)
        sql = f"INSERT INTO {table} ({names}) SELECT {names} FROM arriving ORDER BY {', '.join(key)} "
        await_only(self._through(table, columns, rows, sql + _conflict(columns, key)))

    def delete(self, table: str, key: tuple[str, ...], rows: Rows) -> None:
        same = " AND ".join(f"{table}.{name} = arriving.{name}" for name in key)
        await_only(self._through(table, key, rows, f"DELETE FROM {table} USING arriving WHERE {same}"))

    def switch_off(self, table: str, column: str, rows: Rows) -> None:
        sql = f"UPDATE {table} SET {column} = false FROM arriving WHERE {table}.id = arriving.id"
        await_only(self._through(table, ("id",), rows, sql))

    async def _through(self, table: str, columns: tuple[str, ...], rows: Rows, sql: str) -> None:
        names = ", ".join(columns)
        async with self._driver.cursor() as cursor:
            await cursor.execute(f"CREATE TEMP TABLE arriving AS SELECT {names} FROM {table} WITH NO DATA")
            async with cursor.copy(f"COPY arriving ({names}) FROM STDIN") as copy:
                for row in rows:
                    await copy.write_row(row)
            await cursor.execute(sql)
            await cursor.execute("DROP TABLE arriving")
