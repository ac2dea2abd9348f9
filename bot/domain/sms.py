"""Text messages: what a provider took, what became of it, and how many parts a text is paid for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.money import Money

SMS = "sms"
VIBER = "viber"


class SmsState(StrEnum):
    """How far a message has come; the last three do not change any more, but that one delivered may yet be seen."""

    ON_ITS_WAY = "on_its_way"
    DELIVERED = "delivered"
    SEEN = "seen"
    FAILED = "failed"


class SmsRefusal(StrEnum):
    """The code of Rejected where every provider means the same; any other code is the provider's own."""

    NO_FUNDS = "no_funds"
    BAD_SENDER = "bad_sender"
    BAD_PHONE = "bad_phone"
    BAD_TEXT = "bad_text"
    OPTED_OUT = "opted_out"
    """The person does not want messages: not to be asked again."""
    REPEATED = "repeated"
    """The same words went to this phone a moment ago, under another key."""


@dataclass(frozen=True, slots=True)
class SmsSent:
    """A message that was taken: the provider's own id, its parts as a text message, and its price where it is told."""

    id: str
    parts: int
    cost: Money | None


@dataclass(frozen=True, slots=True)
class SmsReport:
    """What became of a message, since when, and by which way it went."""

    state: SmsState
    at: datetime | None
    cost: Money | None = None
    channel: str = SMS


_GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM7_ESCAPED = frozenset("^{}\\[~]|€\f")


def segments(text: str) -> int:
    """0 for an empty text. Any Cyrillic letter, `№`, `’`, `«»` or `—` makes it UCS-2, counted in UTF-16 units.

    An escape pair that would straddle two parts may cost one more.
    """
    if all(character in _GSM7 or character in _GSM7_ESCAPED for character in text):
        return _parts(len(text) + sum(character in _GSM7_ESCAPED for character in text), alone=160, joined=153)
    return _parts(len(text) + sum(character > "\uffff" for character in text), alone=70, joined=67)


def _parts(units: int, *, alone: int, joined: int) -> int:
    if units <= alone:
        return min(units, 1)
    return -(-units // joined)
