"""Vchasno.EDO: documents go there to be signed, and come back with their signatures."""

import httpx

from bot.ports import Clock
from integrations.vchasno.adapter import Vchasno
from integrations.vchasno.config import VchasnoSettings

__all__ = ["Vchasno", "VchasnoSettings", "connect"]


def connect(settings: VchasnoSettings, http: httpx.AsyncClient, *, now: Clock) -> Vchasno:
    """The adapter; nothing is called until it is asked. One a process: it keeps the company's limit of calls."""
    return Vchasno(settings, http, now=now)
