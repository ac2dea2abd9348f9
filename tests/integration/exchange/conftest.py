"""A running house with an empty desk."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integration.exchange.desk import MemoryDesk
from tests.integration.exchange.onec import House, Onec, Watch, running


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with running(MemoryDesk(), Watch(), tmp_path / "uploads") as started:
        yield started


@pytest.fixture
def onec(house: House) -> Onec:
    """A base that has not come in yet."""
    return house.base()
