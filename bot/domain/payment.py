"""Paying by card: what is asked of a gateway, what a gateway says of one attempt, and what a payer's page shows."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from stdnum import iban as iban_rules

from bot.domain.money import ZERO, Money
from bot.domain.promotion import Off


class Outcome(StrEnum):
    """Where an attempt stands at the gateway; what it says later may be less than what it said before."""

    WAITING = "waiting"  # created, nobody has paid
    UNDER_WAY = "under_way"  # in processing, in 3-D Secure, on review
    HELD = "held"  # authorised, not taken
    PAID = "paid"
    DECLINED = "declined"
    EXPIRED = "expired"
    REFUNDED = "refunded"  # wholly; a part is PAID with `refunded` above zero


@dataclass(frozen=True, slots=True)
class Item:
    """What is paid for, as the payer reads it: `price` of one, `count` whole."""

    name: str
    price: Money
    count: int = 1


@dataclass(frozen=True, slots=True)
class Charge:
    """One attempt to pay. `reference` is ours, new for every attempt, and is what the gateway knows it by.

    `amount` equals the sum of the items. `lives_until`: after it the gateway takes no money for this attempt.
    """

    reference: str
    amount: Money
    items: tuple[Item, ...]
    made_at: datetime
    lives_until: datetime
    language: str = "uk"
    payer_name: str = ""
    payer_email: str = ""
    payer_phone: str = ""


@dataclass(frozen=True, slots=True)
class GatewayState:
    """What the gateway says of an attempt: read back by us, or told by a callback that was verified.

    `card` is a mask such as 44****4444; `fee` is what the gateway keeps. `code` and `reason` are its own words.
    """

    reference: str
    outcome: Outcome
    amount: Money
    refunded: Money = ZERO
    card: str = ""
    bank: str = ""
    auth_code: str = ""
    created_at: datetime | None = None
    processed_at: datetime | None = None
    fee: Money | None = None
    code: str = ""
    reason: str = ""
    status: str = field(default="", compare=False)


class PayState(StrEnum):
    """Where a pay link stands."""

    UNPAID = "unpaid"
    UNDER_WAY = "under_way"  # an attempt is in the bank's hands: nobody may start another
    PAID = "paid"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class PayLine:
    """One of the things a pay link is for, with its part of the sum; `kind` of a document says how to call it."""

    name: str
    amount: Money
    kind: str = ""
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class PayView:
    """A pay link as whoever opens it sees it.

    `amount` is asked in all, `paid` has come in so far. `purpose` is what stands in a bank transfer. `card` is a mask.
    `language` is the client's; the page may be read in another. `offer` is what paying the rest by card takes off,
    `taken_off` what payments by card have brought already.
    """

    state: PayState
    amount: Money
    purpose: str
    lives_until: datetime
    paid: Money = ZERO
    items: tuple[PayLine, ...] = ()
    client_name: str = ""
    order_number: str = ""
    paid_at: datetime | None = None
    card: str = ""
    language: str = "uk"
    offer: Off | None = None
    taken_off: Money = ZERO

    @property
    def due(self) -> Money:
        """What is still to be paid; never below zero."""
        return max(self.amount - self.paid - self.taken_off, Money(0, self.amount.currency))

    @property
    def due_by_card(self) -> Money:
        return self.due - self.offer.amount if self.offer is not None else self.due

    def at(self, now: datetime) -> Self:
        """The same link at this moment: an unpaid one does not outlive its end."""
        outlived = self.state is PayState.UNPAID and now >= self.lives_until
        return replace(self, state=PayState.EXPIRED) if outlived else self


@dataclass(frozen=True, slots=True)
class Payee:
    """Who is paid. An empty `iban`: no bank transfer is offered.

    Raises ValueError for an IBAN that is no Ukrainian one, and for an IBAN without a code of 8 or 10 digits.
    """

    name: str
    edrpou: str
    iban: str = ""

    def __post_init__(self) -> None:
        if self.iban and not (re.fullmatch(r"UA\d{27}", self.iban, re.ASCII) and iban_rules.is_valid(self.iban)):
            raise ValueError("iban")
        if self.iban and not re.fullmatch(r"\d{8}|\d{10}", self.edrpou, re.ASCII):
            raise ValueError("edrpou")
