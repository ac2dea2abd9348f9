"""How fast Telegram may be sent to: token buckets overall, per chat and per group, and the pauses it asks for."""

from dataclasses import dataclass

from integrations.telegram.remembered import Remembered

_CHATS = 10_000
_KEPT = 3
"""Places that are kept for what somebody waits for."""


@dataclass(slots=True)
class Bucket:
    """`burst` at once, then one every `interval` seconds; times are of any one monotonic clock."""

    interval: float
    burst: int
    empty_until: float = 0.0  # when the bucket would be full again
    blocked_until: float = 0.0

    def pause(self, now: float, kept: int = 0) -> float:
        """Seconds until one may be taken, and so many more are left."""
        ready = max(self.empty_until - (self.burst - 1 - kept) * self.interval, self.blocked_until)
        return max(ready - now, 0.0)

    def take(self, now: float) -> None:
        self.empty_until = max(self.empty_until, now) + self.interval

    def block(self, until: float) -> None:
        self.blocked_until = max(self.blocked_until, until)


class Limits:
    """Telegram: about 30 messages a second, 1 a second to a person (short bursts pass), 20 a minute to a group."""

    def __init__(self) -> None:
        self._overall = Bucket(1 / 25, 5)
        self._chats: Remembered[str, Bucket] = Remembered(_CHATS)

    def pause(self, chat: str, now: float, waited_for: bool = True) -> float:
        """Seconds until something may be sent to the chat; what nobody waits for lets a reply go first."""
        return max(self._overall.pause(now, 0 if waited_for else _KEPT), self._chat(chat).pause(now))

    def take(self, chat: str, now: float) -> None:
        self._overall.take(now)
        self._chat(chat).take(now)

    def block(self, chat: str | None, until: float) -> None:
        """Telegram asked for a pause: for one chat, or for all where it named none."""
        (self._chat(chat) if chat else self._overall).block(until)

    def _chat(self, chat: str) -> Bucket:
        bucket = self._chats.get(chat)
        if bucket is None:
            bucket = Bucket(4.0, 3) if chat.startswith("-") else Bucket(1.0, 8)  # 3 + 15 a minute to a group
            self._chats.put(chat, bucket)
        return bucket
