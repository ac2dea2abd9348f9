"""Control side: what the phones show, what was called and told, and the live stream."""

import asyncio
import json
from contextlib import suppress

from aiohttp import web

from sandbox.turbosms.provider import Provider

LOOK_EVERY = 0.2
PING_EVERY = 15.0
MOST_LISTENERS = 64
LONGEST_WAIT = 60.0


class Watch:
    """Only looks."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._account = provider.account
        self._listeners = 0
        self._closing = False

    async def inbox(self, request: web.Request) -> web.Response:
        self._account.tick()
        found = self._account.inbox.messages(phone=request.query.get("phone"))
        return web.json_response({"messages": [one.as_json() for one in found]})

    async def calls(self, request: web.Request) -> web.Response:
        return web.json_response({"calls": list(self._provider.wire.calls)})

    async def callbacks(self, request: web.Request) -> web.Response:
        wanted = request.query.get("message_id")
        views = [one.view() for one in self._provider.courier.journal]
        return web.json_response({"callbacks": [one for one in views if wanted in (None, one["data"]["message_id"])]})

    async def idle(self, request: web.Request) -> web.Response:
        """{"idle": false} when callbacks are still on their way after `seconds`."""
        try:
            patience = min(max(float(request.query.get("seconds", "5")), 0), LONGEST_WAIT)
            await asyncio.wait_for(self._provider.courier.settled(), patience)
        except (TimeoutError, ValueError):
            return web.json_response({"idle": False})
        return web.json_response({"idle": True})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """`message` for every message after `after` or `Last-Event-ID`; `reset` when the phones were emptied."""
        if self._listeners >= MOST_LISTENERS:
            raise web.HTTPServiceUnavailable(text="Too many listeners")
        after = request.headers.get("Last-Event-ID") or request.query.get("after", "0")
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        self._listeners += 1
        try:
            await response.prepare(request)
            with suppress(ConnectionError):
                await self._stream(response, int(after) if after.isdecimal() and len(after) < 16 else 0)
        finally:
            self._listeners -= 1
        return response

    async def close(self, app: web.Application) -> None:
        """Ends the open streams, so that the server stops at once."""
        self._closing = True
        self._account.inbox.wake()

    async def _stream(self, response: web.StreamResponse, after: int) -> None:
        inbox, loop = self._account.inbox, asyncio.get_running_loop()
        life, pinged = inbox.life, loop.time()
        await response.write(b": here\n\n")
        while not self._closing:
            if life != inbox.life:
                life = inbox.life
                await response.write(b"event: reset\ndata: {}\n\n")
            for one in inbox.messages(after=after):
                after = one.id
                data = json.dumps(one.as_json(), ensure_ascii=False)
                await response.write(f"id: {one.id}\nevent: message\ndata: {data}\n\n".encode())
            if loop.time() - pinged > PING_EVERY:
                pinged = loop.time()
                await response.write(b": still here\n\n")
            with suppress(TimeoutError):
                await asyncio.wait_for(inbox.changed.wait(), LOOK_EVERY)
