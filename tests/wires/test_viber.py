"""Every scenario over Viber's wire."""

import pytest

from tests.scenarios.scenarios import SCENARIOS
from tests.scenarios.world import Scenario
from tests.support.accounting import Ledger
from tests.support.desk import Office
from tests.wires.world import over_viber


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
async def test_viber(office: Office, ledger: Ledger, scenario: Scenario) -> None:
    async with over_viber(office, ledger) as world:
        await scenario(world)
