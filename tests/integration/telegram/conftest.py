"""A world for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.integration.telegram.desk import RecordingDesk
from tests.integration.telegram.world import World, listening, open_world


@pytest.fixture
async def world() -> AsyncIterator[World]:
    world = await open_world(*listening())
    yield world
    await world.close()


@pytest.fixture
def desk() -> RecordingDesk:
    return RecordingDesk()
