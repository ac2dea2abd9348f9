"""AtomPark from the other side: SMS API 3.0 with phones that receive, on one machine."""

import time
from collections.abc import Callable

from aiohttp import web

from sandbox.atompark.account import Account
from sandbox.atompark.control import control_app
from sandbox.atompark.wire import Wire

MAX_BODY = 1024 * 1024


def create_app(public_key: str, private_key: str, *, now: Callable[[], float] = time.time) -> web.Application:
    """The provider at `/sms/3.0/{action}` (the setting is that folder's address), its control side at `/_control/`.

    `now` gives seconds since the epoch.
    """
    wire = Wire(public_key, private_key, Account(now))
    app = web.Application(client_max_size=MAX_BODY)
    for path in ("/sms/3.0/{action}", "/api/sms/3.0/{action}"):
        app.router.add_get(path, wire.handle)
        app.router.add_post(path, wire.handle)
    app.add_subapp("/_control/", control_app(wire))
    return app
