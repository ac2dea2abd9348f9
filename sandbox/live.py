"""Whatever arrives in an inbox, told live to those who watch: Server-Sent Events with numbers to go on from."""

import asyncio
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, Protocol

from aiohttp import web

LOOK_EVERY = 0.2
PING_EVERY = 15.0
MOST_LISTENERS = 100


class Inbox(Protocol):
    """`life` grows when it was emptied; `changed` is set, and another put in its place, when something came."""

    life: int
    changed: asyncio.Event

    def wake(self) -> None:
        """Whoever waits for `changed` looks again."""


class Live:
    """The stream of one inbox: `after(number)` gives what came after that number, each with its own."""

    def __init__(self, inbox: Inbox, after: Callable[[int], Iterable[tuple[int, Any]]], event: str = "message") -> None:
        self._inbox = inbox
        self._after = after
        self._event = event
        self._listeners = 0
        self._closing = False

    async def events(self, request: web.Request) -> web.StreamResponse:
        """All after `?after=` or `Last-Event-ID`; `reset` when the inbox was emptied."""
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
        self._inbox.wake()

    async def _stream(self, response: web.StreamResponse, after: int) -> None:
        inbox, loop = self._inbox, asyncio.get_running_loop()
        life, pinged = inbox.life, loop.time()
        await response.write(b": here\n\n")
        while not self._closing:
            changed = inbox.changed
            if life != inbox.life:
                life = inbox.life
                await response.write(b"event: reset\ndata: {}\n\n")
            for number, shown in self._after(after):
                after = number
                data = json.dumps(shown, ensure_ascii=False)
                await response.write(f"id: {number}\nevent: {self._event}\ndata: {data}\n\n".encode())
            if loop.time() - pinged > PING_EVERY:
                pinged = loop.time()
                await response.write(b": still here\n\n")
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await changed.wait()
