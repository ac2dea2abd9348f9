"""The application: the API, the payer's pages, the control side, and the time that passes."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from aiohttp import web

from sandbox.wayforpay import api, checkout, purchase
from sandbox.wayforpay.control import control_app
from sandbox.wayforpay.control_watch import static_file
from sandbox.wayforpay.keys import MERCHANT
from sandbox.wayforpay.merchant import Merchant

LARGEST_BODY = 1024 * 1024
LOOK_EVERY = 0.5


def create_app(account: str, secret: str, *, now: Callable[[], float] = time.time) -> web.Application:
    """The gateway of one shop: `/api`, `/pay` and what the payer's browser meets, `/_control/`.

    `account` is merchantAccount, `secret` its SecretKey; `now` gives seconds since the epoch.
    """
    merchant = Merchant(account, secret, now)
    app = web.Application(client_max_size=LARGEST_BODY)
    app[MERCHANT] = merchant
    app.router.add_post("/api", api.call, name="api")
    app.router.add_post("/pay", purchase.by_form)
    app.router.add_get("/pay/get", purchase.by_link)
    for path, name in (("/page", "page"), ("/invoice/{id}", "invoice")):
        app.router.add_get(path, checkout.show, name=name)
        app.router.add_post(path, checkout.act)
    app.router.add_get("/qr/img/{id}", checkout.picture)
    app.router.add_get("/assets/{name}", static_file)
    app.add_subapp("/_control/", control_app(merchant))
    app.on_shutdown.append(_close_streams)
    app.cleanup_ctx.append(_living)
    return app


async def _close_streams(app: web.Application) -> None:
    app[MERCHANT].feed.close()


async def _living(app: web.Application) -> AsyncIterator[None]:
    merchant = app[MERCHANT]
    task = asyncio.get_running_loop().create_task(_time_passes(merchant))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    await merchant.courier.close()


async def _time_passes(merchant: Merchant) -> None:
    while True:
        merchant.gateway.tick()
        merchant.courier.send_due()
        await merchant.clock.nap(LOOK_EVERY)
