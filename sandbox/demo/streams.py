"""The sandboxes' event streams over one WebSocket: a browser holds six connections to a place, and a demo has more."""

import asyncio
import json
import re
from contextlib import suppress
from functools import partial
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, WSMsgType, web
from yarl import URL

PATH = re.compile(r"/[a-z]+/_control/events(\?[^#]*)?")
AT_MOST = 32
WAITING = ClientTimeout(total=None, sock_connect=5, sock_read=60)
"""The sandboxes write a comment every 15 s."""
LONGEST = 4 * 1024 * 1024


async def streams(request: web.Request, http: ClientSession) -> web.StreamResponse:
    """Takes `{"open": id, "path": …, "last": …}` and `{"close": id}`.

    Gives `{"id", "opened": true}`, `{"id", "event", "data", "last"}`, and at the end `{"id", "ended": status}`: 200
    where the stream broke off and may be opened again.
    """
    if urlsplit(request.headers.get("Origin", "")).netloc != request.host:
        raise web.HTTPForbidden
    socket = web.WebSocketResponse(heartbeat=20, max_msg_size=4096)
    await socket.prepare(request)
    here = _here(request)
    running: dict[int, asyncio.Task[None]] = {}
    try:
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            told = json.loads(message.data)
            if "close" in told:
                if task := running.pop(told["close"], None):
                    task.cancel()
            elif PATH.fullmatch(told["path"]) and len(running) < AT_MOST and told["open"] not in running:
                relayed = _relayed(socket, http, here, told["open"], told["path"], told.get("last", ""))
                running[told["open"]] = task = asyncio.create_task(relayed)
                task.add_done_callback(partial(_forget, running, told["open"]))
    finally:
        for task in list(running.values()):
            task.cancel()
        await asyncio.gather(*running.values(), return_exceptions=True)
    return socket


def _forget(running: dict[int, asyncio.Task[None]], name: int, _: asyncio.Task[None]) -> None:
    running.pop(name, None)


async def _relayed(
    socket: web.WebSocketResponse, http: ClientSession, here: str, name: int, path: str, last: str
) -> None:
    ended = 200
    with suppress(ClientError, TimeoutError, ConnectionError):
        headers = {"Last-Event-ID": last} if last else {}
        async with http.get(URL(here + path, encoded=True), headers=headers, timeout=WAITING) as response:
            if response.status == 200:
                await socket.send_json({"id": name, "opened": True})
                kept = b""
                async for piece in response.content.iter_any():
                    *whole, kept = (kept + piece).split(b"\n\n")
                    for block in whole:
                        if event := _event(block.decode()):
                            await socket.send_json({"id": name} | event)
                    if len(kept) > LONGEST:
                        break
            ended = response.status
    with suppress(ConnectionError):
        await socket.send_json({"id": name, "ended": ended})


def _event(block: str) -> dict[str, str]:
    """Of one block of a stream; empty for a comment."""
    fields: dict[str, list[str]] = {}
    for line in block.splitlines():
        name, _, value = line.partition(":")
        fields.setdefault(name, []).append(value.removeprefix(" "))
    if "data" not in fields:
        return {}
    return {
        "event": fields.get("event", ["message"])[-1],
        "data": "\n".join(fields["data"]),
        "last": fields.get("id", [""])[-1],
    }


def _here(request: web.Request) -> str:
    """This server as it listens, whatever the request calls it."""
    assert request.transport is not None
    host, port = request.transport.get_extra_info("sockname")[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
