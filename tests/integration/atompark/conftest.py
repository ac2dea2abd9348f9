"""A sandbox of AtomPark on loopback and our sender in front of it."""

import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import stamina
from aiohttp import web
from pydantic import SecretStr

from integrations.atompark import AtomParkSettings, AtomParkSms, connect
from sandbox.atompark import create_app

PUBLIC = "0123456789abcdef0123456789abcdef"
PRIVATE = "fedcba9876543210fedcba9876543210"
Json = dict[str, Any]
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Loopback is plain HTTP: reading the system's certificates for every client would be most of a test's time."""


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def sender(address: str, http: httpx.AsyncClient, **changes: Any) -> AtomParkSms:
    settings = {
        "public_key": SecretStr(PUBLIC),
        "private_key": SecretStr(PRIVATE),
        "sender": "Komora",
        "base_url": address,
    }
    return connect(AtomParkSettings(**settings | changes), http)


@dataclass
class Provider:
    """The sandbox's address and its control side."""

    address: str
    http: httpx.AsyncClient

    async def fault(self, **fault: Any) -> None:
        (await self.http.post(f"{self.address}/_control/faults", json=fault)).raise_for_status()

    async def calls(self) -> list[Json]:
        answer = await self.http.get(f"{self.address}/_control/calls")
        return list(answer.raise_for_status().json()["calls"])

    async def inbox(self) -> list[Json]:
        await self.http.post(f"{self.address}/_control/clock", json={"advance": 60})
        return list((await self.http.get(f"{self.address}/_control/inbox")).json()["messages"])

    async def set_balance(self, amount: str) -> None:
        answer = await self.http.post(f"{self.address}/_control/balance", json={"amount": amount})
        answer.raise_for_status()


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(verify=NO_TLS) as client:
        yield client


@pytest.fixture
async def provider(http: httpx.AsyncClient) -> AsyncIterator[Provider]:
    async with serving(create_app(PUBLIC, PRIVATE)) as address:
        yield Provider(address, http)


@pytest.fixture
def sms(provider: Provider, http: httpx.AsyncClient) -> AtomParkSms:
    return sender(provider.address, http)
