"""The providers of text messages behind the one port, each with its sandbox."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import httpx
from aiohttp import web
from pydantic import SecretStr

import sandbox.atompark
import sandbox.turbosms
from bot.ports import SmsSender
from integrations import atompark, turbosms
from tests.support.loopback import serving

PUBLIC, PRIVATE = "0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"
TOKEN = "t0ken-of-the-tests-9f8e7d6c5b4a3210"
SECRETS = (PUBLIC, PRIVATE, TOKEN)
Json = dict[str, Any]


def _atompark(address: str, http: httpx.AsyncClient) -> SmsSender:
    keys = {"public_key": SecretStr(PUBLIC), "private_key": SecretStr(PRIVATE)}
    return atompark.connect(atompark.AtomParkSettings(**keys, sender="Komora", base_url=address), http)


def _turbosms(address: str, http: httpx.AsyncClient) -> SmsSender:
    return turbosms.connect(turbosms.TurboSmsSettings(token=SecretStr(TOKEN), sender="Komora", base_url=address), http)


@dataclass(frozen=True)
class Provider:
    """One of them; codes and answers are in its own words."""

    app: Callable[[], web.Application]
    connect: Callable[[str, httpx.AsyncClient], SmsSender]
    path: str
    send: str
    no_funds: int
    bad_phone: int
    bad_sender: int
    wrong_key: int
    sent_of_two: int
    """How many messages arrive when the same key is asked for twice."""
    tells_price: bool


PROVIDERS: Mapping[str, Provider] = {
    "atompark": Provider(
        lambda: sandbox.atompark.create_app(PUBLIC, PRIVATE), _atompark, "/sms/3.0/{action}", "sendSMS",
        no_funds=305, bad_phone=303, bad_sender=300, wrong_key=-1, sent_of_two=2, tells_price=True,
    ),
    "turbosms": Provider(
        lambda: sandbox.turbosms.create_app(TOKEN, ""), _turbosms, "/{module}/{method}.json", "message/send",
        no_funds=203, bad_phone=305, bad_sender=302, wrong_key=301, sent_of_two=1, tells_price=False,
    ),
}  # fmt: skip


@dataclass
class Post:
    """A provider at work, and its control side."""

    its: Provider
    address: str
    http: httpx.AsyncClient
    sms: SmsSender

    async def acts(self, act: str, **said: Any) -> None:
        (await self.http.post(f"{self.address}/_control/{act}", json=said)).raise_for_status()

    async def calls(self) -> list[Json]:
        return list((await self.http.get(f"{self.address}/_control/calls")).json()["calls"])

    async def arrived(self) -> list[str]:
        """The words on all phones, a minute later."""
        await self.acts("clock", advance=60)
        return [one["text"] for one in (await self.http.get(f"{self.address}/_control/inbox")).json()["messages"]]

    async def balance(self) -> Decimal:
        return Decimal((await self.http.get(f"{self.address}/_control/balance")).json()["balance"])


@asynccontextmanager
async def answering(
    its: Provider, http: httpx.AsyncClient, **answer: Any
) -> AsyncIterator[tuple[SmsSender, list[str]]]:
    """A provider that says one thing to everything; the calls are kept."""
    asked: list[str] = []

    async def answered(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(**answer)

    app = web.Application()
    app.router.add_post(its.path, answered)
    async with serving(app) as address:
        yield its.connect(address, http), asked
