"""AtomPark's error codes and who has to act on each."""

from enum import StrEnum


class Refusal(StrEnum):
    """What a code means to us."""

    NO_FUNDS = "no_funds"
    BAD_SENDER = "bad_sender"
    BAD_PHONE = "bad_phone"
    PERMANENT = "permanent"
    UNKNOWN = "config_or_unknown"


_NO_FUNDS = frozenset({304, 305})
_BAD_SENDER = frozenset({300, *range(259, 268)})
_BAD_PHONE = frozenset({212, 303})
ALERTS = frozenset({Refusal.NO_FUNDS, Refusal.BAD_SENDER, Refusal.UNKNOWN})
"""Refusals that stop every message, not this one: somebody has to act."""


def refusal_of(code: int | None) -> Refusal:
    """None and anything outside the table is a wrong key, a wrong sum or something new."""
    if code in _NO_FUNDS:
        return Refusal.NO_FUNDS
    if code in _BAD_SENDER:
        return Refusal.BAD_SENDER
    if code in _BAD_PHONE:
        return Refusal.BAD_PHONE
    return Refusal.PERMANENT if code is not None and 200 <= code < 400 else Refusal.UNKNOWN
