"""Each provider in turn."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import stamina

from tests.integration.sms.providers import PROVIDERS, Post, Provider
from tests.support.loopback import client, serving


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with client() as opened:
        yield opened


@pytest.fixture(params=PROVIDERS)
def its(request: pytest.FixtureRequest) -> Provider:
    return PROVIDERS[request.param]


@pytest.fixture
async def post(its: Provider, http: httpx.AsyncClient) -> AsyncIterator[Post]:
    async with serving(its.app()) as address:
        yield Post(its, address, http, its.connect(address, http))
