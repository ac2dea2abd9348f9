"""Addresses that meet a trouble of their own, by what stands before the @ (and before a +)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

SLOW_FOR = 3.0


class Answer(NamedTuple):
    """What a recipient is answered with, at once (`rcpt`) or after the letter (`data`)."""

    rcpt: str = ""
    data: str = ""


ANSWERS: Mapping[str, Answer] = MappingProxyType(
    {
        "unknown": Answer(rcpt="550 5.1.1 No such user here"),
        "full": Answer(rcpt="452 4.2.2 The mailbox is full"),
        "spam": Answer(data="554 5.7.1 The letter looks like spam"),
    }
)
GREYLISTED = "greylist"
SLOW = "slow"
LOST = "lost"
RETURNED: Mapping[str, str] = MappingProxyType(
    {"bounce": "5.1.1", "bounce-full": "5.2.2", "bounce-plain": "5.1.1", "delayed": "4.4.1"}
)
"""Taken, and a second later a letter comes back with this status."""
ABOUT: Mapping[str, str] = MappingProxyType(
    {
        "unknown@": "550 5.1.1 at once",
        "full@": "452 4.2.2 at once",
        "greylist@": "451 4.7.1 the first time, taken the second",
        "slow@": f"taken, answered after {SLOW_FOR:.0f} s",
        "spam@": "554 5.7.1 after the letter",
        "lost@": "taken, the connection ends before the answer",
        "bounce@": "taken, comes back as a report (RFC 3464): 5.1.1",
        "bounce-full@": "taken, comes back as a report: 5.2.2",
        "bounce-plain@": "taken, comes back in plain words, as qmail writes",
        "delayed@": "taken, a report says that it is still tried",
    }
)


def kind(address: str) -> str:
    """`unknown+7@somewhere` -> `unknown`."""
    return address.rpartition("@")[0].partition("+")[0].lower()
