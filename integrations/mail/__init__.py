"""Mail: letters out by SMTP, and those that came back, read by POP3."""

import ssl

from bot.ports import Clock
from integrations.mail.adapter import Mail
from integrations.mail.config import MailSettings

__all__ = ["Mail", "MailSettings", "connect"]


def connect(settings: MailSettings, *, now: Clock, tls: ssl.SSLContext | None = None) -> Mail:
    """The adapter; nothing is called until it is asked. `tls` is given where the system's authorities will not do."""
    return Mail(settings, now, tls)
