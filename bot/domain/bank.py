"""A line of a bank statement, whatever file it came in, and what may become of it."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from bot.domain.money import ZERO, Money

_NO_WORD = re.compile(r"[\W_]+")
_PRINTED = 80
"""Characters of a purpose that tell one line from another."""


class LineState(StrEnum):
    """Where a line stands. What is booked is AUTOMATIC, CHOSEN or SPLIT."""

    NEW = "new"  # taken in, not looked at yet
    AUTOMATIC = "automatic"
    OFFERED = "offered"
    UNKNOWN = "unknown"  # nothing to offer
    CHOSEN = "chosen"
    SPLIT = "split"
    UNDONE = "undone"  # was booked, and is offered again
    IGNORED = "ignored"


BOOKED = frozenset({LineState.AUTOMATIC, LineState.CHOSEN, LineState.SPLIT})
UNIDENTIFIED = frozenset({LineState.OFFERED, LineState.UNKNOWN, LineState.UNDONE})
"""Somebody has to say what these are."""


class Apart(StrEnum):
    """Why a line is no payment of a client."""

    OUTGOING = "outgoing"
    OWN = "own"  # from our own account
    FEE = "fee"  # the bank's own: fees, interest
    ACQUIRER = "acquirer"  # card payments, which are booked one by one already
    FOREIGN = "foreign"  # in another currency
    THERE = "there"  # the book of record had loaded it first
    NO_CLIENT = "no_client"  # somebody of finance said so
    TO_RETURN = "to_return"  # all of it goes back to the payer


@dataclass(frozen=True, slots=True)
class StatementLine:
    """`amount` above zero came in, below zero went out. `bank_id` is the bank's own id, empty where it gives none.

    `payer` is the other side: its name, EDRPOU or RNOKPP, and account. `number` is the payment order's.
    """

    booked_on: date
    amount: Money
    purpose: str
    payer: str = ""
    payer_code: str = ""
    payer_account: str = ""
    our_account: str = ""
    number: str = ""
    bank_id: str = ""

    @property
    def incoming(self) -> bool:
        return self.amount > Money(0, self.amount.currency)

    @property
    def fingerprint(self) -> str:
        """The same for the same line in whatever file it comes; of two equal lines too."""
        said = (
            self.our_account,
            self.booked_on.isoformat(),
            str(self.amount.kopiykas),
            self.amount.currency,
            self.number.lstrip("0"),
            self.payer_code.lstrip("0"),
            _NO_WORD.sub("", self.purpose).casefold()[:_PRINTED],
        )
        return sha256("\0".join(said).encode()).hexdigest()[:40]


class ReturnReason(StrEnum):
    """Why money of a transfer goes back; finance may say it in other words."""

    TOO_MUCH = "too_much"
    MISTAKE = "mistake"
    TWICE = "twice"


class ReturnState(StrEnum):
    """Where a return stands. Money leaves from the bank, so that only finance knows when it has."""

    OPEN = "open"
    RETURNED = "returned"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a file gave; `left_out` are the numbers of lines that could not be read, with why."""

    lines: tuple[StatementLine, ...]
    left_out: tuple[tuple[int, str], ...] = ()

    @property
    def came(self) -> Money:
        return sum((one.amount for one in self.lines if one.incoming and one.amount.currency == "UAH"), ZERO)


class BrokenStatement(Exception):
    """A file that is no statement, or cannot be read; `code` says why, `detail` is for a person."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


class ToOnec(StrEnum):
    """Whether booked lines become documents in the book of record.

    CAREFUL looks there first, and takes a document that is there for the line's own; NEVER only looks.
    """

    CAREFUL = "careful"
    ALWAYS = "always"
    NEVER = "never"
