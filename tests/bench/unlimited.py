"""The bench asks for the cost of a step, not for Telegram's patience: limits of sending are off."""

from integrations.telegram.adapter import TelegramMessenger
from integrations.telegram.limits import Limits


class Unlimited(Limits):
    """Never waits."""

    def pause(self, chat: str, now: float, waited_for: bool = True) -> float:
        return 0.0


def unlimited(messenger: TelegramMessenger) -> None:
    messenger._outbox._limits = Unlimited()
