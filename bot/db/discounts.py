"""What promotions took off orders, what clients were granted, and what each promotion has cost so far."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from bot.db.models import (
    CardDiscount,
    Client,
    OrderDiscount,
    OrderLine,
    Price,
    PriceType,
    PromotionCost,
    PromotionGrant,
)
from bot.domain.money import ZERO, Money, total
from bot.domain.promotion import Applies, Off


class Discounts:
    """Discounts of orders; every sum taken is counted against its promotion in the same transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert: Any = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    # --- what a promotion costs ---------------------------------------------------------------------------------------

    def spend(self, code: str, amount: Money, budget: Money | None = None) -> bool:
        """Count so much more, or less where it is negative; false where the budget has no room for it."""
        if budget is not None and amount > budget:
            return False
        counted = (
            self._insert(PromotionCost)
            .values(code=code, spent=amount)
            .on_conflict_do_update(
                index_elements=["code"],
                set_={"spent": PromotionCost.spent + amount},
                where=None if budget is None or amount <= ZERO else PromotionCost.spent <= budget - amount,
            )
            .returning(PromotionCost.code)
        )
        return self._connection.execute(counted).first() is not None

    def spent(self, codes: Iterable[str]) -> Mapping[str, Money]:
        rows = self._connection.execute(
            select(PromotionCost.code, PromotionCost.spent).where(PromotionCost.code.in_(list(codes)))
        )
        return {row.code: row.spent for row in rows}

    # --- what was taken off an order ----------------------------------------------------------------------------------

    def kept(self, order_id: UUID) -> tuple[Off, ...]:
        """What the order has, whether anything is left of it or not; nothing of one that was given back."""
        return _offs(self._connection, order_id, OrderDiscount.given_back_at.is_(None))

    def add(self, order_id: UUID, position: int, off: Off, at: datetime, *, once_for: UUID | None = None) -> bool:
        """False where this client had it already, of what is given once."""
        added = (
            self._insert(OrderDiscount)
            .values(
                order_id=order_id,
                code=off.code,
                position=position,
                applies=off.applies.value,
                percent=off.percent,
                until=off.until,
                whole=off.whole,
                amount=off.amount,
                once_for=once_for,
                taken_at=at,
            )
            .on_conflict_do_nothing()
            .returning(OrderDiscount.code)
        )
        return self._connection.execute(added).first() is not None

    def change(self, order_id: UUID, code: str, amount: Money, *, whole: bool) -> None:
        which = (OrderDiscount.order_id == order_id, OrderDiscount.code == code)
        self._connection.execute(update(OrderDiscount).where(*which).values(amount=amount, whole=whole))

    def used(self, client_id: UUID, codes: Iterable[str]) -> frozenset[str]:
        """Which of these, given once, the client has had."""
        found = select(OrderDiscount.code).where(
            OrderDiscount.once_for == client_id, OrderDiscount.code.in_(list(codes))
        )
        return frozenset(self._connection.execute(found).scalars())

    def give_back(self, order_id: UUID, at: datetime) -> None:
        """The order is cancelled: what it took can be had again."""
        given = self._connection.execute(
            update(OrderDiscount)
            .where(OrderDiscount.order_id == order_id, OrderDiscount.given_back_at.is_(None))
            .values(given_back_at=at, once_for=None)
            .returning(OrderDiscount.code, OrderDiscount.amount)
        ).all()
        for code, amount in sorted(given):
            self.spend(code, ZERO - amount)
        self._connection.execute(
            update(PromotionGrant).where(PromotionGrant.order_id == order_id).values(order_id=None)
        )

    def take_again(self, order_id: UUID, client_id: UUID) -> None:
        """The order stands after all, as it was agreed, whatever is left of the budget."""
        taken = self._connection.execute(
            update(OrderDiscount)
            .where(OrderDiscount.order_id == order_id, OrderDiscount.given_back_at.is_not(None))
            .values(given_back_at=None)
            .returning(OrderDiscount.code, OrderDiscount.amount, OrderDiscount.applies)
        ).all()
        for code, amount, applies in sorted(taken):
            self.spend(code, amount)
            if applies == Applies.GRANT and self.use_grant(client_id, code, order_id):
                self._once(order_id, code, client_id)

    def _once(self, order_id: UUID, code: str, client_id: UUID) -> None:
        other = aliased(OrderDiscount)
        had = exists(select(other.code).where(other.code == code, other.once_for == client_id))
        which = (OrderDiscount.order_id == order_id, OrderDiscount.code == code, ~had)
        self._connection.execute(update(OrderDiscount).where(*which).values(once_for=client_id))

    # --- grants -------------------------------------------------------------------------------------------------------

    def grant(self, client_id: UUID, kind: str, why: str, at: datetime) -> bool:
        """False where the client was granted this before."""
        granted = (
            self._insert(PromotionGrant)
            .values(id=uuid4(), client_id=client_id, kind=kind, why=why, granted_at=at)
            .on_conflict_do_nothing()
            .returning(PromotionGrant.id)
        )
        return self._connection.execute(granted).first() is not None

    def granted(self, clients: Collection[UUID], kind: str) -> bool:
        """Whether any of these clients was granted this, used or not."""
        found = select(PromotionGrant.id).where(PromotionGrant.client_id.in_(clients), PromotionGrant.kind == kind)
        return self._connection.execute(found.limit(1)).first() is not None

    def codes_without_grant(self, kind: str, after: str, limit: int) -> list[str]:
        """EDRPOU and RNOKPP of active clients of whom none was granted this, in order, beginning after one."""
        same = aliased(Client)
        had = select(PromotionGrant.id).join(same, same.id == PromotionGrant.client_id)
        rows = self._connection.execute(
            select(Client.tax_code)
            .where(Client.active, Client.tax_code > after)
            .where(~had.where(same.tax_code == Client.tax_code, PromotionGrant.kind == kind).exists())
            .distinct()
            .order_by(Client.tax_code)
            .limit(limit)
        )
        return [code for code in rows.scalars() if code]

    def open_grants(self, client_id: UUID) -> frozenset[str]:
        """The kinds of those that no order has used."""
        found = select(PromotionGrant.kind).where(
            PromotionGrant.client_id == client_id, PromotionGrant.order_id.is_(None)
        )
        return frozenset(self._connection.execute(found).scalars())

    def use_grant(self, client_id: UUID, kind: str, order_id: UUID) -> bool:
        """False where another order was quicker."""
        used = (
            update(PromotionGrant)
            .where(
                PromotionGrant.client_id == client_id, PromotionGrant.kind == kind, PromotionGrant.order_id.is_(None)
            )
            .values(order_id=order_id)
        )
        return bool(self._connection.execute(used).rowcount)

    # --- floors -------------------------------------------------------------------------------------------------------

    def floors(self, article_ids: Sequence[UUID], price_type: str) -> Mapping[UUID, Money]:
        """The prices that articles may not be sold under, by the name of the price type that holds them."""
        rows = self._connection.execute(
            select(Price.article_id, Price.price)
            .join(PriceType, PriceType.id == Price.price_type_id)
            .where(PriceType.name == price_type, Price.article_id.in_(article_ids))
        )
        return {row.article_id: row.price for row in rows}


def offs_of(connection: Connection, order_id: UUID) -> tuple[Off, ...]:
    """What the order's discount is for; what is for paying by card the last."""
    taken = _offs(connection, order_id, OrderDiscount.amount > ZERO)
    lines = select(OrderLine.card_discount).where(OrderLine.order_id == order_id)
    by_card = total(list(connection.execute(lines).scalars()))
    if not by_card:
        return taken
    row = connection.execute(
        select(CardDiscount.code, CardDiscount.percent, CardDiscount.until, CardDiscount.whole)
        .where(CardDiscount.order_id == order_id, CardDiscount.paid_at.is_not(None))
        .order_by(CardDiscount.paid_at.desc())
        .limit(1)
    ).one()
    return (*taken, Off(row.code, Applies.ONLINE_PAYMENT, row.percent, by_card, row.until, row.whole))


def _offs(connection: Connection, order_id: UUID, condition: Any) -> tuple[Off, ...]:
    rows = connection.execute(
        select(OrderDiscount)
        .where(OrderDiscount.order_id == order_id, condition)
        .order_by(OrderDiscount.position)
        .with_only_columns(
            OrderDiscount.code,
            OrderDiscount.applies,
            OrderDiscount.percent,
            OrderDiscount.amount,
            OrderDiscount.until,
            OrderDiscount.whole,
        )
    )
    return tuple(Off(row.code, Applies(row.applies), row.percent, row.amount, row.until, row.whole) for row in rows)
