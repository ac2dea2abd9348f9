"""The whole way of a tap: a messenger's sandbox, our adapter and web server, the office; all on loopback."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import httpx
from aiohttp import web
from pydantic import SecretStr

import sandbox.telegram
import sandbox.viber
from integrations import viber
from integrations.telegram import TelegramSettings
from integrations.telegram.adapter import TelegramMessenger
from integrations.telegram.tempo import Tempo
from integrations.viber import ViberSettings
from tests.bench.unlimited import unlimited
from tests.support.chat import Line, Talker
from tests.support.desk import Office
from tests.support.loopback import client, door, serving
from tests.support.telegram_line import TelegramLine
from tests.support.viber_line import ViberLine

TELEGRAM_TOKEN = "7100000001:AAExampleTokenOfTheWiresTests1234567"
VIBER_TOKEN = "0123456789abcdef-0123456789abcdef-fedcba9876543210"
SECRET = "a-secret_of_the_webhook"
QUICK = Tempo(long_poll=5, first_pause=0.01, longest_pause=0.05, answers=(0.01, 0.01), grace=3.0)


class WireLine(Line, Protocol):
    """A line that holds a stream of its sandbox open."""

    async def close(self) -> None: ...


@dataclass
class Wire:
    """An office reached through a messenger. `proves_phones`: whether the messenger vouches for a shared phone."""

    channel: str
    proves_phones: bool
    office: Office
    http: httpx.AsyncClient
    sandbox: str
    connect: Callable[[Any], WireLine]
    lines: list[WireLine] = field(default_factory=list)

    async def person(self, name: str, phone: str = "") -> Talker:
        """Somebody with this messenger who has not met the bot."""
        given = {"first_name": name} if self.channel == "telegram" else {"name": name}
        added = await self.control("users", **given, **({"phone": phone} if phone else {}))
        line = self.connect(added["id"])
        self.lines.append(line)
        return Talker(line)

    async def control(self, what: str, **fields: Any) -> Any:
        answer = await self.http.post(f"{self.sandbox}/_control/{what}", json=fields)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()

    async def close(self) -> None:
        for line in self.lines:
            await line.close()


@asynccontextmanager
async def over_telegram(office: Office, mode: Literal["polling", "webhook"]) -> AsyncIterator[Wire]:
    """Limits of sending are off on both sides: they are not what a scenario is about."""
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(client())
        here = await stack.enter_async_context(
            serving(sandbox.telegram.create_app(TELEGRAM_TOKEN, now=lambda: office.clock().timestamp()))
        )
        ours, public = door()
        settings = TelegramSettings(
            token=SecretStr(TELEGRAM_TOKEN), api_base=here, mode=mode, webhook_secret=SecretStr(SECRET),
            public_url=public,
        )  # fmt: skip
        messenger = TelegramMessenger(settings, office.pipeline, now=office.clock, tempo=QUICK)
        unlimited(messenger)
        stack.push_async_callback(messenger.stop)
        app = web.Application()
        app.add_routes(messenger.routes())
        await stack.enter_async_context(serving(app, ours))
        await messenger.start()
        wire = Wire("telegram", True, office, http, here, lambda user: TelegramLine(http, here, user))
        stack.push_async_callback(wire.close)
        await wire.control("limits", enabled=False)
        yield wire


@asynccontextmanager
async def over_viber(office: Office) -> AsyncIterator[Wire]:
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(client())
        here = await stack.enter_async_context(
            serving(sandbox.viber.create_app(VIBER_TOKEN, now=lambda: office.clock().timestamp()))
        )
        ours, public = door()
        settings = ViberSettings(token=SecretStr(VIBER_TOKEN), api_base=f"{here}/pa", public_url=public)
        messenger = viber.connect(settings, office.pipeline, http, now=office.clock)
        stack.push_async_callback(messenger.stop)
        app = web.Application()
        app.add_routes(messenger.routes())
        await messenger.start()
        await stack.enter_async_context(serving(app, ours))
        await messenger.register()
        wire = Wire("viber", False, office, http, here, lambda user: ViberLine(http, here, user))
        stack.push_async_callback(wire.close)
        yield wire
