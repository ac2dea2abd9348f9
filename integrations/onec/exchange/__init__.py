"""1C's own exchanges, received: the CommerceML dialogue in which 1C is the client, and 1C's call-backs."""

from bot.ports import Clock, ExchangeDesk
from integrations.onec.exchange.config import ExchangeSettings
from integrations.onec.exchange.serving import Exchange

__all__ = ["Exchange", "ExchangeSettings", "connect"]


def connect(settings: ExchangeSettings, desk: ExchangeDesk, now: Clock) -> Exchange:
    """The receiving side; what an earlier process left in the folder of uploads is deleted."""
    return Exchange(settings, desk, now)
