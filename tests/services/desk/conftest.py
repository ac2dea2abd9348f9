"""The small wholesaler with its staff's groups, copied for every test from a file that is filled once."""

from pathlib import Path

import pytest

from bot.db.books import Books
from tests.scenarios.conftest import filled_shop, shop
from tests.services.desk.room import DeskRoom
from tests.support.gateway import Gateway

__all__ = ["filled_shop", "shop"]


@pytest.fixture
async def room(shop: Books, tmp_path: Path) -> DeskRoom:
    room = DeskRoom(shop, tmp_path)
    await room.opens()
    return room


@pytest.fixture
async def rich(shop: Books, tmp_path: Path) -> DeskRoom:
    """With a group of finance too."""
    room = DeskRoom(shop, tmp_path, finance=True)
    await room.opens()
    return room


@pytest.fixture
async def till(shop: Books, tmp_path: Path) -> DeskRoom:
    """With finance and a gateway: clients pay by card."""
    room = DeskRoom(shop, tmp_path, finance=True, gateway=Gateway())
    await room.opens()
    return room
