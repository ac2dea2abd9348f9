"""Telegram: the Bot API as a messenger of the application."""

from typing import TYPE_CHECKING

from bot.conversation.messenger import Desk
from bot.ports import Clock
from integrations.telegram.config import TelegramSettings
from integrations.telegram.memory import settle_memory

if TYPE_CHECKING:
    from integrations.telegram.adapter import TelegramMessenger

__all__ = ["TelegramSettings", "connect", "settle_memory"]


def connect(settings: TelegramSettings, desk: Desk, *, now: Clock) -> "TelegramMessenger":
    """The adapter; nothing is called until `start`. Imports aiogram, which takes seconds."""
    from integrations.telegram.adapter import TelegramMessenger

    return TelegramMessenger(settings, desk, now=now)
