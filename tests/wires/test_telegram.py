"""Every scenario over Telegram's wire with updates fetched; with updates brought, one of each kind."""

import pytest

from tests.scenarios.scenarios import SCENARIOS
from tests.scenarios.world import Scenario
from tests.support.accounting import Ledger
from tests.support.desk import Office
from tests.wires.representative import REPRESENTATIVE
from tests.wires.world import over_telegram


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
async def test_polling(office: Office, ledger: Ledger, scenario: Scenario) -> None:
    async with over_telegram(office, "polling", ledger) as world:
        await scenario(world)


@pytest.mark.parametrize("scenario", REPRESENTATIVE, ids=lambda scenario: scenario.__name__)
async def test_webhook(office: Office, ledger: Ledger, scenario: Scenario) -> None:
    async with over_telegram(office, "webhook", ledger) as world:
        await scenario(world)
