"""The small wholesaler behind a messenger."""

import pytest

from integrations.viber import reception
from tests.scenarios.conftest import filled_shop, ledger, office, shop

__all__ = ["filled_shop", "ledger", "office", "shop"]


@pytest.fixture(autouse=True)
def _unhurried_welcome(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine must not decide which way a welcome goes."""
    monkeypatch.setattr(reception, "WELCOME_DEADLINE", 10.0)
