"""The gateway's sandbox, our side of it, and what our side was told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from aiohttp import web
from pydantic import SecretStr

from bot.domain.money import Money
from bot.domain.payment import Charge, GatewayState, Item, Outcome
from integrations.wayforpay import CALLBACK, RETURN, WayForPay, WayForPaySettings, WayForPayWebhook, connect
from integrations.wayforpay.signature import STATE, signed
from integrations.wayforpay.wire import Number, Value
from sandbox.wayforpay import create_app
from tests.support.loopback import door, serving

ACCOUNT = "test_merch_n1"
SECRET = "flk3409refn54t54t*FNJRET"
Json = dict[str, Any]


def now() -> datetime:
    return datetime.now(UTC)


def settings(gateway: str, ours: str = "", **changes: Any) -> WayForPaySettings:
    said: Json = {
        "account": ACCOUNT,
        "secret": SecretStr(SECRET),
        "domain": "shop.example",
        "api_url": f"{gateway}/api",
        "pay_url": f"{gateway}/pay",
        "callback_url": f"{ours}{CALLBACK}" if ours else "",
        "return_url": f"{ours}{RETURN}" if ours else "",
    }
    return WayForPaySettings(**said | changes)


def charge(reference: str = "K-1", **changes: Any) -> Charge:
    said: Json = {
        "reference": reference,
        "amount": Money(34950),
        "items": (Item("Хліб", Money(10000), 3), Item('Молоко "Яготинське"; 2.5%', Money(4950))),
        "made_at": now(),
        "lives_until": now() + timedelta(hours=1),
    }
    return Charge(**said | changes)


def told_of(secret: str = SECRET, /, **changes: Value) -> dict[str, Value]:
    """A callback as the gateway writes it, signed."""
    body: dict[str, Value] = {
        "merchantAccount": ACCOUNT,
        "orderReference": "K-1",
        "amount": Number("349.5"),
        "currency": "UAH",
        "authCode": "541963",
        "cardPan": "44****1111",
        "transactionStatus": "Approved",
        "reason": "Ok",
        "reasonCode": Number("1100"),
        **changes,
    }
    return body | {"merchantSignature": signed(secret, body, STATE)}


@dataclass
class Till:
    """What our side was told, and how often it fails to keep it."""

    told: list[GatewayState] = field(default_factory=list)
    failing: int = 0

    async def take(self, state: GatewayState) -> None:
        if self.failing:
            self.failing -= 1
            raise OSError("the books are closed")
        self.told.append(state)

    def outcomes(self) -> list[Outcome]:
        return [state.outcome for state in self.told]


async def back(reference: str) -> str | None:
    return f"/pay/of-{reference}" if reference.startswith("K-") else None


@dataclass
class World:
    """Both sides; `acts` is the control side's."""

    gateway: str
    ours: str
    http: httpx.AsyncClient
    till: Till
    provider: WayForPay

    async def acts(self, act: str, **said: Any) -> Json:
        answer = await self.http.post(f"{self.gateway}/_control/{act}", json=said)
        return dict(answer.raise_for_status().json())

    async def pays(self, reference: str = "K-1", **said: Any) -> None:
        await self.acts("pay", reference=reference, **said)
        await self.idle()

    async def idle(self) -> None:
        assert (await self.http.get(f"{self.gateway}/_control/idle")).json() == {"idle": True}

    async def looks(self, what: str, **query: str) -> list[Json]:
        answer = await self.http.get(f"{self.gateway}/_control/{what}", params=query)
        return list(answer.raise_for_status().json()[what])

    async def tells(self, raw: bytes | str | dict[str, Value], **headers: str) -> httpx.Response:
        sent = {"data": raw} if isinstance(raw, dict) else {"content": raw}
        return await self.http.post(f"{self.ours}{CALLBACK}", headers=headers, **sent)


@asynccontextmanager
async def opened(
    http: httpx.AsyncClient, *, reads: bool = True, patience: float = 30, **changes: Any
) -> AsyncIterator[World]:
    taken, ours = door()
    till = Till()
    async with serving(create_app(ACCOUNT, SECRET)) as gateway:
        known = settings(gateway, ours, **changes)
        provider = (
            connect(known, http, now=now) if patience == 30 else WayForPay(known, http, now=now, patience=patience)
        )
        webhook = WayForPayWebhook(known, till.take, now, back=back, read=provider.state if reads else None)
        app = web.Application()
        app.add_routes(webhook.routes())
        async with serving(app, taken):
            world = World(gateway, ours, http, till, provider)
            try:
                yield world
            finally:
                await world.idle()
