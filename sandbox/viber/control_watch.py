"""Control side: the logs of calls and callbacks, and the live stream of changes."""

import asyncio
import json
from contextlib import suppress
from typing import Any

from aiohttp import web

from sandbox.viber.acting import Impossible
from sandbox.viber.asked import Asked
from sandbox.viber.keys import WORLD

HEARTBEAT = 15.0
LONGEST_WAIT = 60.0


async def list_calls(asked: Asked) -> Any:
    return list(asked.world.calls)


async def clear_calls(asked: Asked) -> Any:
    asked.world.calls.clear()
    return []


async def list_callbacks(asked: Asked) -> Any:
    event = asked.optional_text("event")
    user = asked.person().id if asked.has("user") else None
    log = asked.world.courier.log
    return [one.view() for one in log if event in (None, one.event) and user in (None, one.user)]


async def repeat(asked: Asked) -> Any:
    callback = asked.world.courier.repeat(asked.person().id)
    if callback is None:
        raise Impossible("the person has not done anything yet")
    return {"ok": True, "callback": callback.view()}


async def clear_callbacks(asked: Asked) -> Any:
    asked.world.courier.log.clear()
    return []


async def wait_until_idle(asked: Asked) -> Any:
    """{"idle": false} when callbacks are still on their way after `seconds`."""
    try:
        patience = min(max(float(asked.text("seconds", "5")), 0), LONGEST_WAIT)
        await asyncio.wait_for(asked.world.courier.settled(), patience)
    except (TimeoutError, ValueError):
        return {"idle": False}
    return {"idle": True}


async def stream(request: web.Request) -> web.StreamResponse:
    """Server-Sent Events: `data:` is a JSON object with type and user; a comment every 15 s keeps the line alive."""
    user = request.query.get("user")
    feed = request.app[WORLD].feed
    try:
        with feed.watching(user.replace(" ", "+") if user else None) as watcher:
            headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
            response = web.StreamResponse(headers=headers)
            await response.prepare(request)
            await response.write(b'retry: 1000\n\ndata: {"type": "hello"}\n\n')
            with suppress(ConnectionError):
                while (event := await watcher.next(HEARTBEAT)) is not None:
                    line = f"data: {json.dumps(event, ensure_ascii=False)}\n\n" if event else ": still here\n\n"
                    await response.write(line.encode())
            return response
    except OverflowError as full:
        return web.json_response({"error": str(full)}, status=429)
