"""Viber: the Bot REST API as a messenger of the application."""

import httpx

from bot.conversation.messenger import Desk
from bot.ports import Clock
from integrations.viber.adapter import ViberMessenger
from integrations.viber.config import ViberSettings

__all__ = ["ViberMessenger", "ViberSettings", "connect"]


def connect(settings: ViberSettings, desk: Desk, http: httpx.AsyncClient, *, now: Clock) -> ViberMessenger:
    """The adapter; nothing is called until `start` and `register`."""
    return ViberMessenger(settings, desk, http, now=now)
