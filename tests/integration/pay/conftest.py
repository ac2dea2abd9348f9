"""The pay page over real HTTP."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.integration.pay.desk import Shop, open_shop
from tests.support.loopback import client


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    async with open_shop() as opened:
        yield opened


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with client() as opened:
        yield opened
