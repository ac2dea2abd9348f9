"""The gateway on loopback, mounted as the demo mounts it, on a clock of its own, and a shop that hears callbacks."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from aiohttp import web

from sandbox.wayforpay import create_app
from tests.support.loopback import client, serving

Json = dict[str, Any]
ACCOUNT, SECRET = "test_merch_n1", "flk3409refn54t54t*FNJRET"
START = 1_795_600_000.0  # 2026-11-25 09:46:40 GMT
MONEY = ("merchantAccount", "orderReference", "amount", "currency")
STATE = (*MONEY, "authCode", "cardPan", "transactionStatus", "reasonCode")
OUTCOME = ("merchantAccount", "orderReference", "transactionStatus", "reasonCode")
ACK = ("orderReference", "status", "time")
PURCHASE = (
    "merchantAccount", "merchantDomainName", "orderReference", "orderDate", "amount", "currency",
    "productName", "productCount", "productPrice",
)  # fmt: skip


def signature(values: Iterable[object], secret: str = SECRET) -> str:
    """Signs by hand; None is an empty place."""
    joined = ";".join("" if one is None else str(one) for one in values)
    return hmac.new(secret.encode(), joined.encode(), hashlib.md5).hexdigest()


def signed(fields: Json, names: Iterable[str]) -> Json:
    """The same fields with a signature; lists lie flat in it."""
    flat: list[object] = []
    for name in names:
        flat.extend(fields[name] if isinstance(fields[name], list) else [fields[name]])
    return fields | {"merchantSignature": signature(flat)}


@dataclass
class Shop:
    """The shop behind serviceUrl and returnUrl: keeps what it hears, answers as it was told to."""

    url: str = ""
    raw: list[tuple[str, bytes]] = field(default_factory=list)
    returned: list[Json] = field(default_factory=list)
    answers: list[web.Response] = field(default_factory=list)

    @property
    def heard(self) -> list[Json]:
        return [json.loads(body, parse_float=str) for _, body in self.raw]

    @property
    def statuses(self) -> list[str]:
        return [one["transactionStatus"] for one in self.heard]

    async def hook(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.raw.append((request.headers["Content-Type"], body))
        if self.answers:
            return self.answers.pop(0)
        told = {"orderReference": json.loads(body)["orderReference"], "status": "accept", "time": 1_795_600_001}
        return web.json_response(told | {"signature": signature(told[name] for name in ACK)})

    async def back(self, request: web.Request) -> web.Response:
        self.returned.append(dict(parse_qsl(await request.text(), keep_blank_values=True)))
        return web.Response(text="<link rel=icon href=data:,><h1>Дякуємо</h1>", content_type="text/html")


@dataclass
class Gateway:
    """The sandbox as the shop (`api`, `invoice`, ...) and as its control side (`do`, `get`) reach it."""

    url: str
    http: httpx.AsyncClient
    shop: Shop

    def order(self, reference: str = "K-1", **more: Any) -> Json:
        """A signed order of bread and milk for 349.5 hryvnias."""
        fields: Json = {
            "merchantAccount": ACCOUNT,
            "merchantDomainName": "shop.example",
            "orderReference": reference,
            "orderDate": 1_795_600_000,
            "amount": 349.5,
            "currency": "UAH",
            "productName": ["Хліб", "Молоко 2.5%"],
            "productCount": [3, 1],
            "productPrice": [100, 49.5],
            "serviceUrl": f"{self.shop.url}/hook",
            "returnUrl": f"{self.shop.url}/back",
        }
        return signed(fields | more, PURCHASE)

    async def api(self, operation: str, fields: Json) -> Json:
        answer = await self.http.post("/api", json={"transactionType": operation, "apiVersion": 1} | fields)
        assert answer.status_code == 200
        return dict(json.loads(answer.text, parse_float=str))

    async def invoice(self, reference: str = "K-1", **more: Any) -> str:
        """The address of a new invoice."""
        answer = await self.api("CREATE_INVOICE", self.order(reference, **more))
        assert answer["reasonCode"] == 1100, answer
        return str(answer["invoiceUrl"])

    async def purchase(self, reference: str = "K-1", **more: Any) -> str:
        """The address of the page of a new purchase."""
        fields = self.order(reference, **more) | {"merchantTransactionSecureType": "AUTO"}
        answer = await self.http.post("/pay?behavior=offline", json=fields)
        return str(answer.json()["url"])

    async def status(self, reference: str = "K-1") -> Json:
        return await self.api("CHECK_STATUS", signed(about(reference), ("merchantAccount", "orderReference")))

    async def remove(self, reference: str = "K-1") -> Json:
        return await self.api("REMOVE_INVOICE", signed(about(reference), ("merchantAccount", "orderReference")))

    async def refund(self, amount: object, reference: str = "K-1") -> Json:
        fields = about(reference) | {"amount": amount, "currency": "UAH", "comment": "Повернення"}
        return await self.api("REFUND", signed(fields, MONEY))

    async def settle(self, amount: object, reference: str = "K-1") -> Json:
        return await self.api("SETTLE", signed(about(reference) | {"amount": amount, "currency": "UAH"}, MONEY))

    async def do(self, act: str, **fields: Any) -> Json:
        """An act on the control side, and every callback that follows from it."""
        answer = await self.http.post(f"/_control/{act}", json=fields)
        assert answer.status_code == 200, answer.text
        assert (await self.http.get("/_control/idle")).json() == {"idle": True}
        return dict(answer.json())

    async def pay(self, reference: str = "K-1", **how: Any) -> Json:
        return await self.do("pay", reference=reference, **how)

    async def get(self, what: str, **query: str) -> Any:
        return (await self.http.get(f"/_control/{what}", params=query)).raise_for_status().json()[what]


def about(reference: str) -> Json:
    return {"merchantAccount": ACCOUNT, "orderReference": reference}


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    shop, app = Shop(), web.Application()
    app.router.add_post("/hook", shop.hook)
    app.router.add_post("/back", shop.back)
    async with serving(app) as shop.url:
        yield shop


@pytest.fixture
async def gateway(shop: Shop) -> AsyncIterator[Gateway]:
    outer = web.Application()
    outer.add_subapp("/wayforpay", create_app(ACCOUNT, SECRET, now=lambda: START))
    async with serving(outer) as url, client() as http:
        http.base_url = httpx.URL(f"{url}/wayforpay")
        yield Gateway(f"{url}/wayforpay", http, shop)
