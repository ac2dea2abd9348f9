"""A sandbox on a port of this machine."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web


class PortTaken(Exception):
    """Somebody else listens there; the message is the reason."""


@asynccontextmanager
async def listening(app: web.Application, port: int) -> AsyncIterator[int]:
    """The application on loopback; yields the port, which the system chose where 0 was asked for. Raises PortTaken."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
        except OSError as error:
            raise PortTaken(str(error.strerror)) from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
