"""Statements: what a client ordered, paid and owes, as far as the books know it, and how the account moved, by 1C."""

import asyncio
from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from bot.db.books import Books
from bot.db.statements import OrderedRow
from bot.db.tx import Tx
from bot.domain.client import Buyer
from bot.domain.errors import OutsideError
from bot.domain.money import ZERO, Money, total
from bot.domain.paying import sums
from bot.domain.settlements import Settlements
from bot.i18n import KYIV
from bot.logs import log
from bot.ports import Accounting, Clock
from bot.services.balance import require_payer
from bot.services.debts import Owed, owed
from bot.services.standing import SYSTEM, LastKnown, Standing

ORDERS = 3000
"""More than anybody reads; of a client with more, the newest, and the statement says so."""
MOVES = 3000
"""Of more movements the last ones, with what the account stood at before them."""
PATIENCE = 25.0
"""Seconds that somebody waits for 1C before they get what the books know."""
logger = log("statements")


@dataclass(frozen=True, slots=True)
class PaidRow:
    """A payment made through a link; `names` are kinds, numbers and dates of what it was for."""

    paid_at: datetime
    card: str
    names: tuple[tuple[str, str, date | None], ...]
    charged: Money
    refunded: Money


@dataclass(frozen=True, slots=True)
class AccountView:
    """The client's account by 1C; `pending` came in here and is not there yet.

    Not `agreed` where debts that the books know were read before something moved there.
    """

    settlements: Settlements
    pending: Money
    agreed: bool

    @property
    def opening(self) -> Money:
        return self.settlements.opening

    @property
    def closing(self) -> Money:
        return self.settlements.closing - self.pending


@dataclass(frozen=True, slots=True)
class Statement:
    """Of the days from `since` to `on`, both included; debts are those of the moment.

    `as_of` is said where debts are older than they should be; not `whole` where there were too many orders.
    `account` is None where 1C could not tell it, though it was `asked`, or there is no 1C to ask.
    """

    client: str
    since: date
    on: date
    owed: Owed
    orders: tuple[OrderedRow, ...]
    payments: tuple[PaidRow, ...]
    as_of: LastKnown | None
    whole: bool = True
    account: AccountView | None = None
    asked: bool = False

    @property
    def ordered(self) -> Money:
        return total(tuple(order.total for order in self.orders))

    @property
    def paid(self) -> Money:
        """Net of what was given back."""
        return sum((payment.charged - payment.refunded for payment in self.payments), ZERO)

    @property
    def empty(self) -> bool:
        moved = self.account is not None and (self.account.settlements.movements or self.account.opening)
        return not (self.owed.debts or self.orders or self.payments or moved)


class Statements:
    """For those who may see the balance."""

    def __init__(self, books: Books, standing: Standing, now: Clock, accounting: Accounting | None = None) -> None:
        self._books = books
        self._accounting = accounting
        self._standing = standing
        self._now = now

    async def of(self, buyer: Buyer, months: int) -> Statement:
        """Of so many months up to today, the day itself included. Raises Forbidden."""
        since = months_before(self._now().astimezone(KYIV).date(), months)
        if self._accounting is None:
            return await self._books.read(self._statement, buyer, months)
        client = await self._books.read(_to_ask_about, buyer)
        settlements = await self._settlements(self._accounting, client, since) if client else None
        return await self._books.read(self._with_account, buyer, months, settlements)

    async def _settlements(self, accounting: Accounting, client: str, since: date) -> Settlements | None:
        """None where 1C is silent, slow, or does not show them."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await accounting.settlements(client, since)
        except OutsideError as error:
            logger.warning("no settlements for a statement", code=error.code)
        except TimeoutError:
            logger.warning("no settlements for a statement", code="patience")
        return None

    def _with_account(self, tx: Tx, buyer: Buyer, months: int, settlements: Settlements | None) -> Statement:
        statement = self._statement(tx, buyer, months)
        if settlements is None:
            return replace(statement, asked=True)
        there = {one.document for one in settlements.movements}
        known = total(tuple(one.balance for one in tx.receivables.of_client(buyer.id)))
        shown = settlements.latest(MOVES)
        account = AccountView(shown, _pending(tx, buyer, there), known == settlements.closing)
        return replace(statement, account=account, asked=True)

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


def _to_ask_about(tx: Tx, buyer: Buyer) -> str:
    """The client's id there; empty where it has none, or nobody answers there anyway. Raises Forbidden."""
    require_payer(tx, buyer)
    if tx.systems.state(SYSTEM).silent_since is not None:
        return ""
    return tx.statements.client_there(buyer.id)


def _pending(tx: Tx, buyer: Buyer, there: Collection[str]) -> Money:
    """What came in here and is in none of the documents `there`."""
    unseen = list(tx.money.unseen(buyer.id))
    said = tx.payments.said_of(unseen)
    cards = [
        sums(said[reference]).kept
        for reference in unseen
        if (link := tx.money.document(reference)) is None or link.ref not in there
    ]
    transfers = [sum_ for ref, sum_ in tx.statements.transfers_unseen(buyer.id) if ref not in there]
    return total((*cards, *transfers))


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
