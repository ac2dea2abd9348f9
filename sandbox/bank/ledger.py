"""The account's transfers in the order they came, within a bound, and what the account holds."""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.bank.accounts import Party
from sandbox.clock import Clock

Json = dict[str, Any]
KYIV = ZoneInfo("Europe/Kyiv")
OPENING = Decimal("250000.00")
LARGEST = Decimal("999999999.99")
LONGEST_PURPOSE = 420
MOST = 20_000
FIRST = 1001


class Refused(Exception):
    """The bank would not take such a transfer; the text says why."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """Money that moved; `reference` is the bank's own and comes once."""

    id: int
    number: str
    reference: str
    at: datetime
    amount: Decimal
    payer: Party
    payee: Party
    purpose: str
    incoming: bool

    @property
    def other(self) -> Party:
        return self.payer if self.incoming else self.payee

    def view(self) -> Json:
        other = {"name": self.other.name, "code": self.other.code, "iban": self.other.iban, "bank": self.other.bank}
        return {
            "id": self.id,
            "number": self.number,
            "reference": self.reference,
            "at": self.at.isoformat(),
            "amount": f"{self.amount:.2f}",
            "incoming": self.incoming,
            "purpose": self.purpose,
            "other": other,
        }


class Ledger:
    """One account; its time can be moved forward."""

    def __init__(self, own: Party, now: Callable[[], float]) -> None:
        self.own = own
        self.life = 0
        self.changed = asyncio.Event()
        self.clock = Clock(now)
        self.transfers: list[Transfer] = []
        self._numbers = itertools.count(FIRST)

    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.clock.time(), KYIV).replace(microsecond=0)

    def reset(self) -> None:
        """No transfers, real time; numbers go on."""
        self.clock.reset()
        self.life += 1
        self.transfers.clear()
        self.wake()

    def receive(
        self, payer: Party, amount: Decimal, purpose: str, *, number: str = "", at: datetime | None = None
    ) -> Transfer:
        """Money comes from `payer`. Raises Refused."""
        return self._moved(payer, self.own, amount, purpose, number, at)

    def spend(self, payee: Party, amount: Decimal, purpose: str, *, at: datetime | None = None) -> Transfer:
        """Money goes to `payee`. Raises Refused."""
        return self._moved(self.own, payee, amount, purpose, "", at)

    def _moved(
        self, payer: Party, payee: Party, amount: Decimal, purpose: str, number: str, at: datetime | None
    ) -> Transfer:
        said = " ".join(purpose.split())
        if not 0 < len(said) <= LONGEST_PURPOSE:
            raise Refused(f"purpose: 1 to {LONGEST_PURPOSE} characters are expected")
        if not Decimal(0) < amount <= LARGEST or amount != amount.quantize(Decimal("0.01")):
            raise Refused("amount: hryvnias with two places are expected")
        if len(self.transfers) >= MOST:
            raise Refused("the account has too many transfers")
        count = next(self._numbers)
        moment = at or self.moment()
        made = Transfer(
            id=count - FIRST + 1, number=number or str(count), reference=f"JBKL{moment:%y%m%d}{count:08d}", at=moment,
            amount=amount, payer=payer, payee=payee, purpose=said, incoming=payee is self.own,
        )  # fmt: skip
        self.transfers.append(made)
        self.wake()
        return made

    def between(self, first: date, last: date) -> list[Transfer]:
        """Of these days and those between, by time."""
        found = [one for one in self.transfers if first <= one.at.date() <= last]
        return sorted(found, key=lambda one: (one.at, one.id))

    def balance(self, before: date | None = None) -> Decimal:
        """What the account held when that day began, or holds now."""
        counted = [one for one in self.transfers if before is None or one.at.date() < before]
        return sum((one.amount if one.incoming else -one.amount for one in counted), OPENING)

    def wake(self) -> None:
        """Tells those who wait that something may have come."""
        changed, self.changed = self.changed, asyncio.Event()
        changed.set()
