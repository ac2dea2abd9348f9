"""The way of one text message: its statuses by the clock, and the phones that meet each failure."""

from dataclasses import dataclass
from types import MappingProxyType

QUEUED = "0"
SENT = "SENT"
DELIVERED = "DELIVERED"
NOT_DELIVERED = "NOT_DELIVERED"
INVALID = "INVALID_PHONE_NUMBER"
SPAM = "SPAM"
EXPIRED = "EXPIRED"
DUPLICATE = "duplicate"

SENT_AFTER = 1.0
DONE_AFTER = 2.0
LONGEST_LIFETIME_HOURS = 24

ENDINGS = MappingProxyType(
    {
        "0001": NOT_DELIVERED,
        "0002": INVALID,
        "0003": SPAM,
        "0004": EXPIRED,
        "0005": DUPLICATE,
        "0006": SENT,
        "0007": QUEUED,
    }
)
"""The last four digits of a phone -> the status its messages end in; any other phone ends in DELIVERED."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one phone; times are seconds since the epoch, None where that moment never comes."""

    phone: str
    text: str
    parts: int
    outcome: str
    sent_at: float | None
    done_at: float | None

    def status(self, at: float) -> str:
        """The word of the provider at that moment."""
        if self.done_at is not None and at >= self.done_at:
            return self.outcome
        if self.sent_at is not None and at >= self.sent_at:
            return SENT
        return QUEUED

    @property
    def charged(self) -> bool:
        """A wrong or repeated number costs nothing."""
        return self.outcome not in {INVALID, DUPLICATE}


def plan(phone: str, text: str, parts: int, *, start: float, lifetime: int, outcome: str | None = None) -> Delivery:
    """The whole way of a message that starts at `start` and lives `lifetime` hours (0: the longest)."""
    outcome = outcome or ENDINGS.get(phone[-4:], DELIVERED)
    sent_at: float | None = start + SENT_AFTER
    done_at: float | None = start + DONE_AFTER
    if outcome in {INVALID, SPAM, DUPLICATE}:
        sent_at = None
    elif outcome == EXPIRED:
        done_at = start + (lifetime or LONGEST_LIFETIME_HOURS) * 3600
    elif outcome == SENT:
        done_at = None
    elif outcome == QUEUED:
        sent_at = done_at = None
    return Delivery(phone, text, parts, outcome, sent_at, done_at)
