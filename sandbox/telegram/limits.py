"""How often a bot may write: token buckets for a chat, for a group and for the bot as a whole."""

import math
from collections import OrderedDict
from dataclasses import dataclass

from sandbox.telegram.errors import too_many
from sandbox.telegram.people import Chat

PER_SECOND = 30.0
GROUP_PER_MINUTE = 20.0
CHAT_BURST = 20.0
KEPT_BUCKETS = 50_000


@dataclass(slots=True)
class Bucket:
    """`rate` tokens a second, at most `burst` saved."""

    rate: float
    burst: float
    tokens: float
    at: float

    def wait(self, cost: float, now: float) -> float:
        """Seconds until `cost` tokens are there; 0 when they are."""
        self.tokens = min(self.burst, self.tokens + max(0.0, now - self.at) * self.rate)
        self.at = now
        return max(0.0, (min(cost, self.burst) - self.tokens) / self.rate)


class Limits:
    """One message a second for a chat after a burst, 20 a minute for a group, 30 a second over all."""

    def __init__(self) -> None:
        self.enabled = True
        self.burst = CHAT_BURST
        self._all = Bucket(PER_SECOND, PER_SECOND, PER_SECOND, 0.0)
        self._chats: OrderedDict[int, Bucket] = OrderedDict()

    def spend(self, chat: Chat, cost: int, now: float) -> None:
        """Takes `cost` messages to `chat`. Raises ApiError 429 and takes nothing when they are too many."""
        if not self.enabled:
            return
        buckets = (self._all, self._bucket(chat, now))
        wait = max(bucket.wait(cost, now) for bucket in buckets)
        if wait > 0:
            raise too_many(math.ceil(wait))
        for bucket in buckets:
            bucket.tokens -= cost

    def set(self, enabled: bool, burst: float) -> None:
        self.enabled, self.burst = enabled, burst
        self._chats.clear()

    def _bucket(self, chat: Chat, now: float) -> Bucket:
        rate, burst = (1.0, self.burst) if chat.kind == "private" else (GROUP_PER_MINUTE / 60, GROUP_PER_MINUTE)
        bucket = self._chats.setdefault(chat.id, Bucket(rate, burst, burst, now))
        self._chats.move_to_end(chat.id)
        while len(self._chats) > KEPT_BUCKETS:
            self._chats.popitem(last=False)
        return bucket
