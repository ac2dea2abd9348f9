"""A world with the provider's sandbox for every test."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import stamina

from integrations.turbosms import TurboSms
from tests.integration.turbosms.world import World, opened
from tests.support.loopback import client


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with client() as opened_client:
        yield opened_client


@pytest.fixture
async def world(http: httpx.AsyncClient) -> AsyncIterator[World]:
    async with opened(http) as both:
        yield both


@pytest.fixture
def sms(world: World) -> TurboSms:
    return world.sms
