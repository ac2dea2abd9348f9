"""One scenario of each kind over every wire with PostgreSQL behind it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.db.opening import open_books
from tests.conftest import create_schema
from tests.scenarios.world import Scenario
from tests.support.desk import Office, open_office
from tests.support.wholesaler import open_shop
from tests.wires.representative import REPRESENTATIVE
from tests.wires.world import over_telegram, over_viber


@pytest.fixture
async def postgres_office(postgres_url: str, tmp_path: Path) -> AsyncIterator[Office]:
    create_schema(postgres_url)
    books = open_books(postgres_url)
    await open_shop(books)
    yield open_office(books, tmp_path)
    await books.close()


@pytest.mark.parametrize("scenario", REPRESENTATIVE, ids=lambda scenario: scenario.__name__)
async def test_telegram(postgres_office: Office, scenario: Scenario) -> None:
    async with over_telegram(postgres_office, "polling") as world:
        await scenario(world)


@pytest.mark.parametrize("scenario", REPRESENTATIVE, ids=lambda scenario: scenario.__name__)
async def test_viber(postgres_office: Office, scenario: Scenario) -> None:
    async with over_viber(postgres_office) as world:
        await scenario(world)
