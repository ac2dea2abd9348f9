"""Control side: what was called, what was told, the live stream, and the files of the demo's panel."""

import asyncio
import json
from contextlib import suppress
from pathlib import Path

from aiohttp import web

from sandbox.wayforpay.merchant import Merchant

HEARTBEAT = 15.0
LONGEST_WAIT = 60.0
STATIC = Path(__file__).parent / "static"
FILES = {path.name: path for path in STATIC.iterdir() if path.suffix in (".js", ".css")}
TYPES = {".js": "text/javascript", ".css": "text/css"}


async def static_file(request: web.Request) -> web.StreamResponse:
    """A script or a style, by its exact name only."""
    path = FILES.get(request.match_info["name"])
    if path is None:
        raise web.HTTPNotFound
    headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=path.read_bytes(), content_type=TYPES[path.suffix], charset="utf-8", headers=headers)


class Watch:
    """Only looks."""

    def __init__(self, merchant: Merchant) -> None:
        self._merchant = merchant

    async def callbacks(self, request: web.Request) -> web.Response:
        wanted = request.query.get("reference")
        journal = self._merchant.courier.journal
        found = [one.view() for one in journal if wanted in (None, one.body["orderReference"])]
        return web.json_response({"callbacks": found})

    async def calls(self, request: web.Request) -> web.Response:
        return web.json_response({"calls": list(self._merchant.calls)})

    async def idle(self, request: web.Request) -> web.Response:
        """{"idle": false} when callbacks are still on their way after `seconds`."""
        try:
            patience = min(max(float(request.query.get("seconds", "5")), 0), LONGEST_WAIT)
            await asyncio.wait_for(self._merchant.courier.settled(), patience)
        except (TimeoutError, ValueError):
            return web.json_response({"idle": False})
        return web.json_response({"idle": True})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """`data:` is a JSON object with type: hello, order, callback or reset; a comment every 15 s."""
        try:
            with self._merchant.feed.watching() as watcher:
                headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
                response = web.StreamResponse(headers=headers)
                await response.prepare(request)
                await response.write(b'retry: 1000\n\ndata: {"type": "hello"}\n\n')
                with suppress(ConnectionError):
                    while (event := await watcher.next(HEARTBEAT)) is not None:
                        line = f"data: {json.dumps(event)}\n\n" if event else ": still here\n\n"
                        await response.write(line.encode())
                return response
        except OverflowError as full:
            return web.json_response({"error": str(full)}, status=429)
