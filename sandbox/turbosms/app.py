"""The application: the API, the control side, and the time that passes."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from aiohttp import web

from sandbox.turbosms.control import control_app
from sandbox.turbosms.provider import Provider

LARGEST_BODY = 1024 * 1024
LOOK_EVERY = 0.2


def create_app(token: str, secret: str, *, now: Callable[[], float] = time.time) -> web.Application:
    """The provider at `/{module}/{method}.json`, its control side at `/_control/`.

    `secret` signs callbacks; `now` gives seconds since the epoch.
    """
    provider = Provider(token, secret, now)
    app = web.Application(client_max_size=LARGEST_BODY)
    app.add_subapp("/_control/", control_app(provider))
    app.router.add_get("/{module}/{method}.json", provider.wire.handle)
    app.router.add_post("/{module}/{method}.json", provider.wire.handle)

    async def living(_: web.Application) -> AsyncIterator[None]:
        task = asyncio.get_running_loop().create_task(_time_passes(provider))
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await provider.courier.close()

    app.cleanup_ctx.append(living)
    return app


async def _time_passes(provider: Provider) -> None:
    while True:
        provider.tick()
        await provider.clock.nap(LOOK_EVERY)
