"""Both ends of HTTP on this machine: a server on a free port, and a client that reads no certificates."""

import asyncio
import json
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
from aiohttp import web

PATIENCE = 45.0
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Loopback is plain HTTP: reading the system's certificates for every client would be most of a test's time."""
Json = dict[str, Any]


def client() -> httpx.AsyncClient:
    return httpx.AsyncClient(verify=NO_TLS, trust_env=False, timeout=PATIENCE)


def door() -> tuple[socket.socket, str]:
    """A loopback port that is ours before anything serves on it, and its address."""
    taken = socket.create_server(("127.0.0.1", 0))
    return taken, f"http://127.0.0.1:{taken.getsockname()[1]}"


@asynccontextmanager
async def serving(app: web.Application, at: socket.socket | None = None) -> AsyncIterator[str]:
    """The address of an application, on its own port or on a free one."""
    taken = at or door()[0]
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.SockSite(runner, taken).start()
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"
    finally:
        await runner.cleanup()


class Stream:
    """What a sandbox tells of one chat as it happens, from the moment the stream is opened."""

    def __init__(self, http: httpx.AsyncClient, address: str, **query: Any) -> None:
        self._http = http
        self._address = address
        self._query = query
        self._told: asyncio.Queue[Json] = asyncio.Queue()
        self._reading: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """From now on; what was told before is forgotten."""
        if self._reading is None:
            self._reading = asyncio.create_task(self._read())
            await self.until(lambda event: event["type"] == "hello")
        while not self._told.empty():
            self._told.get_nowait()

    async def until(self, wanted: Callable[[Json], bool]) -> Json:
        """The next event that is wanted."""
        async with asyncio.timeout(PATIENCE):
            while not wanted(event := await self._told.get()):
                pass
        return event

    async def close(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    async def _read(self) -> None:
        async with self._http.stream("GET", self._address, params=self._query, timeout=None) as answer:
            async for line in answer.aiter_lines():
                if line.startswith("data: "):
                    self._told.put_nowait(json.loads(line.removeprefix("data: ")))
