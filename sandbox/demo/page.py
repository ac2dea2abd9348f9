"""The demo page: its files, its settings as JSON, its security headers."""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import ClientSession, web

from sandbox.demo.people import DemoPerson, Group
from sandbox.demo.readiness import Readiness
from sandbox.demo.streams import streams

STATIC = Path(str(files("sandbox.demo") / "static"))
HTTP = web.AppKey("http", ClientSession)


class Page:
    """Serves `/`, `/_demo/config`, `/_demo/health`, `/_demo/streams` and `/_demo/static/`."""

    def __init__(
        self,
        names: Sequence[str],
        product_url: str,
        company: str,
        people: Sequence[DemoPerson],
        groups: Sequence[Group] = (),
    ) -> None:
        self._groups = {group.desk: group.as_json() for group in groups}
        self._names = names
        self._product_url = product_url
        self._company = company
        self._people = people
        self._readiness = Readiness(product_url)
        self._policy = content_policy(product_url)

    async def index(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(STATIC / "index.html")

    async def config(self, request: web.Request) -> web.Response:
        modules = [f"/_demo/static/panels/{path.name}" for path in sorted((STATIC / "panels").glob("*.js"))]
        return web.json_response(
            {
                "company": self._company,
                "product_url": self._product_url,
                "people": [one.as_json() for one in self._people],
                "panels": list(self._names),
                "groups": self._groups,
                "modules": modules,
            }
        )

    async def health(self, request: web.Request) -> web.Response:
        return web.json_response({"state": await self._readiness.state(request.app[HTTP])})

    async def streams(self, request: web.Request) -> web.StreamResponse:
        return await streams(request, request.app[HTTP])

    async def protect(self, request: web.Request, response: web.StreamResponse) -> None:
        """Headers of the page itself; the sandboxes' answers stay as the real systems give them."""
        if len(request.match_info.apps) == 1:
            response.headers["Content-Security-Policy"] = self._policy
            response.headers["X-Content-Type-Options"] = "nosniff"
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["Cache-Control"] = "no-cache"


def content_policy(product_url: str) -> str:
    """Everything from this server alone; pictures from the product too, for the bot sends them."""
    parts = urlsplit(product_url)
    product = f"{parts.scheme}://{parts.netloc}"
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' data: blob: {product}",
            "media-src 'self' blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "frame-src 'self'",
            "form-action 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )
