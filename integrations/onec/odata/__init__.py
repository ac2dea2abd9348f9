"""1C and BAS by their standard OData interface, as the book of record."""

import httpx

from bot.ports import Clock
from integrations.onec.odata.adapter import OnecAccounting
from integrations.onec.odata.config import OnecSettings

__all__ = ["OnecAccounting", "OnecSettings", "connect"]


def connect(settings: OnecSettings, http: httpx.AsyncClient, *, now: Clock | None = None) -> OnecAccounting:
    """The adapter; nothing is called until it is asked."""
    return OnecAccounting(settings, http, now=now) if now else OnecAccounting(settings, http)
