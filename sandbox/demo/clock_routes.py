"""The demo's time over HTTP: what it is, and moving it forward."""

import json
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.demo.moving import MovedTime


class ClockRoutes:
    """GET and POST /_demo/clock."""

    def __init__(self, clock: MovedTime) -> None:
        self._clock = clock

    async def show(self, request: web.Request) -> web.Response:
        return web.json_response({"now": self._clock(), "ahead": self._clock.ahead})

    async def move(self, request: web.Request) -> web.Response:
        """Takes {"advance": seconds} or {"to": "morning"}."""
        origin = request.headers.get("Origin")
        if request.content_type != "application/json" or (origin and urlsplit(origin).netloc != request.host):
            raise web.HTTPForbidden
        try:
            self._moved(await request.json())
        except (ValueError, TypeError, KeyError, json.JSONDecodeError):
            raise web.HTTPBadRequest(text='{"advance": seconds} or {"to": "morning"} is expected') from None
        return await self.show(request)

    def _moved(self, asked: Any) -> None:
        if asked == {"to": "morning"}:
            self._clock.to_morning()
        else:
            self._clock.advance(float(asked["advance"]))
