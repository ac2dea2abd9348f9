"""Control side: what the phones show, what was called and told, and the live stream."""

import asyncio

from aiohttp import web

from sandbox.live import Live
from sandbox.turbosms.provider import Provider

LONGEST_WAIT = 60.0


class Watch:
    """Only looks."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._account = provider.account
        inbox = self._account.inbox
        self.live = Live(inbox, lambda after: ((one.id, one.as_json()) for one in inbox.messages(after=after)))

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
