"""A 1C base on loopback with its control side, and our adapter in front of it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import httpx
from aiohttp import web
from pydantic import SecretStr

from bot.domain.accounting import (
    ClientPage,
    OrderRecord,
    OutgoingLine,
    OutgoingOrder,
    OutgoingPayment,
    ReceivableRecord,
    Subject,
)
from bot.domain.directory import ClientRecord
from bot.domain.money import Money
from bot.domain.pricelist import Record
from integrations.onec.odata import OnecAccounting, OnecSettings
from integrations.onec.odata.client import Patience
from sandbox.onec import create_app
from tests.support.loopback import serving

USER = "Обмін Комора"
PASSWORD = "кава:з молоком"
HASTY = Patience(ordinary=5, first=5, heavy=5)
MILK, BUTTER, FILLET = "10661", "11011", "21001"
NOWHERE = "11111111-2222-4333-8444-555555555555"
Json = dict[str, Any]


@dataclass
class Base:
    """The sandbox's address and its control side."""

    address: str
    http: httpx.AsyncClient
    profile: str = "ut_ua"

    def accounting(self, *, patience: Patience = HASTY, **changes: Any) -> OnecAccounting:
        """A process of its own: nothing is remembered yet."""
        said = {
            "base_url": f"{self.address}/base",
            "user": USER,
            "password": SecretStr(PASSWORD),
            "profile": self.profile,
        }
        return OnecAccounting(OnecSettings(**said | changes), self.http, patience=patience)

    async def fault(self, kind: str, **fault: Any) -> None:
        await self._post("faults", {"kind": kind, **fault})

    async def quirk(self, **quirks: Any) -> None:
        await self._post("quirks", quirks)

    async def power(self, mode: str, *, on: bool = False) -> None:
        await self._post("power", {"on": on, "mode": mode})

    async def password(self, password: str) -> None:
        await self._post("password", {"password": password})

    async def phone_order(self, **order: Any) -> Json:
        return await self._post("orders", order)

    async def pay(self, client: str, hryvnias: str) -> None:
        """Money of a client comes by the bank, and is booked."""
        await self._post("payments", {"counterparty": client, "amount": hryvnias})

    async def act(self, ref: str, action: str, **said: Any) -> None:
        await self._post(f"documents/{ref}/{action}", said)

    async def change_client(self, ref: str, **said: Any) -> None:
        await self._post(f"counterparties/{ref}", said)

    async def documents(self, kind: str) -> list[Json]:
        """The newest first."""
        answer = await self.http.get(f"{self.address}/_control/documents", params={"kind": kind})
        return list(answer.raise_for_status().json()["documents"])

    async def orders(self) -> list[Json]:
        return await self.documents("order")

    async def shipment(self) -> str:
        """The one that the café owes 583.40 by."""
        return str((await self.documents("shipment"))[-1]["ref"])

    async def payments(self) -> list[Json]:
        """Those that came over the wire."""
        return [document for document in await self.documents("payment") if document["from_site"]]

    async def debt(self, name: str = "ранкова") -> str:
        answer = await self.http.get(f"{self.address}/_control/counterparties")
        return next(str(one["debt"]) for one in answer.json()["counterparties"] if name in one["name"].lower())

    async def order(self, ref: str) -> Json:
        return next(document for document in await self.orders() if document["ref"] == ref)

    async def from_site(self) -> list[Json]:
        return [document for document in await self.orders() if document["from_site"]]

    async def raw(self, resource: str) -> Json:
        """An object as the base itself tells it."""
        url = f"{self.address}/base/odata/standard.odata/{resource}?$format=json"
        answer = await self.http.get(url, auth=httpx.BasicAuth(USER.encode(), PASSWORD.encode()))
        return dict(answer.raise_for_status().json())

    async def change(self, resource: str, **fields: Any) -> None:
        """Somebody else changes an object."""
        url = f"{self.address}/base/odata/standard.odata/{resource}?$format=json"
        auth = httpx.BasicAuth(USER.encode(), PASSWORD.encode())
        (await self.http.patch(url, auth=auth, json=fields)).raise_for_status()

    async def delete(self, resource: str) -> None:
        """Somebody removes an object for good."""
        url = f"{self.address}/base/odata/standard.odata/{resource}"
        auth = httpx.BasicAuth(USER.encode(), PASSWORD.encode())
        (await self.http.delete(url, auth=auth)).raise_for_status()

    async def article(self, sku: str) -> str:
        answer = await self.http.get(f"{self.address}/_control/articles")
        return next(str(one["ref"]) for one in answer.json()["articles"] if one["sku"] == sku)

    async def counterparty(self, name: str = "ранкова") -> str:
        answer = await self.http.get(f"{self.address}/_control/counterparties")
        return next(str(one["ref"]) for one in answer.json()["counterparties"] if name in one["name"].lower())

    async def requests(self) -> list[Json]:
        """OData calls, the oldest first."""
        answer = await self.http.get(f"{self.address}/_control/requests")
        return list(answer.raise_for_status().json()["requests"])

    async def forget_requests(self) -> None:
        (await self.http.delete(f"{self.address}/_control/requests")).raise_for_status()

    async def writings(self) -> list[str]:
        """Calls that may change something, in short."""
        calls = [call for call in await self.requests() if call["method"] != "GET"]
        return [
            f"{call['method']} {call['path'].rpartition('/')[2].partition('(')[0]} {call['status']}" for call in calls
        ]

    async def tops(self, entity: str, said: str = "$top=") -> list[str]:
        """The sizes of pages that were asked for, each once."""
        calls = [call for call in await self.requests() if call["path"].endswith(f"/{entity}")]
        queries = [call["query"] for call in calls if said in call["query"]]
        return list(dict.fromkeys(query.rpartition("$top=")[2].partition("&")[0] for query in queries))

    async def _post(self, path: str, said: Json) -> Json:
        answer = await self.http.post(f"{self.address}/_control/{path}", json=said)
        return dict(answer.raise_for_status().json())

    async def ordered(self, *quantities: tuple[str, str], client: str = "", **changes: Any) -> OutgoingOrder:
        """An order of so much of these; 47.90 a unit."""
        lines = [
            await self._line(sku, Decimal(quantity)) for sku, quantity in quantities or ((MILK, "12"), (FILLET, "3.5"))
        ]
        said: Json = {
            "id": uuid4(),
            "number": "K-000123",
            "revision": 1,
            "placed_at": datetime.now(UTC).replace(microsecond=0),
            "placed_by": "Олена",
            "client": client or await self.counterparty(),
            "client_name": "Кав’ярня",
            "tax_code": "32855961",
            "contract": None,
            "price_type": None,
            "delivery_name": "Кухня",
            "delivery_address": "вул. Лугова, 1",
            "delivery_date": date(2026, 12, 1),
            "note": "Дзвоніть\nза годину",
            "lines": tuple(lines),
            "total": sum((line.amount for line in lines), Money(0)),
        }
        return OutgoingOrder(**said | changes)

    async def paid(self, amount: int = 20000, **changes: Any) -> OutgoingPayment:
        """So many kopiykas by card, on the café's account."""
        said: Json = {
            "id": uuid4(),
            "reference": "K-000123-1",
            "paid_at": datetime.now(UTC).replace(microsecond=0),
            "client": changes.get("client") or await self.counterparty(),
            "contract": None,
            "amount": Money(amount),
            "card": "44****4444",
            "fee": Money(300),
            "purpose": "Оплата замовлення\nK-000123",
            "allocations": (),
        }
        return OutgoingPayment(**said | changes)

    async def _line(self, sku: str, quantity: Decimal) -> OutgoingLine:
        price = Money(4790)
        return OutgoingLine(
            article=await self.article(sku),
            sku=sku,
            name="Товар",
            base_unit="шт",
            quantity=quantity,
            price=price,
            discount=Money(0),
            amount=price.times(quantity),
            vat=Decimal(20),
        )


@asynccontextmanager
async def opened(http: httpx.AsyncClient, profile: str = "ut_ua") -> AsyncIterator[Base]:
    async with serving(create_app(USER, PASSWORD, profile=profile)) as address:
        yield Base(address, http, profile)


Passed = Callable[[web.Request, str], Awaitable[tuple[int, Any]]]
Answer = Callable[[web.Request, Passed], Awaitable[web.Response]]


@asynccontextmanager
async def before(base: Base, answer: Answer) -> AsyncIterator[Base]:
    """The base behind something that changes what it says; `passed` asks the base itself, at a path."""

    async def passed(request: web.Request, path: str) -> tuple[int, Any]:
        headers = {"Authorization": request.headers["Authorization"]}
        url = f"{base.address}{path}?{request.rel_url.raw_query_string}"
        said = await base.http.request(request.method, url, headers=headers, content=await request.read())
        return said.status_code, said.json()

    async def handle(request: web.Request) -> web.Response:
        return await answer(request, passed)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    async with serving(app) as address:
        yield replace(base, address=address)


async def clients_of(accounting: OnecAccounting, known: dict[str, str] | None = None) -> list[ClientPage]:
    return [page async for page in accounting.clients(known or {})]


def changed(pages: list[ClientPage]) -> dict[str, ClientRecord]:
    return {client.external_id: client for page in pages for client in page.changed}


async def catalogue_of(accounting: OnecAccounting, *subjects: Subject) -> list[Record]:
    return [record async for record in accounting.catalogue(frozenset(subjects))]


async def receivables_of(accounting: OnecAccounting, known: set[str] | None = None) -> list[ReceivableRecord]:
    return [record async for page in accounting.receivables(known or set()) for record in page]


async def orders_of(
    accounting: OnecAccounting, known: dict[str, str] | None = None, since: date = date(2020, 1, 1)
) -> dict[str, OrderRecord]:
    pages = [page async for page in accounting.orders(since, known or {})]
    return {record.link.ref: record for page in pages for record in page}
