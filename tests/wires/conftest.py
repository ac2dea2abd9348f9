"""One office, reached in each way in turn."""

from collections.abc import AsyncIterator

import pytest

from integrations.viber import reception
from tests.support.desk import Office
from tests.wires.wire import Wire, over_telegram, over_viber


@pytest.fixture(autouse=True)
def _unhurried_welcome(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine must not decide which way a welcome goes."""
    monkeypatch.setattr(reception, "WELCOME_DEADLINE", 10.0)


@pytest.fixture(params=["telegram-polling", "telegram-webhook", "viber"])
async def wire(request: pytest.FixtureRequest, office: Office) -> AsyncIterator[Wire]:
    ways = {
        "telegram-polling": lambda: over_telegram(office, "polling"),
        "telegram-webhook": lambda: over_telegram(office, "webhook"),
        "viber": lambda: over_viber(office),
    }
    async with ways[request.param]() as opened:
        yield opened
