"""The demo: one page with the phones and the inbox, over the sandboxes of the outside world."""

from collections.abc import AsyncIterator, Mapping, Sequence

from aiohttp import ClientSession, web

from sandbox.demo.clock_routes import ClockRoutes
from sandbox.demo.moving import MovedTime
from sandbox.demo.page import HTTP, STATIC, Page
from sandbox.demo.people import GROUPS, PLAIN_GROUPS, DemoPerson, Group, seed

__all__ = ["GROUPS", "PLAIN_GROUPS", "DemoPerson", "Group", "MovedTime", "create_app", "seed"]


def create_app(
    sandboxes: Mapping[str, web.Application],
    *,
    product_url: str,
    company: str,
    people: Sequence[DemoPerson] = (),
    groups: Sequence[Group] = (),
    clock: MovedTime | None = None,
) -> web.Application:
    """The page at `/`, each sandbox under `/{name}/`.

    `product_url` is where the product answers `/readyz`; `people` and the staff's groups are to be created by `seed`
    once the port is open. `clock` is the time by which the sandboxes were made.
    """
    page = Page(list(sandboxes), product_url, company, people, groups)
    app = web.Application()
    app.router.add_get("/", page.index)
    app.router.add_get("/_demo/config", page.config)
    app.router.add_get("/_demo/health", page.health)
    app.router.add_get("/_demo/streams", page.streams)
    time = ClockRoutes(clock or MovedTime())
    app.router.add_get("/_demo/clock", time.show)
    app.router.add_post("/_demo/clock", time.move)
    app.router.add_static("/_demo/static", STATIC)
    app.cleanup_ctx.append(_http)
    app.on_response_prepare.append(page.protect)
    for name, sandbox in sandboxes.items():
        app.add_subapp(f"/{name}/", sandbox)
    return app


async def _http(app: web.Application) -> AsyncIterator[None]:
    async with ClientSession() as session:
        app[HTTP] = session
        yield
