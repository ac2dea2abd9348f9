"""The application: the API under /pa/, hosted media, and the control side."""

import time
from collections.abc import AsyncIterator, Callable

from aiohttp import web

from sandbox.viber import control_files
from sandbox.viber.control import add_control, loopback_only
from sandbox.viber.keys import WORLD
from sandbox.viber.pa import call_method
from sandbox.viber.world import World


def create_app(token: str, *, now: Callable[[], float] = time.time, name: str = "Комора") -> web.Application:
    """A Viber with one bot: `token` is the bot's key, `now` the clock in epoch seconds, `name` what the phone shows."""
    app = web.Application(middlewares=[loopback_only])
    app[WORLD] = World(token, name, now)
    app.router.add_route("*", "/pa/{endpoint}", call_method)
    app.router.add_get("/media/{id}/{name}", control_files.serve, name="media")
    add_control(app)
    app.on_shutdown.append(_close_streams)
    app.cleanup_ctx.append(_courier)
    return app


async def _close_streams(app: web.Application) -> None:
    app[WORLD].feed.close()


async def _courier(app: web.Application) -> AsyncIterator[None]:
    yield
    await app[WORLD].courier.close()
