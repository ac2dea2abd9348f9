"""AtomPark: text messages through SMS API 3.0."""

import httpx

from integrations.atompark.adapter import AtomParkSms
from integrations.atompark.config import AtomParkSettings

__all__ = ["AtomParkSettings", "AtomParkSms", "connect"]


def connect(settings: AtomParkSettings, http: httpx.AsyncClient) -> AtomParkSms:
    """The adapter; nothing is called until it is asked."""
    return AtomParkSms(settings, http)
