"""What a client owes, by document."""

from dataclasses import dataclass
from datetime import date

from bot.domain.money import Money


@dataclass(frozen=True, slots=True)
class ReceivableView:
    """A debt by one document; a negative balance is an advance."""

    document: str
    kind: str
    number: str
    dated: date
    amount: Money
    balance: Money
    due: date | None

    def overdue(self, today: date) -> bool:
        return self.balance.kopiykas > 0 and self.due is not None and self.due < today
