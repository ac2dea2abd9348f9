"""Both sides for every test, and a file to be signed."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import stamina

from integrations.vchasno import Vchasno
from tests.integration.vchasno.double import Clock, Service, Sides, opened


@pytest.fixture(autouse=True)
def _no_backoff() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
async def sides() -> AsyncIterator[Sides]:
    async with opened() as both:
        yield both


@pytest.fixture
def service(sides: Sides) -> Service:
    return sides.service


@pytest.fixture
def signing(sides: Sides) -> Vchasno:
    return sides.signing


@pytest.fixture
def clock(sides: Sides) -> Clock:
    return sides.clock


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "9f86d081884c7d65"
    path.write_bytes(b"%PDF-1.7 contract")
    return path
