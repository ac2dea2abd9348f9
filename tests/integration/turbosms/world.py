"""The provider's sandbox, our side of it, and what our side was told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
from aiohttp import web
from pydantic import SecretStr

from bot.domain.sms import SmsReport
from integrations.turbosms import CALLBACK, TurboSms, TurboSmsSettings, TurboSmsWebhook
from sandbox.turbosms import create_app
from tests.support.loopback import NO_TLS, door, serving

TOKEN = "t0ken-of-the-tests-9f8e7d6c5b4a3210"
SECRET = "s3cret"
PHONE = "+380671234567"
Json = dict[str, Any]


def settings(address: str = "https://api.turbosms.ua", **changes: Any) -> TurboSmsSettings:
    said: Json = {
        "token": SecretStr(TOKEN),
        "sender": "Komora",
        "viber_sender": "Komora",
        "secret": SecretStr(SECRET),
        "base_url": address,
    }
    return TurboSmsSettings(**said | changes)


@dataclass
class Desk:
    """What our side was told, and how often it fails to keep it."""

    told: list[tuple[str, SmsReport]] = field(default_factory=list)
    failing: int = 0

    async def take(self, message_id: str, report: SmsReport) -> None:
        if self.failing:
            self.failing -= 1
            raise OSError("the books are closed")
        self.told.append((message_id, report))


@dataclass
class World:
    """Both sides; `acts` is the control side's."""

    address: str
    ours: str
    http: httpx.AsyncClient
    desk: Desk
    sms: TurboSms

    async def acts(self, act: str, **said: Any) -> Json:
        answer = await self.http.post(f"{self.address}/_control/{act}", json=said)
        return dict(answer.raise_for_status().json())

    async def looks(self, what: str, **query: str) -> list[Json]:
        answer = await self.http.get(f"{self.address}/_control/{what}", params=query)
        return list(answer.raise_for_status().json()[{"inbox": "messages"}.get(what, what)])

    async def passes(self, seconds: float) -> None:
        """Time passes there, and what it tells arrives."""
        await self.acts("clock", advance=seconds)
        await self.idle()

    async def idle(self) -> None:
        assert (await self.http.get(f"{self.address}/_control/idle")).json() == {"idle": True}

    async def tells(self, raw: bytes, **headers: str) -> httpx.Response:
        return await self.http.post(f"{self.ours}{CALLBACK}", content=raw, headers=headers)


def now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def opened(http: httpx.AsyncClient, *, patience: float = 15, **changes: Any) -> AsyncIterator[World]:
    taken, ours = door()
    desk = Desk()
    async with serving(create_app(TOKEN, SECRET)) as address:
        known = settings(address, **changes)
        app = web.Application()
        app.add_routes(TurboSmsWebhook(known, desk.take, now).routes())
        async with serving(app, taken):
            world = World(address, ours, http, desk, TurboSms(known, http, patience))
            await world.acts("settings", callback_url=f"{ours}{CALLBACK}")
            try:
                yield world
            finally:
                await world.idle()


@asynccontextmanager
async def answering(**answer: Any) -> AsyncIterator[tuple[TurboSms, list[Json]]]:
    """A provider that says one thing to everything; what it was asked is kept."""
    asked: list[Json] = []

    async def answered(request: web.Request) -> web.Response:
        asked.append(await request.json())
        return web.Response(**answer)

    app = web.Application()
    app.router.add_post("/{module}/{method}.json", answered)
    async with serving(app) as address, httpx.AsyncClient(verify=NO_TLS, follow_redirects=True) as http:
        yield TurboSms(settings(address), http), asked
