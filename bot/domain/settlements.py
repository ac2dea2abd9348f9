"""How a client's account has moved since a day, by the book of record: for a statement and a reconciliation act."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain.money import ZERO, Money, total


@dataclass(frozen=True, slots=True)
class Movement:
    """What one document did to the account: `debit` is what the client owes more by it, `credit` what less.

    `kind` is shipment, payment, order, invoice, opening or other; the number is empty where it cannot be read.
    """

    document: str
    kind: str
    number: str
    day: date
    debit: Money = ZERO
    credit: Money = ZERO

    @property
    def change(self) -> Money:
        return self.debit - self.credit


@dataclass(frozen=True, slots=True)
class Settlements:
    """The account of one client from the morning of `since` on; above zero the client owes, below it paid ahead."""

    since: date
    opening: Money
    movements: tuple[Movement, ...]
    """In the order of their documents."""

    @property
    def debit(self) -> Money:
        return total(tuple(one.debit for one in self.movements))

    @property
    def credit(self) -> Money:
        return total(tuple(one.credit for one in self.movements))

    @property
    def closing(self) -> Money:
        return self.opening + self.debit - self.credit

    def latest(self, limit: int) -> "Settlements":
        """The same account from the first of so many last movements on, where there are more."""
        if len(self.movements) <= limit:
            return self
        shown = self.movements[len(self.movements) - limit :]
        return Settlements(shown[0].day, self.closing - total(tuple(one.change for one in shown)), shown)

    def running(self) -> Iterator[tuple[Movement, Money]]:
        """Each movement with what the account stood at after it."""
        balance = self.opening
        for one in self.movements:
            balance += one.change
            yield one, balance
