"""The application: the API, pages for people, the control side, and the director's time that passes."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from aiohttp import web

from sandbox.vchasno.acts import Acts
from sandbox.vchasno.api_company import CompanyCalls
from sandbox.vchasno.api_documents import DocumentCalls
from sandbox.vchasno.api_signing import SigningCalls
from sandbox.vchasno.api_talks import TalkCalls
from sandbox.vchasno.company import Company
from sandbox.vchasno.control import control_app
from sandbox.vchasno.office import Office
from sandbox.vchasno.pages import ROOT, address_of, page_routes
from sandbox.vchasno.uploading import LARGEST_UPLOAD
from sandbox.vchasno.wire import Wire

EDRPOU, NAME = "41870016", "ТОВ «ГастроОпт Демо»"
LOOK_EVERY = 0.2


def create_app(
    token: str,
    edrpou: str = EDRPOU,
    name: str = NAME,
    *,
    now: Callable[[], float] = time.time,
    pace: Callable[[], float] = time.monotonic,
) -> web.Application:
    """The API at `/api/v2/`, people's pages at `/app`, `/sign-sessions/`, `/shared/`, the control side at `/_control/`.

    `edrpou` and `name` are of the company whose `token` it is; `now` gives seconds since the epoch, `pace` monotonic
    ones, by which calls are counted.
    """
    own = Company(edrpou or EDRPOU, name or NAME, registered=True, email="director@gastroopt.example")
    office = Office(token, own, now)
    acts = Acts(office)
    wire = Wire(office, address_of, pace)
    app = web.Application(client_max_size=LARGEST_UPLOAD)
    app[ROOT] = app
    app.add_routes(page_routes(office, acts))
    api = web.Application(client_max_size=LARGEST_UPLOAD + 1024 * 1024, middlewares=[wire.middleware()])
    for calls in (
        TalkCalls(office, acts),
        DocumentCalls(office, acts),
        SigningCalls(office, acts),
        CompanyCalls(office),
    ):
        api.add_routes(calls.routes())
    app.add_subapp("/api/v2/", api)
    app.add_subapp("/_control/", control_app(office, acts, address_of))

    async def living(_: web.Application) -> AsyncIterator[None]:
        task = asyncio.get_running_loop().create_task(_time_passes(office, acts))
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await office.post.settled()

    app.cleanup_ctx.append(living)
    return app


async def _time_passes(office: Office, acts: Acts) -> None:
    while True:
        acts.work_of_director()
        await office.clock.nap(LOOK_EVERY)
