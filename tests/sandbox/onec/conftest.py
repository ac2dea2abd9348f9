"""A base served over loopback, with a clock that stands still and a client that writes addresses by hand."""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from aiohttp.test_utils import TestServer

from sandbox.onec.builtin import ref_of
from sandbox.onec.sandbox import Sandbox
from sandbox.onec.world import World

USER, PASSWORD = "Комора", "п@роль"
ROOT = "/base/odata/standard.odata/"
NOON = datetime.fromisoformat("2026-11-27T12:00:00")
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Made once: reading the authorities for each client takes longer than a test."""
Json = dict[str, Any]


@dataclass
class OneC:
    """One served base: `sandbox` from the inside, `http` from the outside."""

    http: httpx.AsyncClient
    sandbox: Sandbox

    @property
    def world(self) -> World:
        return self.sandbox.world

    async def ask(self, path: str, query: str = "$format=json", method: str = "GET", **more: Any) -> httpx.Response:
        """`path` under the interface's root; spaces go as %20."""
        address = ROOT + quote(path, safe="/()$,=:'*") + "?" + quote(query, safe="=&$',()/*:;")
        return await self.http.request(method, address, **more)

    async def rows(self, path: str, query: str = "") -> list[Json]:
        answer = await self.ask(path, f"$format=json&{query}".rstrip("&"))
        assert answer.status_code == 200, answer.text
        return list(answer.json()["value"])

    async def one(self, path: str, query: str = "") -> Json:
        answer = await self.ask(path, f"$format=json&{query}".rstrip("&"))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def create(self, name: str, body: Json) -> Json:
        answer = await self.ask(name, method="POST", json=body)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def patch(self, name: str, ref: str, body: Json, **more: Any) -> httpx.Response:
        return await self.ask(key(name, ref), method="PATCH", json=body, **more)

    async def control(self, path: str, how: str = "POST", /, **body: Any) -> Json:
        answer = await self.http.request(how, f"/_control/{path}", json=body if how == "POST" else None)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


def key(name: str, ref: str) -> str:
    return f"{name}(guid'{ref}')"


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """The status and the code of the interface's error."""
    return answer.status_code, str(answer.json()["odata.error"]["code"])


def order_of(*quantities: str, **more: Any) -> Json:
    """An order of milk, as a client writes it."""
    lines = [
        {
            "LineNumber": str(number), "Номенклатура_Key": ref_of("10661"), "Количество": float(quantity),
            "Коэффициент": 1, "Цена": 47.9, "Сумма": round(47.9 * float(quantity), 2), "СтавкаНДС": "НДС20",
        }
        for number, quantity in enumerate(quantities, 1)
    ]  # fmt: skip
    total = round(sum(47.9 * float(quantity) for quantity in quantities), 2)
    return {"Контрагент_Key": ref_of("client"), "СуммаДокумента": total, "Товары": lines} | more


Serve = Callable[[str], Awaitable[OneC]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Serves the small base under a profile."""
    running: list[tuple[TestServer, httpx.AsyncClient]] = []

    async def serving(profile: str) -> OneC:
        sandbox = Sandbox(USER, PASSWORD, profile, None, None, lambda: NOON)
        server = TestServer(sandbox.application(16 * 1024 * 1024))
        await server.start_server()
        auth = httpx.BasicAuth(USER.encode(), PASSWORD.encode())
        url = str(server.make_url("/"))
        http = httpx.AsyncClient(base_url=url, trust_env=False, timeout=5, auth=auth, verify=NO_TLS)
        running.append((server, http))
        return OneC(http, sandbox)

    yield serving
    for server, http in running:
        await http.aclose()
        await server.close()


@pytest.fixture
async def onec(serve: Serve) -> OneC:
    return await serve("ut_ua")
