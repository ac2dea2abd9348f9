"""1C and BAS by their standard OData interface, as the book of record."""

import httpx

from integrations.onec.odata.adapter import OnecAccounting
from integrations.onec.odata.config import OnecSettings

__all__ = ["OnecAccounting", "OnecSettings", "connect"]


def connect(settings: OnecSettings, http: httpx.AsyncClient) -> OnecAccounting:
    """The adapter; nothing is called until it is asked."""
    return OnecAccounting(settings, http)
