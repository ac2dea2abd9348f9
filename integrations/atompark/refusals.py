"""AtomPark's error codes and who has to act on each."""

from enum import StrEnum

from bot.domain.errors import Rejected
from bot.domain.sms import SmsRefusal
from bot.logs import log

SYSTEM = "atompark"


class Refusal(StrEnum):
    """What a code means to us."""

    NO_FUNDS = SmsRefusal.NO_FUNDS
    BAD_SENDER = SmsRefusal.BAD_SENDER
    BAD_PHONE = SmsRefusal.BAD_PHONE
    PERMANENT = "permanent"
    UNKNOWN = "config_or_unknown"


_NO_FUNDS = frozenset({304, 305})
_BAD_SENDER = frozenset({300, *range(259, 268)})
_BAD_PHONE = frozenset({212, 303})
NO_SUCH_CAMPAIGN = frozenset({320, 321, 322})
"""Wrong, deleted, or without a phone: there is nothing to be told of it."""
ALERTS = frozenset({Refusal.NO_FUNDS, Refusal.BAD_SENDER, Refusal.UNKNOWN})
"""Refusals that stop every message, not this one: somebody has to act."""
_NAMED = frozenset({Refusal.NO_FUNDS, Refusal.BAD_SENDER, Refusal.BAD_PHONE})

_log = log("integrations.atompark")


def refusal_of(code: int | None) -> Refusal:
    """None and anything outside the table is a wrong key, a wrong sum or something new."""
    if code in _NO_FUNDS:
        return Refusal.NO_FUNDS
    if code in _BAD_SENDER:
        return Refusal.BAD_SENDER
    if code in _BAD_PHONE:
        return Refusal.BAD_PHONE
    return Refusal.PERMANENT if code is not None and 200 <= code < 400 else Refusal.UNKNOWN


def rejected(action: str, said: object) -> Rejected:
    """The error of an answer with this code; one that needs somebody to act is written as critical."""
    written = str(said)
    code = int(written) if len(written) <= 6 and written.removeprefix("-").isdecimal() else None
    refusal = refusal_of(code)
    if refusal in ALERTS:
        _log.critical("atompark sends nothing", operation=action, code=code, refusal=refusal)
    error = Rejected(SYSTEM, action, refusal.value if code is None or refusal in _NAMED else code)
    error.of_system = refusal in ALERTS
    return error
