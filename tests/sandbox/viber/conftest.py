"""A Viber sandbox on loopback, a bot behind its webhook, and a hand on the control side."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from aiohttp import web

from sandbox.viber import create_app

Json = dict[str, Any]
TLS = ssl.create_default_context()
TOKEN = "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9"


class Bot:
    """The webhook of a bot: keeps what it hears, answers what it was told to."""

    def __init__(self) -> None:
        self.heard: list[Json] = []
        self.requests: list[tuple[str, str, bytes]] = []
        self.answers: list[tuple[int, Any]] = []
        self.slow = 0.0
        self.url = ""

    async def hook(self, request: web.Request) -> web.Response:
        raw = await request.read()
        self.requests.append((request.headers["X-Viber-Content-Signature"], request.query["sig"], raw))
        self.heard.append(json.loads(raw))
        await asyncio.sleep(self.slow)
        status, body = self.answers.pop(0) if self.answers else (200, None)
        return web.Response(status=status, text=json.dumps(body) if body is not None else "")

    def events(self, kind: str) -> list[Json]:
        return [event for event in self.heard if event["event"] == kind]


class Viber:
    """The sandbox as the bot (`call`) and as the person (`do`, `get`) reach it."""

    def __init__(self, http: httpx.AsyncClient, base: str) -> None:
        self.http, self.base = http, base

    async def call(self, method: str, body: Json | None = None, token: str = TOKEN) -> Json:
        answer = await self.http.post(f"/pa/{method}", json=body or {}, headers={"X-Viber-Auth-Token": token})
        assert answer.status_code == 200
        return dict(answer.json())

    async def send(self, user: str, **message: Any) -> Json:
        text = {"receiver": user, "type": "text", "text": "Вітаємо", "sender": {"name": "Комора"}}
        return await self.call("send_message", text | message)

    async def do(self, act: str, **fields: Any) -> Any:
        answer = await self.http.post(f"/_control/{act}", json=fields)
        assert answer.status_code == 200, answer.text
        await self.idle()
        return answer.json()

    async def get(self, what: str, **query: str) -> Any:
        answer = await self.http.get(f"/_control/{what}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def idle(self) -> None:
        assert (await self.http.get("/_control/idle")).json() == {"idle": True}

    async def person(self, **fields: Any) -> str:
        return str((await self.do("users", **fields))["id"])

    async def subscriber(self, **fields: Any) -> str:
        user = await self.person(**fields)
        await self.do("say", user=user, text="привіт")
        return user

    async def texts(self, user: str) -> list[str]:
        return [message["text"] for message in (await self.get("chat", user=user))["messages"]]


async def serve(app: web.Application) -> tuple[web.AppRunner, str]:
    """Start an application on a free loopback port."""
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    return runner, f"http://{host}:{port}"


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    bot, app = Bot(), web.Application()
    app.router.add_post("/viber/webhook", bot.hook)
    runner, base = await serve(app)
    bot.url = f"{base}/viber/webhook"
    yield bot
    await runner.cleanup()


@pytest.fixture
async def bare() -> AsyncIterator[Viber]:
    """A sandbox without a webhook, mounted under a prefix as the demo mounts it."""
    outer = web.Application()
    outer.add_subapp("/viber", create_app(TOKEN))
    runner, base = await serve(outer)
    async with httpx.AsyncClient(base_url=f"{base}/viber", trust_env=False, verify=TLS) as http:
        yield Viber(http, f"{base}/viber")
    await runner.cleanup()


@pytest.fixture
async def viber(bare: Viber, bot: Bot) -> Viber:
    """A sandbox whose bot hears everything."""
    assert (await bare.call("set_webhook", {"url": bot.url, "send_name": True}))["status"] == 0
    bot.heard.clear()
    bot.requests.clear()
    return bare
