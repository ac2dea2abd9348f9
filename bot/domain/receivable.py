"""What a client owes, by document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from bot.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class ReceivableView:
    """A debt by one document; a negative balance is an advance. `order_ref` is the order it was shipped by."""

    document: str
    kind: str
    number: str
    dated: date
    amount: Money
    balance: Money
    due: date | None
    contract: str | None = None
    order_ref: str | None = None

    @property
    def orders(self) -> tuple[str, ...]:
        """The documents of orders that this may be the debt of."""
        return tuple({self.document: None, self.order_ref: None}) if self.order_ref else (self.document,)

    def overdue(self, today: date) -> bool:
        return self.balance.kopiykas > 0 and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class Debt:
    """What is left to be paid by a document: less than 1C says, where it has not seen a payment yet.

    `mark` is short enough for a button. The order is ours that it comes of; `itself`: the debt's document is its own.
    """

    mark: int
    document: str
    kind: str
    number: str
    dated: date
    amount: Money
    due: date | None
    rest: Money
    overdue: bool
    order_id: UUID | None = None
    order_number: str = ""
    itself: bool = False
    chosen: bool = False


def rests(
    known: Sequence[ReceivableView], to_documents: Mapping[str, Money], to_orders: Mapping[str, Money]
) -> list[Money]:
    """What is left of each: its balance, less what came in for its document and for the orders it is of.

    Money for an order goes to its debts in their order, each sum once. Below zero is an advance.
    """
    ahead, left = dict(to_orders), []
    for one in known:
        rest = one.balance - to_documents.get(one.document, ZERO)
        for ref in one.orders:
            taken = max(min(ahead.get(ref, ZERO), rest), ZERO)
            rest -= taken
            ahead[ref] = ahead.get(ref, ZERO) - taken
        left.append(rest)
    return left


def mark_of(document: str) -> int:
    """The same for the same document; of two of a client it is another, as good as surely."""
    return int.from_bytes(sha256(document.encode()).digest()[:5], "big")
