"""The provider's sandbox served over loopback, with a clock of its own and a client that signs by hand."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from aiohttp.test_utils import TestServer

from sandbox.atompark import create_app

PUBLIC, PRIVATE = "0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"
START = 1_767_225_600.0  # 2026-01-01 00:00:00 GMT


@dataclass
class Provider:
    """One account at the served sandbox."""

    http: httpx.AsyncClient

    async def post(self, action: str, **params: str) -> dict[str, Any]:
        """Signs as the vendor's page says and sends a form."""
        signed = {**params, "key": PUBLIC, "version": "3.0", "action": action}
        joined = "".join(value for _, value in sorted(signed.items())) + PRIVATE
        form = {**params, "key": PUBLIC, "sum": hashlib.md5(joined.encode(), usedforsecurity=False).hexdigest()}
        answer = await self.http.post(f"/sms/3.0/{action}", data=form)
        assert answer.status_code == 200
        return dict(answer.json())

    async def send(self, phone: str = "380671234567", text: str = "Hello", **more: str) -> dict[str, Any]:
        return await self.post(
            "sendSMS", sender="Komora", text=text, phone=phone, datetime="", sms_lifetime="0", **more
        )

    async def sent_id(self, phone: str = "380671234567", text: str = "Hello", **more: str) -> str:
        return str((await self.send(phone, text, **more))["result"]["id"])

    async def stats(self, campaign: str) -> dict[str, Any]:
        return dict((await self.post("getCampaignDeliveryStats", id=campaign))["result"])

    async def balance(self) -> str:
        return str((await self.post("getUserBalance", currency="UAH"))["result"]["balance_currency"])

    async def control(self, path: str, **wanted: Any) -> dict[str, Any]:
        answer = await self.http.post(f"/_control/{path}", json=wanted)
        assert answer.status_code == 200
        return dict(answer.json())

    async def inbox(self, **query: str) -> list[dict[str, Any]]:
        return list((await self.http.get("/_control/inbox", params=query)).json()["messages"])


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    server = TestServer(create_app(PUBLIC, PRIVATE, now=lambda: START))
    await server.start_server()
    async with httpx.AsyncClient(base_url=str(server.make_url("/")), trust_env=False, timeout=5) as http:
        yield Provider(http)
    await server.close()
