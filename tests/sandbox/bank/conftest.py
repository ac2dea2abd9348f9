"""The bank served over loopback, with a clock of its own."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from aiohttp.test_utils import TestServer

from sandbox.bank import create_app

OWN = "UA223052990000026001234567890"
PAYER = "UA083220010000026007000000001"
START = 1_767_600_000.0  # 2026-01-05 10:00 in Kyiv
PURPOSE = "Оплата за товар зг. рах. №42 від 04.01.2026, у т.ч. ПДВ 20% 200.08"


@dataclass
class Bank:
    """One account."""

    http: httpx.AsyncClient

    async def do(self, act: str, /, *, refused: int = 200, **fields: Any) -> dict[str, Any]:
        answer = await self.http.post(f"/_control/{act}", json=fields)
        assert answer.status_code == refused, answer.text
        return dict(answer.json())

    async def pay(self, **fields: Any) -> dict[str, Any]:
        given = {"name": 'ТОВ "Ромашка-Є"', "code": "33527490", "amount": "1200.48", "purpose": PURPOSE, "iban": PAYER}
        return dict((await self.do("pay", **(given | fields)))["transfers"][0])

    async def statement(self, form: str, **query: str) -> bytes:
        answer = await self.http.get(f"/statement.{form}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.content

    async def account(self) -> dict[str, Any]:
        return dict((await self.http.get("/_control/account")).json())


@pytest.fixture
async def bank() -> AsyncIterator[Bank]:
    server = TestServer(create_app(OWN, "3121212350", "ФОП Іванов І.І.", now=lambda: START))
    await server.start_server()
    async with httpx.AsyncClient(base_url=str(server.make_url("/")), trust_env=False, timeout=5) as http:
        yield Bank(http)
    await server.close()
