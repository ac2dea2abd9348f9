"""A contract that stands in 1C alone and ends within a month is followed by another, too."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from bot.db.models import Contract
from bot.db.tx import Tx
from bot.domain.envelope import EnvelopeRules, Start
from tests.db.people import OLENA, RANOK
from tests.services.backroom import Backroom
from tests.services.signing import Signing

TODAY = date(2026, 11, 23)
STARTED = ["Кафе «Ранок»: contract, expiring"]


@pytest.fixture
async def ruled(backroom: Backroom, tmp_path: Path) -> Signing:
    await backroom.sign_in(OLENA, "telegram", "1")
    return Signing(backroom, tmp_path, EnvelopeRules(starts=frozenset({Start.EXPIRING})))


async def stands(ruled: Signing, **fields: Any) -> None:
    """The café's contract as 1C has it."""
    values = {"external_id": "c1", "client_id": RANOK.id, "name": "Основний", "number": "7", "main": True} | fields

    def put(tx: Tx) -> None:
        tx._connection.execute(insert(Contract).values(**{"active": True, "dated": date(2025, 1, 1)} | values))

    await ruled.room.books.write(put)


@pytest.mark.parametrize("days", [0, 30])
async def test_a_contract_of_1c_that_ends_within_a_month_is_followed_by_another_once(ruled: Signing, days: int) -> None:
    await stands(ruled, until=TODAY + timedelta(days=days))
    assert await ruled.starts() == STARTED
    await ruled.works()
    assert await ruled.starts() == []


@pytest.mark.parametrize(
    "fields",
    [
        {"until": TODAY + timedelta(days=31)},
        {"until": TODAY - timedelta(days=1)},
        {"until": None},
        {"until": TODAY + timedelta(days=7), "active": False},
        {"until": TODAY + timedelta(days=7), "main": False},
    ],
)
async def test_others_are_left(ruled: Signing, fields: dict[str, Any]) -> None:
    await stands(ruled, **fields)
    assert await ruled.starts() == []


async def test_a_newer_contract_that_was_signed_here_counts(ruled: Signing) -> None:
    await stands(ruled, until=TODAY + timedelta(days=90))
    await ruled.signed()
    ruled.room.later(days=70)
    assert await ruled.starts() == []
