"""Telegram on a loopback port, people in it, and bots to talk to."""

import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
from aiohttp import web
from pydantic import SecretStr

from bot.conversation.messenger import Desk
from integrations.telegram.adapter import TelegramMessenger
from integrations.telegram.config import TelegramSettings
from integrations.telegram.tempo import Tempo
from sandbox.telegram import create_app

Json = dict[str, Any]
TOKEN = "7100000001:AAExampleTokenOfTheAdapterTests12345"
SECRET = "a-secret_of_the_webhook"
OLYA, PETRO = 1001, 1002
MOMENT = 1_790_000_000.0
FAST = Tempo(
    long_poll=5,
    first_pause=0.01,
    longest_pause=0.05,
    conflict_pause=0.05,
    handover=3.0,
    answers=(0.01, 0.01),
    grace=3.0,
)


def now() -> datetime:
    return datetime.fromtimestamp(MOMENT, UTC)


def listening() -> tuple[socket.socket, str]:
    """A loopback port that is ours before anything serves on it."""
    taken = socket.create_server(("127.0.0.1", 0))
    return taken, f"http://127.0.0.1:{taken.getsockname()[1]}"


def listening_at(base: str) -> socket.socket:
    """The same port again."""
    return socket.create_server(("127.0.0.1", int(base.rpartition(":")[2])))


def bot_at(base: str, desk: Desk, tempo: Tempo | None = None, **settings: Any) -> TelegramMessenger:
    """A bot that is not started yet."""
    known = {"token": SecretStr(TOKEN), "api_base": base} | settings
    return TelegramMessenger(TelegramSettings(**known), desk, now=now, tempo=tempo or FAST)


async def serve(app: web.Application, at: socket.socket) -> web.AppRunner:
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.SockSite(runner, at).start()
    return runner


@dataclass(slots=True)
class World:
    """The sandbox through its control side, and everything to be stopped after a test."""

    app: web.Application
    base: str
    http: httpx.AsyncClient
    messengers: list[TelegramMessenger] = field(default_factory=list)
    runners: list[web.AppRunner] = field(default_factory=list)
    clients: list[httpx.AsyncClient] = field(default_factory=list)

    async def do(self, act: str, /, **fields: Any) -> Any:
        answer = await self.http.post(f"/_control/{act}", json=fields)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def get(self, what: str, **query: Any) -> Any:
        answer = await self.http.get(f"/_control/{what}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def call(self, method: str, **params: Any) -> Any:
        """As another program with the same token."""
        return (await self.http.post(f"/bot{TOKEN}/{method}", json=params)).json()

    async def messages(self, chat: int = OLYA) -> list[Json]:
        """What the bot wrote into the chat and is still there."""
        return [one for one in (await self.get(f"chat/{chat}"))["messages"] if not one["outgoing"]]

    async def texts(self, chat: int = OLYA) -> list[str]:
        return [one.get("text") or one.get("caption", "") for one in await self.messages(chat)]

    async def calls(self, method: str = "") -> list[Json]:
        return list(await self.get("calls", method=method))

    async def methods(self) -> list[str]:
        """What the bot called for people, in order."""
        silent = ("getMe", "deleteWebhook", "setWebhook", "getUpdates")
        return [call["method"] for call in await self.calls() if call["method"] not in silent]

    def messenger(self, desk: Desk, tempo: Tempo = FAST, **settings: Any) -> TelegramMessenger:
        messenger = bot_at(self.base, desk, tempo, **settings)
        self.messengers.append(messenger)
        return messenger

    async def polling(self, desk: Desk, tempo: Tempo = FAST) -> TelegramMessenger:
        """A bot that fetches its updates, at work."""
        messenger = self.messenger(desk, tempo)
        await messenger.start()
        return messenger

    async def webhook(self, desk: Desk, tempo: Tempo = FAST) -> "Door":
        """A bot that is brought its updates, at work."""
        taken, url = listening()
        messenger = self.messenger(desk, tempo, mode="webhook", webhook_secret=SecretStr(SECRET), public_url=url)
        app = web.Application()
        app.add_routes(messenger.routes())
        self.runners.append(await serve(app, taken))
        await messenger.start()
        door = Door(messenger, httpx.AsyncClient(base_url=url, trust_env=False))
        self.clients.append(door.http)
        return door

    async def close(self) -> None:
        for messenger in self.messengers:
            await messenger.stop()
        for client in self.clients:
            await client.aclose()
        for runner in self.runners:
            await runner.cleanup()


@dataclass(slots=True)
class Door:
    """A webhook, and a way to bring it something by hand."""

    messenger: TelegramMessenger
    http: httpx.AsyncClient

    async def post(
        self, body: str | bytes | AsyncIterator[bytes], secret: str | bytes | None = SECRET
    ) -> httpx.Response:
        known = secret.encode() if isinstance(secret, str) else secret
        headers = {} if known is None else {b"X-Telegram-Bot-Api-Secret-Token": known}
        return await self.http.post("/telegram/webhook", content=body, headers=headers)


async def open_world(at: socket.socket, base: str) -> World:
    """Telegram with two people who have started the bot."""
    app = create_app(TOKEN, now=lambda: MOMENT, bot_username="komora_bot")
    runner = await serve(app, at)
    world = World(app, base, httpx.AsyncClient(base_url=base, trust_env=False, timeout=10))
    world.runners.append(runner)
    world.clients.append(world.http)
    await populate(world)
    return world


async def populate(world: World) -> None:
    """The people's first words are read and gone before the test begins."""
    for person, name in ((OLYA, "Оля"), (PETRO, "Петро")):
        await world.do("users", id=person, first_name=name, phone=f"38050123456{person % 10}")
        await world.do("start", user=person)
    waiting = await world.get("updates")
    await world.call("getUpdates", offset=waiting[-1]["update_id"] + 1)
