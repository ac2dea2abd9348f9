"""The whole way of a tap: a messenger's sandbox, our adapter and web server, the office; all on loopback."""

import asyncio
import base64
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx
from aiohttp import web
from pydantic import SecretStr

import sandbox.telegram
import sandbox.viber
from bot.conversation.event import File
from bot.db.books import Books
from bot.jobs.telling import Desk
from bot.ports import SmsSender
from bot.web.files import file_routes
from integrations import viber
from integrations.telegram import TelegramSettings
from integrations.telegram.adapter import TelegramMessenger
from integrations.telegram.tempo import Tempo
from integrations.viber import ViberSettings
from tests.bench.unlimited import unlimited
from tests.scenarios.backroom import Backroom
from tests.support.accounting import Ledger
from tests.support.chat import Talker
from tests.support.desk import Clock, Office
from tests.support.loopback import PATIENCE, client, door, serving
from tests.support.telegram_line import TelegramLine
from tests.support.viber_line import ViberLine
from tests.support.wholesaler import uid

TELEGRAM_TOKEN = "7100000001:AAExampleTokenOfTheWiresTests1234567"
VIBER_TOKEN = "0123456789abcdef-0123456789abcdef-fedcba9876543210"
SECRET = "a-secret_of_the_webhook"
QUICK = Tempo(long_poll=5, first_pause=0.01, longest_pause=0.05, answers=(0.01, 0.01), grace=3.0)
WireLine = TelegramLine | ViberLine


class CodeTyper(Talker):
    """Viber vouches for no phone: whoever shares one types the code from the SMS as well."""

    def __init__(self, line: WireLine, code: Callable[[str], str]) -> None:
        super().__init__(line)
        self._code = code

    async def shares_phone(self, phone: str) -> None:
        await super().shares_phone(phone)
        if "SMS" in self.screen.text:
            await self.writes(self._code(phone))


@dataclass
class WireWorld:
    """People who reach the office through a messenger."""

    office: Office
    http: httpx.AsyncClient
    sandbox: str
    new_person: Callable[["WireWorld", str], Talker]
    quiet: Callable[["WireWorld"], Awaitable[bool]]
    backroom: Backroom
    people: dict[str, Talker] = field(default_factory=dict)

    @property
    def clock(self) -> Clock:
        return self.office.clock

    @property
    def books(self) -> Books:
        return self.office.books

    def person(self, name: str) -> Talker:
        if name not in self.people:
            self.people[name] = self.new_person(self, name)
        return self.people[name]

    def sms_code(self, phone: str) -> str:
        texts = [text for to, text in self.office.sms.sent if to == phone]
        assert texts, f"no SMS went to {phone}"
        code = re.search(r"\d{6}", texts[-1])
        assert code, texts[-1]
        return code[0]

    async def invite(self, name: str) -> str:
        return await self.office.app.joining.invite(uid(name))

    async def forward_contact(self, person: Talker, phone: str) -> None:
        person.screen = await _line(person).forward_contact(phone)

    async def again(self, person: Talker) -> None:
        await _line(person).post("repeat")
        async with asyncio.timeout(PATIENCE):
            while not await self.quiet(self):  # noqa: ASYNC110 the other side is asked
                await asyncio.sleep(0.01)

    async def hears(self, person: Talker) -> None:
        await self.backroom.works()
        person.screen = await _line(person).look()

    async def control(self, what: str, **query: Any) -> Any:
        return (await self.http.get(f"{self.sandbox}/_control/{what}", params=query)).raise_for_status().json()

    async def close(self) -> None:
        for person in self.people.values():
            await _line(person).close()


@asynccontextmanager
async def over_telegram(
    office: Office,
    mode: Literal["polling", "webhook"],
    ledger: Ledger | None = None,
    desks: Mapping[str, Desk] | None = None,
    sms: SmsSender | None = None,
) -> AsyncIterator[WireWorld]:
    """Limits of sending are off on both sides: they are not what a scenario is about."""
    async with AsyncExitStack() as stack:
        app = sandbox.telegram.create_app(TELEGRAM_TOKEN, now=lambda: office.clock().timestamp())
        here = await stack.enter_async_context(serving(app))
        http = await stack.enter_async_context(client())
        ours, public = door()
        settings = TelegramSettings(
            token=SecretStr(TELEGRAM_TOKEN), api_base=here, mode=mode, webhook_secret=SecretStr(SECRET),
            public_url=public,
        )  # fmt: skip
        messenger = TelegramMessenger(settings, office.pipeline, now=office.clock, tempo=QUICK)
        unlimited(messenger)
        office.app.invitations.chats.connect([messenger])
        office.app.bank.connect(lambda ref, _: messenger.fetch(File("document", ref=ref)))
        office.app.templates.connect(lambda ref, _: messenger.fetch(File("document", ref=ref)))
        office.app.proofs.connect({"telegram": lambda ref, _: messenger.fetch(File("document", ref=ref))})
        stack.push_async_callback(messenger.stop)
        await stack.enter_async_context(serving(_web([*messenger.routes(), *file_routes(office.files)]), ours))
        await messenger.start()
        await http.post(f"{here}/_control/limits", json={"enabled": False})
        backroom = Backroom(
            office.books, office.app, ledger or Ledger(), office.clock, messenger, desks, gateway=office.gateway,
            sms=sms, signing=office.signing,
        )  # fmt: skip
        world = WireWorld(office, http, here, _telegram_person, _telegram_is_quiet, backroom)
        stack.push_async_callback(world.close)
        yield world


@asynccontextmanager
async def over_viber(office: Office, ledger: Ledger | None = None) -> AsyncIterator[WireWorld]:
    async with AsyncExitStack() as stack:
        app = sandbox.viber.create_app(VIBER_TOKEN, now=lambda: office.clock().timestamp())
        here = await stack.enter_async_context(serving(app))
        http = await stack.enter_async_context(client())
        ours, public = door()
        settings = ViberSettings(token=SecretStr(VIBER_TOKEN), api_base=f"{here}/pa", public_url=public)
        messenger = viber.connect(settings, office.pipeline, http, now=office.clock)
        office.app.invitations.chats.connect([messenger])
        stack.push_async_callback(messenger.stop)
        await messenger.start()
        await stack.enter_async_context(serving(_web([*messenger.routes(), *file_routes(office.files)]), ours))
        await messenger.register()
        backroom = Backroom(
            office.books, office.app, ledger or Ledger(), office.clock, messenger, gateway=office.gateway
        )
        world = WireWorld(office, http, here, _viber_person, _viber_is_quiet, backroom)
        stack.push_async_callback(world.close)
        yield world


def _web(routes: list[web.RouteDef]) -> web.Application:
    app = web.Application()
    app.add_routes(routes)
    return app


def _telegram_person(world: WireWorld, name: str) -> Talker:
    return Talker(TelegramLine(world.http, world.sandbox, 1001 + len(world.people), name))


def _viber_person(world: WireWorld, name: str) -> Talker:
    user = base64.b64encode(f"{name:_<12}".encode()).decode()
    return CodeTyper(ViberLine(world.http, world.sandbox, user, name), world.sms_code)


async def _telegram_is_quiet(world: WireWorld) -> bool:
    """Nothing waits for the bot, and it has answered for all it took."""
    return not await world.control("updates") and not await _waiting(world, "telegram")


async def _viber_is_quiet(world: WireWorld) -> bool:
    return bool((await world.control("idle"))["idle"]) and not await _waiting(world, "viber")


async def _waiting(world: WireWorld, channel: str) -> list[tuple[int, str]]:
    return await world.books.read(lambda tx: tx.inbox.kept(channel))


def _line(person: Talker) -> WireLine:
    assert isinstance(person.line, TelegramLine | ViberLine)
    return person.line
