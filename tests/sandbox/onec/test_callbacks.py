"""Call-backs of the base: what is told, how often, and how odd it may look."""

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from sandbox.onec.builtin import ref_of
from tests.sandbox.onec.conftest import OneC, order_of


@dataclass
class Product:
    """Who is called back: answers with `statuses` in turn, then 200."""

    server: TestServer | None = None
    statuses: list[int] = field(default_factory=list)
    got: "asyncio.Queue[tuple[web.Request, bytes]]" = field(default_factory=asyncio.Queue)

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.got.put_nowait((request, body))
        status = self.statuses.pop(0) if self.statuses else 200
        return web.json_response({"message_id": "", "result": "accepted"}, status=status)

    async def next(self) -> dict[str, Any]:
        return dict(json.loads((await asyncio.wait_for(self.got.get(), 5))[1].decode("utf-8-sig")))

    def url(self) -> str:
        assert self.server is not None
        return str(self.server.make_url("/1c/events"))


@pytest.fixture
async def product() -> AsyncIterator[Product]:
    made = Product()
    app = web.Application()
    app.router.add_post("/1c/events", made.take)
    made.server = TestServer(app)
    await made.server.start_server()
    yield made
    await made.server.close()


async def test_an_order_is_told_with_its_number_and_basic_auth(onec: OneC, product: Product) -> None:
    await onec.control("callbacks", url=product.url(), user="1с", password="слово", on=True)
    made = await onec.create("Document_ЗаказПокупателя", order_of("1"))
    request, raw = await asyncio.wait_for(product.got.get(), 5)
    body = json.loads(raw)
    assert request.headers["Authorization"] == "Basic " + b64encode("1с:слово".encode()).decode()
    assert (body["type"], body["sent_at"]) == ("order.changed", "2026-11-27T12:00:00")
    assert UUID(body["message_id"]).version == 4
    assert body["object"] == {
        "ref": made["Ref_Key"], "entity": "Document_ЗаказПокупателя", "version": made["DataVersion"],
        "number": "УТ00-000003", "date": "2026-11-27T12:00:00", "posted": False, "deleted": False,
    }  # fmt: skip


async def test_each_kind_of_change_has_its_type(onec: OneC, product: Product) -> None:
    await onec.control("callbacks", url=product.url(), on=True)
    await onec.control("prices", article="10661", price_type="Оптова", price="48.00")
    await onec.control("stock", article="10661", quantity="3")
    await onec.control(f"counterparties/{ref_of('client')}", name="Кава")
    told = [await product.next() for _ in range(3)]
    assert [one["type"] for one in told] == ["price.changed", "stock.changed", "counterparty.changed"]
    assert told[0]["object"]["entity"] == "Catalog_Номенклатура"
    assert told[0]["data"]["prices"][ref_of("Оптова")] == 48.0
    await onec.control("payments", counterparty="32855961", amount="10.00")
    paid = [await product.next() for _ in range(2)]
    assert [(one["type"], one["object"]["posted"]) for one in paid] == [
        ("payment.received", False),
        ("payment.received", True),
    ]


async def test_a_failure_is_repeated_with_the_same_id_and_a_refusal_is_not(onec: OneC, product: Product) -> None:
    product.statuses = [500, 200, 422, 200]
    await onec.control("callbacks", url=product.url(), on=True)
    await onec.control("stock", article="10661", quantity="3")
    await onec.control("stock", article="11011", quantity="4")
    await onec.control("stock", article="21001", quantity="5")
    told = [await product.next() for _ in range(4)]
    assert told[0] == told[1]
    assert [one["object"]["ref"] for one in told[1:]] == [ref_of("10661"), ref_of("11011"), ref_of("21001")]
    journal = (await onec.control("callbacks", "GET"))["journal"]
    assert [[one["status"] for one in told["attempts"]] for told in journal][:2] == [[500, 200], [422]]
    assert [told["state"] for told in journal][:2] == ["delivered", "refused"]


async def test_a_message_may_come_many_times(onec: OneC, product: Product) -> None:
    await onec.control("callbacks", url=product.url(), on=True, repeat=2, shuffle=True)
    await onec.control("stock", article="10661", quantity="3")
    told = [await product.next() for _ in range(3)]
    assert told[0] == told[1] == told[2]


async def test_a_message_may_look_odd(onec: OneC, product: Product) -> None:
    await onec.control("callbacks", url=product.url(), on=True, bom=True, odd_dates=True)
    await onec.create("Document_ЗаказПокупателя", order_of("30"))
    request, raw = await asyncio.wait_for(product.got.get(), 5)
    assert request.headers["Content-Type"] == "text/plain"
    assert raw.startswith(b"\xef\xbb\xbf")
    body = json.loads(raw.decode("utf-8-sig"))
    assert body["message_id"] == body["message_id"].upper()
    assert (body["sent_at"], body["object"]["posted"]) == ("27.11.2026 12:00:00", "Ложь")
    assert body["data"]["total"] == "1\u00a0437,00"


async def test_nothing_is_told_until_it_is_switched_on(onec: OneC, product: Product) -> None:
    await onec.control("callbacks", url=product.url())
    await onec.control("stock", article="10661", quantity="3")
    assert await onec.control("callbacks", "GET") == {
        "url": product.url(), "user": "", "on": False, "repeat": 0, "shuffle": False, "bom": False, "odd_dates": False,
        "waiting": 0, "journal": [],
    }  # fmt: skip
