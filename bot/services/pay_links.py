"""What a pay link asks at this moment, of each of the things it is for; and making one."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.pay_links import LinkRow, TargetRow
from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.allocation import Target
from bot.domain.money import ZERO, Money, total
from bot.domain.order import SENT, OrderView, Payable
from bot.domain.payment import PayLine, PayState, PayView
from bot.domain.promotion import Off
from bot.i18n import KYIV, translator
from bot.services.attempts import known
from bot.services.debts import Owed, owed
from bot.services.paid import Paid, order_due, paid_for_all

LIFE = timedelta(days=3)
TOKEN = 32
"""Characters that open a link."""
"""How long a link can be paid; opening it again from the chat gives it as long anew."""
LONGEST_PULL = timedelta(minutes=20)
"""Debts that were whole so long after an order was shipped would have it among them."""
NAMED = 4
"""So many documents are named in the purpose of a transfer."""
_UK = translator("uk")
Rests = dict[UUID, tuple[Money, Paid]]
"""By order, what is left to be paid for it and what came in."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One target: `due` is to be paid now, `paid` came in for it, `taken_off` was for paying by card."""

    row: TargetRow
    due: Money
    paid: Money
    taken_off: Money = ZERO

    @property
    def amount(self) -> Money:
        return self.paid + self.taken_off + self.due

    @property
    def name(self) -> str:
        return _UK.document(*self.row.called)


@dataclass(frozen=True, slots=True)
class Asked:
    """A link as it stands."""

    link: LinkRow
    asks: tuple[Ask, ...]
    state: PayState
    paid: Money
    card: str = ""
    paid_at: datetime | None = None

    @property
    def order_id(self) -> UUID | None:
        """The order that it asks the whole rest of, and nothing else."""
        return self.link.order_id if self.link.targets[0].target.asked is None else None

    @property
    def taken_off(self) -> Money:
        return total(tuple(ask.taken_off for ask in self.asks))

    @property
    def due(self) -> Money:
        return total(tuple(ask.due for ask in self.asks))

    @property
    def purpose(self) -> str:
        names = [ask.name for ask in self.asks]
        if len(names) == 1:
            return (
                f"Оплата: {names[0][:1].lower()}{names[0][1:]}"
                if self.link.order_id is None
                else (f"Оплата замовлення {self.asks[0].row.number}")
            )
        more = f" та ще {len(names) - NAMED}" if len(names) > NAMED else ""
        return f"Оплата за товар: {', '.join(names[:NAMED])}{more}"


def order_key(order_id: UUID) -> str:
    """Of the link for all of an order."""
    return f"order:{order_id.hex}"


def order_target(order: OrderView, asked: Money | None = None) -> TargetRow:
    return TargetRow(Target(order.id, None, asked), "order", order.number)


def opened(tx: Tx, key: str, client_id: UUID, targets: Sequence[TargetRow], now: datetime) -> LinkRow:
    """The link for this, from now on for as long as a link lives; the caller holds the lock.

    One that has nothing more to ask, though there is something to pay, has done its work: another takes its place.
    """
    there = tx.pay_links.of(key)
    if there is not None and key != order_key(there.order_id or UUID(int=0)) and not asked_by(tx, there, now).due:
        tx.pay_links.revoke(there.id, now)
    return tx.pay_links.open(key, client_id, targets, secrets.token_urlsafe(TOKEN * 3 // 4), now, now + LIFE)


def asked_by(tx: Tx, link: LinkRow, now: datetime) -> Asked:
    """What the link asks; a target that somebody paid otherwise meanwhile asks for nothing.

    However many things it is for, the books are asked as often as for one.
    """
    debts = owed(tx, link.client_id, now.astimezone(KYIV).date())
    came, card, paid_at = _came(tx, link)
    rests = _rests(tx, link, debts, now)
    asks = tuple(_ask(row, debts, rests, came[at]) for at, row in enumerate(link.targets))
    whole = link.order_id is not None and link.targets[0].target.asked is None
    paid = asks[0].paid if whole else came[-1]
    due = total(tuple(ask.due for ask in asks))
    return Asked(link, asks, _state(tx, link, due, paid, now), paid, card, paid_at)


def seen_as(tx: Tx, asked: Asked, offer: Off | None, now: datetime) -> PayView:
    """The link as whoever opens it sees it; `offer` is what paying by card takes off."""
    link = asked.link
    client = tx.clients.buyer_of(link.client_id)
    lines = tuple(PayLine(ask.row.number, ask.amount, ask.row.kind, ask.row.dated) for ask in asked.asks)
    return PayView(
        asked.state,
        asked.paid + asked.taken_off + asked.due,
        asked.purpose,
        link.lives_until,
        paid=asked.paid,
        items=lines,
        client_name=client.name if client else "",
        order_number=asked.asks[0].row.number if link.order_id else "",
        paid_at=asked.paid_at,
        card=asked.card,
        offer=offer,
        taken_off=asked.taken_off,
    ).at(now)


def _ask(row: TargetRow, debts: Owed, rests: Rests, came: Money) -> Ask:
    target, paid, taken_off = row.target, came, ZERO
    if target.order_id is not None and target.document is None:
        cap, paid_in_all = rests.get(target.order_id, (ZERO, Paid(ZERO, ZERO)))
        if target.asked is None:
            paid, taken_off = paid_in_all.kept, paid_in_all.discount
    else:
        cap = total(tuple(debt.rest for debt in debts.debts if debt.document == target.document))
    due = cap if target.asked is None else max(min(target.asked - came, cap), ZERO)
    return Ask(row, due, paid, taken_off)


def _rests(tx: Tx, link: LinkRow, debts: Owed, now: datetime) -> Rests:
    """Of the orders that the link is for."""
    targets = [row.target for row in link.targets]
    orders = tx.payable.of([one.order_id for one in targets if one.order_id is not None and one.document is None])
    return order_rests(tx, [order for order in orders.values() if order.client_id == link.client_id], now, debts)


def order_rest(tx: Tx, order: Payable, now: datetime) -> tuple[Money, Paid]:
    """What is left to be paid for an order, and what came in."""
    return order_rests(tx, [order], now)[order.id]


def order_rests(tx: Tx, orders: Sequence[Payable], now: datetime, debts: Owed | None = None) -> Rests:
    """What is left to be paid for orders of one client; of one that is shipped, no more than 1C still has.

    One that is in none of the debts that were taken in since it was shipped is paid otherwise, or stands in the balance
    under its shipment: its own link asks for nothing.
    """
    paid = paid_for_all(tx, [order.id for order in orders], now)
    rests = {order.id: (order_due(order, paid[order.id]), paid[order.id]) for order in orders}
    shipped = [order for order in orders if order.state in SENT and rests[order.id][0]]
    if not shipped:
        return rests
    debts = debts or owed(tx, shipped[0].client_id, now.astimezone(KYIV).date())
    taken_in = tx.pulls.state(Subject.RECEIVABLES)
    whole_at = taken_in.done_at if taken_in else None
    for order in shipped:
        mine = [debt.rest for debt in debts.debts if debt.order_id == order.id]
        knows = whole_at is not None and whole_at - (order.shipped_at or now) > LONGEST_PULL
        cap = total(tuple(mine)) if mine or knows else rests[order.id][0]
        rests[order.id] = min(rests[order.id][0], cap), paid[order.id]
    return rests


def _came(tx: Tx, link: LinkRow) -> tuple[list[Money], str, datetime | None]:
    """What is left of what came in by this link, for each target and, last, in all; the newest card and moment."""
    came, card, paid_at = [ZERO] * (len(link.targets) + 1), "", None
    for attempt in known(tx, tx.payments.attempts_by(link.id)):
        if not attempt.sums.charged:
            continue
        card, paid_at = attempt.sums.card, attempt.sums.paid_at
        came[-1] += attempt.sums.kept
        left = list(attempt.left())
        for at, row in enumerate(link.targets):
            came[at] += total([sum_ for part, sum_ in left if part.of(row.target)])
    return came, card, paid_at


def _state(tx: Tx, link: LinkRow, due: Money, paid: Money, now: datetime) -> PayState:
    if not due:
        return PayState.PAID if paid else PayState.REVOKED
    if link.revoked_at is not None:
        return PayState.REVOKED
    attempts = known(tx, tx.payments.open_attempts([row.target for row in link.targets]))
    return PayState.UNDER_WAY if any(one.in_hand(now) for one in attempts) else PayState.UNPAID
