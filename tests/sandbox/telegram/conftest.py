"""A Telegram sandbox on loopback, reached as the bot (raw or through aiogram) and as the person."""

import ssl
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import web

from sandbox.telegram import create_app

Json = dict[str, Any]
TOKEN = "7100000001:AAExampleTokenOfTheDemonstration12"
USER = 1001
TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Clock:
    """A time that stands still until it is told to move."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


class Telegram:
    """The sandbox: `call` as the bot, `do` and `get` through the control side."""

    def __init__(self, http: httpx.AsyncClient, base: str, clock: Clock) -> None:
        self.http, self.base, self.clock = http, base, clock

    async def call(self, method: str, /, *, files: Any = None, token: str = TOKEN, **params: Any) -> Json:
        """The whole answer of a method; parameters go as JSON, or as a form when there are files."""
        body = {"data": params, "files": files} if files else {"json": params}
        answer = await self.http.post(f"/bot{token}/{method}", **body)
        told = dict(answer.json())
        assert answer.status_code == told.get("error_code", 200)
        return told

    async def result(self, method: str, /, **params: Any) -> Any:
        told = await self.call(method, **params)
        assert told["ok"], told
        return told["result"]

    async def refusal(self, method: str, /, **params: Any) -> str:
        told = await self.call(method, **params)
        assert not told["ok"], told
        return f"{told['error_code']} {told['description']}"

    async def send(self, text: str = "Вітаємо", **params: Any) -> Json:
        return dict(await self.result("sendMessage", **{"chat_id": USER, "text": text} | params))

    async def do(self, act: str, /, *, refused: int = 200, **fields: Any) -> Any:
        answer = await self.http.post(f"/_control/{act}", json=fields)
        assert answer.status_code == refused, answer.text
        return answer.json()

    async def get(self, what: str, **query: Any) -> Any:
        answer = await self.http.get(f"/_control/{what}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def chat(self, chat: int = USER) -> Json:
        return dict(await self.get(f"chat/{chat}"))

    async def last(self, chat: int = USER) -> Json:
        return dict((await self.chat(chat))["messages"][-1])

    async def updates(self, **params: Any) -> list[Json]:
        return list(await self.result("getUpdates", **params))

    async def group(self, **fields: Any) -> int:
        return int((await self.do("chats", **{"title": "Менеджери", "members": [USER]} | fields))["id"])


async def serve(app: web.Application) -> tuple[web.AppRunner, str]:
    """Start an application on a free loopback port."""
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    return runner, f"http://{host}:{port}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def empty(clock: Clock) -> AsyncIterator[Telegram]:
    """A sandbox mounted under a prefix as the demo mounts it, without people."""
    outer = web.Application()
    outer.add_subapp("/telegram", create_app(TOKEN, now=clock))
    runner, base = await serve(outer)
    async with httpx.AsyncClient(base_url=f"{base}/telegram", trust_env=False, verify=TLS) as http:
        yield Telegram(http, f"{base}/telegram", clock)
    await runner.cleanup()


@pytest.fixture
async def stranger(empty: Telegram) -> Telegram:
    """One person has an account and has not met the bot."""
    await empty.do("users", id=USER, first_name="Олена", last_name="Коваль", username="olena", phone="380671112233")
    return empty


@pytest.fixture
async def telegram(stranger: Telegram) -> Telegram:
    """The person has started the bot; the bot has taken that update."""
    await stranger.do("start", user=USER)
    await stranger.updates()
    await stranger.updates(offset=700_000_002)
    return stranger


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    """aiogram's client, a foreign one."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.base))
    bot = Bot(TOKEN, session=session)
    yield bot
    await session.close()
