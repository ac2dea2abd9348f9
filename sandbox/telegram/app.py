"""The application: the Bot API, the files it hands out, and the control side."""

import hmac
import time
from collections.abc import AsyncIterator, Callable

from aiohttp import web

from sandbox.telegram.api import Api
from sandbox.telegram.control import create_control
from sandbox.telegram.errors import ApiError
from sandbox.telegram.keys import API, WORLD
from sandbox.telegram.wire import answer
from sandbox.telegram.world import World


def create_app(
    token: str, *, now: Callable[[], float] = time.time, bot_username: str = "komora_demo_bot"
) -> web.Application:
    """A Telegram with one bot: `token` as BotFather gives it, `now` the clock in epoch seconds."""
    world = World(token, now, bot_username)
    app, control = web.Application(), create_control()
    for one in (app, control):
        one[WORLD] = world
        one[API] = Api(world) if one is app else app[API]
    app.router.add_route("GET", "/bot{token:[^/]+}/{method}", app[API].serve)
    app.router.add_route("POST", "/bot{token:[^/]+}/{method}", app[API].serve)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", _download)
    app.add_subapp("/_control/", control)
    app.on_shutdown.append(_close)
    app.cleanup_ctx.append(_courier)
    return app


async def _download(request: web.Request) -> web.StreamResponse:
    """GET /file/bot{token}/{file_path}."""
    world = request.app[WORLD]
    if not hmac.compare_digest(request.match_info["token"].encode(), world.token.encode()):
        error = ApiError(401, "Unauthorized")
        return answer(error.code, error.body())
    stored = world.files.by_path(request.match_info["path"])
    if stored is None:
        error = ApiError(404, "Not Found")
        return answer(error.code, error.body())
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=stored.upload.content, content_type="application/octet-stream", headers=headers)


async def _close(app: web.Application) -> None:
    app[WORLD].feed.close()
    app[WORLD].mailbox.interrupt("terminated by the shutdown of the server")


async def _courier(app: web.Application) -> AsyncIterator[None]:
    yield
    app[WORLD].mailbox.close()
    await app[API].courier.close()
