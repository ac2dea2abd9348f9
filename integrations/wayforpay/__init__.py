"""WayForPay: paying by card through its page, its invoices and its callback."""

import httpx

from bot.ports import Clock
from integrations.wayforpay.adapter import WayForPay
from integrations.wayforpay.config import WayForPaySettings
from integrations.wayforpay.webhook import CALLBACK, RETURN, WayForPayWebhook

__all__ = ["CALLBACK", "RETURN", "WayForPay", "WayForPaySettings", "WayForPayWebhook", "connect"]


def connect(settings: WayForPaySettings, http: httpx.AsyncClient, *, now: Clock) -> WayForPay:
    """The adapter; nothing is called until it is asked."""
    return WayForPay(settings, http, now=now)
