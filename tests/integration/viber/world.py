"""Both sides of Viber on loopback: our web server with the adapter, and the sandbox with the people."""

import hashlib
import hmac
import json
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from aiohttp import web
from pydantic import SecretStr

from integrations.viber import ViberMessenger, ViberSettings, connect
from tests.integration.viber.desk import Inbox, RecordingDesk

TOKEN = "0123456789abcdef-0123456789abcdef-0123456789abcdef"
Json = dict[str, Any]
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Loopback is plain HTTP: reading the system's certificates for every client would be most of a test's time."""


class Watch:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, by: timedelta) -> None:
        self.moment += by


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[str]:
    """The address of an application on a free loopback port."""
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def signed(body: bytes) -> str:
    return hmac.new(TOKEN.encode(), body, hashlib.sha256).hexdigest()


@dataclass
class Bot:
    """One process of ours: the adapter behind a web server."""

    desk: RecordingDesk
    messenger: ViberMessenger
    address: str
    http: httpx.AsyncClient

    async def receives(self, callback: Json) -> httpx.Response:
        """A callback as Viber makes it."""
        return await self.receives_raw(json.dumps(callback).encode())

    async def receives_raw(self, body: bytes, signature: str | None = None) -> httpx.Response:
        headers = {"X-Viber-Content-Signature": signature or signed(body)}
        return await self.http.post(f"{self.address}/viber/webhook", content=body, headers=headers)


@asynccontextmanager
async def running_bot(
    viber: str, watch: Watch, *, inbox: Inbox | None = None, routes: Sequence[web.RouteDef] = (), **changes: Any
) -> AsyncIterator[Bot]:
    """Started and listening, not registered at Viber; `routes` are served beside the webhook."""
    desk = RecordingDesk(inbox)
    app = web.Application()
    async with httpx.AsyncClient(verify=NO_TLS) as http, serving_late(app) as (listen, address):
        settings = {"token": SecretStr(TOKEN), "api_base": f"{viber}/pa", "public_url": address} | changes
        messenger = connect(ViberSettings(**settings), desk, http, now=watch)
        app.add_routes([*messenger.routes(), *routes])
        await messenger.start()
        await listen()
        yield Bot(desk, messenger, address, http)
        desk.gate.set()
        await messenger.stop()


@asynccontextmanager
async def serving_late(app: web.Application) -> AsyncIterator[tuple[Callable[[], Awaitable[None]], str]]:
    """A server whose address is known before it listens."""
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    door = socket.create_server(("127.0.0.1", 0))

    async def listen() -> None:
        await runner.setup()
        await web.SockSite(runner, door).start()

    try:
        yield listen, f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        await runner.cleanup()
        door.close()


@dataclass
class Phone:
    """The people's side: what they do and what they see, through the sandbox's control."""

    address: str
    http: httpx.AsyncClient
    person: Json = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.person["id"])

    async def does(self, what: str, **fields: Any) -> Json:
        """`wait`s for the first answer of the bot."""
        return await self._post(what, {"user": self.id, "wait": True} | fields)

    async def set(self, what: str, **fields: Any) -> Json:
        return await self._post(what, fields)

    async def sees(self) -> Json:
        """The chat: messages and the keyboard."""
        return dict(await self._get("chat", {"user": self.id}))

    async def texts(self) -> list[str]:
        return [one["text"] for one in (await self.sees())["messages"] if one["from"] == "bot"]

    async def calls(self, endpoint: str = "send_message") -> list[Json]:
        return [one for one in await self._get("calls", {}) if one["endpoint"] == endpoint]

    async def callbacks(self, event: str) -> list[Json]:
        await self._get("idle", {})
        return list(await self._get("callbacks", {"event": event}))

    async def _get(self, what: str, query: dict[str, str]) -> Any:
        return (await self.http.get(f"{self.address}/_control/{what}", params=query)).raise_for_status().json()

    async def _post(self, what: str, body: Json) -> Json:
        answer = await self.http.post(f"{self.address}/_control/{what}", json=body)
        return dict(answer.raise_for_status().json())
