"""TurboSMS: text messages, Viber, and Viber with a text message where it does not reach."""

import httpx

from integrations.turbosms.adapter import TurboSms
from integrations.turbosms.config import TurboSmsSettings
from integrations.turbosms.webhook import CALLBACK, TurboSmsWebhook

__all__ = ["CALLBACK", "TurboSms", "TurboSmsSettings", "TurboSmsWebhook", "connect"]


def connect(settings: TurboSmsSettings, http: httpx.AsyncClient) -> TurboSms:
    """The adapter; nothing is called until it is asked."""
    return TurboSms(settings, http)
