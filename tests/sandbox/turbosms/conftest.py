"""The provider's sandbox served over loopback, with a clock of its own and a client that asks by hand."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from sandbox.turbosms import create_app

TOKEN, SECRET = "0123456789abcdef", "s3cret"
START = 1_767_225_600.0  # 2026-01-01 02:00:00 in Kyiv
PHONE = "380671234567"
Json = dict[str, Any]


@dataclass
class Provider:
    """One account at the served sandbox."""

    http: httpx.AsyncClient

    async def post(self, method: str, body: Json, token: str = TOKEN) -> Json:
        answer = await self.http.post(f"/{method}.json", json=body, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200
        return dict(answer.json())

    async def send(self, phone: str = PHONE, text: str = "Вітаємо", **more: Any) -> Json:
        return await self.post(
            "message/send", {"recipients": [phone], "sms": {"sender": "Komora", "text": text}, **more}
        )

    async def hybrid(self, phone: str = PHONE, text: str = "Вітаємо", ttl: Any = 60, **more: Any) -> Json:
        return await self.send(phone, text, viber={"sender": "Komora", "text": text, "ttl": ttl}, **more)

    async def sent_id(self, phone: str = PHONE, text: str = "Вітаємо", **more: Any) -> str:
        return str((await self.send(phone, text, **more))["response_result"][0]["message_id"])

    async def status(self, id: str) -> Json:
        return dict((await self.post("message/status", {"messages": [id]}))["response_result"][0])

    async def balance(self) -> float:
        return float((await self.post("user/balance", {}))["response_result"]["balance"])

    async def control(self, path: str, **wanted: Any) -> Json:
        answer = await self.http.post(f"/_control/{path}", json=wanted)
        assert answer.status_code == 200
        return dict(answer.json())

    async def looks(self, path: str, name: str = "", **query: str) -> list[Json]:
        return list((await self.http.get(f"/_control/{path}", params=query)).json()[name or path])

    async def inbox(self, **query: str) -> list[Json]:
        return await self.looks("inbox", "messages", **query)

    async def passes(self, seconds: float) -> None:
        await self.control("clock", advance=seconds)
        assert (await self.http.get("/_control/idle")).json() == {"idle": True}


@dataclass
class Customer:
    """Who is called back: what came, and what is answered to it."""

    url: str = ""
    came: list[Json] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        is_json = request.content_type == "application/json"
        self.came.append(await request.json() if is_json else dict(await request.post()))
        return web.Response(status=self.answers.pop(0) if self.answers else 200)


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    server = TestServer(create_app(TOKEN, SECRET, now=lambda: START))
    await server.start_server()
    async with httpx.AsyncClient(base_url=str(server.make_url("/")), trust_env=False, timeout=5) as http:
        yield Provider(http)
    await server.close()


@pytest.fixture
async def customer(provider: Provider) -> AsyncIterator[Customer]:
    customer = Customer()
    app = web.Application()
    app.router.add_post("/turbosms/callback", customer.take)
    server = TestServer(app)
    await server.start_server()
    customer.url = str(server.make_url("/turbosms/callback"))
    await provider.control("settings", callback_url=customer.url)
    yield customer
    await server.close()
