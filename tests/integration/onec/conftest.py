"""A base and an adapter for every test; nothing waits between attempts."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import stamina

from integrations.onec.odata import OnecAccounting
from tests.integration.onec.world import Base, opened
from tests.support.loopback import client


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with client() as http:
        yield http


@pytest.fixture
async def base(http: httpx.AsyncClient) -> AsyncIterator[Base]:
    async with opened(http) as base:
        yield base


@pytest.fixture
def onec(base: Base) -> OnecAccounting:
    return base.accounting()
