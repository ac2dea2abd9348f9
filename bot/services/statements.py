"""Statements: what a client ordered, paid and owes, as far as the books know it."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from bot.db.books import Books
from bot.db.statements import OrderedRow
from bot.db.tx import Tx
from bot.domain.client import Buyer
from bot.domain.money import ZERO, Money, total
from bot.domain.paying import sums
from bot.i18n import KYIV
from bot.ports import Clock
from bot.services.balance import require_payer
from bot.services.debts import Owed, owed
from bot.services.standing import LastKnown, Standing

ORDERS = 3000
"""More than anybody reads; of a client with more, the newest, and the statement says so."""


@dataclass(frozen=True, slots=True)
class PaidRow:
    """A payment made through a link; `names` are kinds, numbers and dates of what it was for."""

    paid_at: datetime
    card: str
    names: tuple[tuple[str, str, date | None], ...]
    charged: Money
    refunded: Money


@dataclass(frozen=True, slots=True)
class Statement:
    """Of the days from `since` to `on`, both included; debts are those of the moment.

    `as_of` is said where debts are older than they should be; not `whole` where there were too many orders.
    """

    client: str
    since: date
    on: date
    owed: Owed
    orders: tuple[OrderedRow, ...]
    payments: tuple[PaidRow, ...]
    as_of: LastKnown | None
    whole: bool = True

    @property
    def ordered(self) -> Money:
        return total(tuple(order.total for order in self.orders))

    @property
    def paid(self) -> Money:
        """Net of what was given back."""
        return sum((payment.charged - payment.refunded for payment in self.payments), ZERO)

    @property
    def empty(self) -> bool:
        return not (self.owed.debts or self.orders or self.payments)


class Statements:
    """For those who may see the balance."""

    def __init__(self, books: Books, standing: Standing, now: Clock) -> None:
        self._books = books
        self._standing = standing
        self._now = now

    async def of(self, buyer: Buyer, months: int) -> Statement:
        """Of so many months up to today, the day itself included. Raises Forbidden."""
        return await self._books.read(self._statement, buyer, months)

    def _statement(self, tx: Tx, buyer: Buyer, months: int) -> Statement:
        require_payer(tx, buyer)
        today = self._now().astimezone(KYIV).date()
        since = months_before(today, months)
        begin = datetime.combine(since, time(), KYIV).astimezone(UTC)
        orders = tx.statements.orders(buyer.id, begin, ORDERS + 1)
        return Statement(
            buyer.name,
            since,
            today,
            owed(tx, buyer.id, today),
            tuple(orders[-ORDERS:]),
            _paid(tx, buyer, begin),
            self._standing.debts_as_of_in(tx),
            whole=len(orders) <= ORDERS,
        )


def _paid(tx: Tx, buyer: Buyer, begin: datetime) -> tuple[PaidRow, ...]:
    """Oldest first; of one that came in before, what was given back since is not told."""
    found = []
    for reference, link_id in tx.statements.paid(buyer.id, begin):
        sum_, link = sums(tx.payments.said(reference)), tx.pay_links.by_id(link_id)
        if link is not None and sum_.paid_at is not None and sum_.paid_at >= begin:
            names = tuple(row.called for row in link.targets)
            found.append(PaidRow(sum_.paid_at, sum_.card, names, sum_.charged, sum_.refunded))
    return tuple(sorted(found, key=lambda row: row.paid_at))


def months_before(day: date, months: int) -> date:
    """The same day so many months ago, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
