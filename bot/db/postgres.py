"""PostgreSQL: bodies run by `run_sync` on a pool of psycopg connections."""

from collections.abc import Callable
from typing import Concatenate

from sqlalchemy import Connection
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.db.books import P, T, applied
from bot.db.leading import Leading
from bot.db.tx import Tx
from bot.domain.dialogue import Turn

ATTEMPTS = 3
TRY_AGAIN = {"40001", "40P01"}  # serialization failure, deadlock


class PostgresBooks:
    """The books of any number of processes."""

    def __init__(self, url: URL, *, pool_size: int = 10) -> None:
        self._engine: AsyncEngine = create_async_engine(
            url,
            pool_size=pool_size,
            max_overflow=0,
            pool_pre_ping=True,
            hide_parameters=True,  # an error must not carry what people wrote
        )
        self._leading = Leading(url)
        self._reader = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    async def read(self, body: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._run(self._reader, lambda tx: body(tx, *args, **kwargs))

    async def write(self, body: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._run(self._engine, lambda tx: body(tx, *args, **kwargs))

    async def apply(self, turn: Turn, effect: Callable[[Tx], object], view: Callable[[Tx], T]) -> T:
        return await self._run(self._engine, lambda tx: applied(tx, turn, effect, view))

    async def leads(self, name: str) -> bool:
        return await self._leading.leads(name)

    async def resign(self, name: str) -> None:
        await self._leading.resign(name)

    async def close(self) -> None:
        await self._leading.close()
        await self._engine.dispose()

    async def _run(self, engine: AsyncEngine, body: Callable[[Tx], T]) -> T:
        def in_connection(connection: Connection) -> T:
            return body(Tx(connection))

        for attempt in range(1, ATTEMPTS + 1):
            try:
                async with engine.begin() as connection:
                    return await connection.run_sync(in_connection)
            except DBAPIError as error:
                if attempt == ATTEMPTS or getattr(error.orig, "sqlstate", None) not in TRY_AGAIN:
                    raise
        raise AssertionError("unreachable")
