"""What the application needs from outside, as protocols that integrations implement.

The messengers' protocol stands with the conversation it serves: bot/conversation/messenger.py.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

Clock = Callable[[], datetime]
"""The present moment, aware, in UTC."""


class SmsSender(Protocol):
    """Sends one text message. Raises Unavailable, Rejected or Ambiguous."""

    async def send(self, phone: str, text: str) -> str:
        """To an E.164 phone; returns the sender's own id of the message."""
        ...
