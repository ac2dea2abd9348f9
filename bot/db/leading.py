"""Which of several processes does what only one may do: advisory locks of PostgreSQL, each held by a connection."""

import asyncio
import hashlib

from sqlalchemy import NullPool, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

_PATIENCE = 10.0
_SOON = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"
"""The server lets go of a host that vanished within half a minute, not within hours."""
_TAKE = text("SELECT pg_try_advisory_lock(:key)")
_LOOK = text("SELECT true")


class Leading:
    """Leads as long as the connection lives, so the lock goes with the process.

    A pooler that gives a session to somebody else after every transaction would break it.
    """

    def __init__(self, url: URL) -> None:
        self._engine: AsyncEngine = create_async_engine(
            url, poolclass=NullPool, isolation_level="AUTOCOMMIT", hide_parameters=True
        )
        self._connections: dict[str, AsyncConnection] = {}
        self._led: set[str] = set()
        self._one_at_a_time = asyncio.Lock()

    async def leads(self, name: str) -> bool:
        """Raises what the database raises; then this process does not lead."""
        async with self._one_at_a_time:
            try:
                async with asyncio.timeout(_PATIENCE):
                    return await self._asked(name)
            except BaseException:
                await self._drop(name)
                raise

    async def resign(self, name: str) -> None:
        async with self._one_at_a_time:
            await self._drop(name)

    async def close(self) -> None:
        for name in list(self._connections):
            await self.resign(name)
        await self._engine.dispose()

    async def _asked(self, name: str) -> bool:
        connection = self._connections.get(name)
        if connection is None:
            connection = self._connections[name] = await self._engine.connect()
            await connection.exec_driver_sql(_SOON)
        if name in self._led:
            return bool((await connection.execute(_LOOK)).scalar_one())
        taken = bool((await connection.execute(_TAKE, {"key": _key(name)})).scalar_one())
        if taken:
            self._led.add(name)
        return taken

    async def _drop(self, name: str) -> None:
        self._led.discard(name)
        connection = self._connections.pop(name, None)
        if connection is not None:
            await connection.invalidate()
            await connection.close()


def _key(name: str) -> int:
    """Eight bytes of a hash, because a lock is a number."""
    return int.from_bytes(hashlib.sha256(f"komora {name}".encode()).digest()[:8], signed=True)
