"""What attempts to pay by card were promised off, and what of it has come to stand in the order's lines."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from bot.db.models import CardDiscount, Order, OrderLine
from bot.domain.money import ZERO, Money, total
from bot.domain.order import OrderLineView
from bot.domain.promotion import Off


@dataclass(frozen=True, slots=True)
class Promise:
    """What an attempt was promised off, which stays; `held` is what it has of that, and of the budget, by now."""

    reference: str
    order_id: UUID
    code: str
    percent: Decimal
    until: date | None
    amount: Money
    held: Money
    paid_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What paying by card did to an order: `effective` is what all payments brought off it, net of what was given back.

    `in_lines` of that stands in its lines; `percent` is the most that any payment was promised.
    """

    effective: Money = ZERO
    in_lines: Money = ZERO
    percent: Decimal = Decimal(0)

    @property
    def beside_lines(self) -> Money:
        """What counts as paid although the lines do not say it; below zero where they say more."""
        return self.effective - self.in_lines


_PROMISE: Any = select(
    CardDiscount.reference,
    CardDiscount.order_id,
    CardDiscount.code,
    CardDiscount.percent,
    CardDiscount.until,
    CardDiscount.amount,
    CardDiscount.held,
    CardDiscount.paid_at,
)


class CardDiscounts:
    """Promises of attempts, and the parts of lines that they became."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def promise(self, reference: str, order_id: UUID, off: Off) -> None:
        self._connection.execute(
            insert(CardDiscount).values(
                reference=reference,
                order_id=order_id,
                code=off.code,
                percent=off.percent,
                until=off.until,
                whole=off.whole,
                amount=off.amount,
                held=off.amount,
            )
        )

    def promised(self, reference: str) -> Promise | None:
        row = self._connection.execute(_PROMISE.where(CardDiscount.reference == reference)).first()
        return Promise(*row) if row else None

    def of_order(self, order_id: UUID) -> list[Promise]:
        """What its attempts were promised, those paid first the first."""
        found = _PROMISE.where(CardDiscount.order_id == order_id)
        rows = self._connection.execute(found.order_by(CardDiscount.paid_at, CardDiscount.reference))
        return [Promise(*row) for row in rows]

    def promised_so_far(self, order_id: UUID, code: str) -> Money:
        """What attempts of the order that nobody has paid hold of the promotion."""
        unpaid = (CardDiscount.order_id == order_id, CardDiscount.code == code, CardDiscount.paid_at.is_(None))
        return total(list(self._connection.execute(select(CardDiscount.held).where(*unpaid)).scalars()))

    def hold(self, reference: str, held: Money, paid_at: datetime | None) -> None:
        """So much of the budget is this attempt's; `paid_at` once its money came in."""
        which = update(CardDiscount).where(CardDiscount.reference == reference)
        self._connection.execute(which.values(held=held, paid_at=paid_at))

    def standing(self, order_ids: Collection[UUID]) -> dict[UUID, Standing]:
        """Of each whose attempts were promised anything."""
        found: dict[UUID, Standing] = {}
        for row in self._connection.execute(_PROMISE.where(CardDiscount.order_id.in_(list(order_ids)))):
            known = found.get(row.order_id, Standing())
            paid = row.paid_at is not None
            found[row.order_id] = Standing(
                known.effective + row.held if paid else known.effective,
                known.in_lines,
                max(known.percent, row.percent) if paid else known.percent,
            )
        shares = select(OrderLine.order_id, OrderLine.card_discount).where(OrderLine.order_id.in_(list(found)))
        for row in self._connection.execute(shares) if found else ():
            known = found[row.order_id]
            found[row.order_id] = replace(known, in_lines=known.in_lines + row.card_discount)
        return found

    def beside_all(self, client_id: UUID) -> dict[UUID, Money]:
        """Of every order of the client that was paid by card, what its lines do not say; above zero."""
        paid = (
            select(CardDiscount.order_id)
            .distinct()
            .join(Order, Order.id == CardDiscount.order_id)
            .where(Order.client_id == client_id, CardDiscount.paid_at.is_not(None))
        )
        found = self.standing(list(self._connection.execute(paid).scalars()))
        return {order_id: one.beside_lines for order_id, one in found.items() if one.beside_lines > ZERO}

    def clients(self) -> set[UUID]:
        """Those who paid an order by card and had something off for it."""
        found = select(Order.client_id).join(CardDiscount, CardDiscount.order_id == Order.id)
        return set(self._connection.execute(found.where(CardDiscount.paid_at.is_not(None)).distinct()).scalars())

    def put(self, order_id: UUID, lines: Sequence[OrderLineView], shares: Sequence[Money]) -> int:
        """These parts, line by line, in place of those that stood there; returns the order's new revision."""
        net, discount = [], []
        for position, (line, share) in enumerate(zip(lines, shares, strict=True), 1):
            more = share - line.card_discount
            net.append(line.amount - more)
            discount.append(line.discount + more)
            self._connection.execute(
                update(OrderLine)
                .where(OrderLine.order_id == order_id, OrderLine.position == position)
                .values(card_discount=share, discount=discount[-1], amount=net[-1])
            )
        return self._connection.execute(
            update(Order)
            .where(Order.id == order_id)
            .values(revision=Order.revision + 1, total=total(net), discount=total(discount))
            .returning(Order.revision)
        ).scalar_one()
