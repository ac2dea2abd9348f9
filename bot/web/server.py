"""The web application on a port of this machine."""

import errno
from contextlib import AsyncExitStack

from aiohttp import web

from bot.process import CannotStart


async def prepared(stack: AsyncExitStack, app: web.Application) -> web.AppRunner:
    """A runner that ends with the stack."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    return runner


async def listen(runner: web.AppRunner, host: str, port: int) -> None:
    """Raises CannotStart."""
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise CannotStart(_why(error, host, port)) from error


def _why(error: OSError, host: str, port: int) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"PORT: порт {port} зайнятий іншою програмою. Зупиніть її або задайте інший PORT."
        case errno.EACCES:
            return f"PORT: на порт {port} немає дозволу. Задайте PORT від 1024."
    return f"HOST: адреси {host} на цій машині немає. Зазвичай потрібне 127.0.0.1."
