"""The way of one message: its statuses by the clock, and the phones that meet each failure."""

from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

SMS, VIBER = "sms", "viber"
QUEUED, SENT, DELIVERED, READ = "Queued", "Sent", "Delivered", "Read"
UNDELIVERED, EXPIRED, REJECTED = "Undelivered", "Expired", "Rejected"
FINAL = frozenset({DELIVERED, READ, UNDELIVERED, EXPIRED, REJECTED})

SENT_AFTER, DONE_AFTER, READ_AFTER = 1.0, 2.0, 10.0
SMS_LIFE = 24 * 3600.0

SMS_ENDINGS = MappingProxyType({"0001": UNDELIVERED, "0003": REJECTED, "0004": EXPIRED, "0006": SENT, "0007": QUEUED})
"""The last four digits of a phone -> the status its text messages end in; any other ends in Delivered."""
NO_VIBER = frozenset({"0010", "0012"})
"""Phones without Viber, whose Viber messages expire; 0012 cannot be reached by SMS either."""
READERS = frozenset({"0011"})
"""Phones whose owner reads in Viber at once; others have Viber and do not read by themselves."""


@dataclass(frozen=True, slots=True)
class Step:
    """A status from a moment on, in seconds since the epoch, by one channel."""

    at: float
    status: str
    channel: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one channel carries."""

    sender: str
    text: str


@dataclass(slots=True)
class Message:
    """One message to one phone, by SMS, by Viber, or by Viber and then SMS."""

    id: str
    phone: str
    made_at: float
    sms: Part | None
    viber: Part | None
    parts: int
    price: Decimal = Decimal(0)
    steps: list[Step] = field(default_factory=list)

    def carried(self, channel: str) -> Part:
        part = self.viber if channel == VIBER else self.sms
        assert part is not None
        return part


def way(phone: str, start: float, *, sms: bool, ttl: int | None) -> list[Step]:
    """Everything that will become of a message; `ttl` is Viber's, None where it does not go by Viber."""
    if ttl is None:
        return _by_sms(phone, start)
    first = [Step(start, QUEUED, VIBER)]
    if phone[-4:] not in NO_VIBER:
        read = [Step(start + READ_AFTER, READ, VIBER)] if phone[-4:] in READERS else []
        return [*first, Step(start + SENT_AFTER, SENT, VIBER), Step(start + DONE_AFTER, DELIVERED, VIBER), *read]
    return [*first, *(_by_sms(phone, start + ttl) if sms else [Step(start + ttl, EXPIRED, VIBER)])]


def _by_sms(phone: str, start: float) -> list[Step]:
    end = UNDELIVERED if phone[-4:] == "0012" else SMS_ENDINGS.get(phone[-4:], DELIVERED)
    steps = [Step(start, QUEUED, SMS)]
    if end == QUEUED:
        return steps
    if end == REJECTED:
        return [*steps, Step(start + SENT_AFTER, REJECTED, SMS)]
    steps.append(Step(start + SENT_AFTER, SENT, SMS))
    if end == SENT:
        return steps
    return [*steps, Step(start + (SMS_LIFE if end == EXPIRED else DONE_AFTER), end, SMS)]
