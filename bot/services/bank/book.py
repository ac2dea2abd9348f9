"""The present state of the books, as the matching wants it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.db.bank import LineRow
from bot.db.tx import Tx
from bot.domain.bank import StatementLine
from bot.domain.matching import Book, Open
from bot.domain.matching.purpose import read
from bot.domain.receivable import Debt
from bot.i18n import KYIV
from bot.services.bank.terms import BankTerms
from bot.services.debts import owed
from bot.services.pay_links import order_rest


def the_book(
    tx: Tx, lines: Sequence[StatementLine], terms: BankTerms, now: datetime, only: Collection[UUID] = ()
) -> Book:
    """All debts, and of orders that are no debts yet those that these lines name; or of these clients alone."""
    named = orders_named(tx, (line.purpose for line in lines))
    clients = set(only) or {*tx.bank_money.debtors(), *named}
    opens = [one for client in clients for one in opens_of(tx, client, now, named.get(client, ()))]
    return Book(tx.bank_money.payers(), opens, tx.bank_money.rules(), terms.codes, terms.accounts)


def divisible(tx: Tx, row: LineRow) -> StatementLine:
    """The line with what of it may go to documents: all but what goes back to the payer."""
    return replace(row.line, amount=row.line.amount - tx.bank_returns.kept_back(row.number))


def opens_of(tx: Tx, client_id: UUID, now: datetime, orders: Iterable[UUID] = ()) -> list[Open]:
    """What this client has to pay: debts, and these orders as far as no debt is theirs."""
    debts = owed(tx, client_id, now.astimezone(KYIV).date())
    found = [_of_debt(client_id, debt) for debt in debts.debts]
    known = {one.order_id for one in found}
    for order_id in orders:
        order = tx.orders.view(order_id, client_id) if order_id not in known else None
        if order is None:
            continue
        rest, _ = order_rest(tx, order, now)
        if rest:
            day = order.placed_at.astimezone(KYIV).date()
            found.append(Open(client_id, order.number, rest, day, order_id=order_id, kind="order"))
    return found


def orders_named(tx: Tx, purposes: Iterable[str]) -> dict[UUID, list[UUID]]:
    """Orders of ours whose numbers stand in these purposes, by client."""
    numbers = set()
    for purpose in purposes:
        for named in read(purpose).numbers:
            for key in named.keys:
                letters, _, digits = key.partition("|")
                if letters in ("", "К") and digits.isdecimal() and len(digits) <= 6:
                    numbers.add(f"K-{int(digits):06d}")
    found: dict[UUID, list[UUID]] = {}
    for order_id, client_id in tx.bank_money.orders_named(numbers):
        found.setdefault(client_id, []).append(order_id)
    return found


def _of_debt(client_id: UUID, debt: Debt) -> Open:
    """A debt that is an order of ours is that order: whichever way it is paid, it is not asked for twice."""
    also = (debt.order_number,) if debt.order_number and debt.order_number != debt.number else ()
    document = None if debt.itself else debt.document
    return Open(client_id, debt.number, debt.rest, debt.dated, document, debt.order_id, debt.kind, debt.due, also)
