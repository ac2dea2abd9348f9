"""What people know of the prices of what their client usually takes, so that news is told once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.db.models import Client, Dispatch, KnownPrice, Order, OrderLine
from bot.domain.dispatch import ARRIVED, DispatchState
from bot.domain.money import Money
from bot.domain.order import State

_OPEN = {DispatchState.QUEUED, DispatchState.HELD, DispatchState.SENDING}


@dataclass(frozen=True, slots=True)
class Known:
    """A price as the person knows it; `on_its_way`: a notice is to tell them of a newer one."""

    price: Money
    on_its_way: bool = False


class KnownPrices:
    """By person, client and article."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def clients(self, since: datetime) -> list[UUID]:
        """Who has ordered since then."""
        rows = self._connection.execute(
            select(Client.id)
            .where(
                Client.active,
                select(Order.id).where(Order.client_id == Client.id, Order.placed_at >= since).exists(),
            )
            .order_by(Client.id)
        )
        return list(rows.scalars())

    def usual(self, client_id: UUID, since: datetime, size: int) -> list[UUID]:
        """Articles that the client has ordered since then, most usual first."""
        times = func.count(OrderLine.order_id.distinct())
        rows = self._connection.execute(
            select(OrderLine.article_id)
            .join(Order, Order.id == OrderLine.order_id)
            .where(
                Order.client_id == client_id,
                Order.placed_at >= since,
                Order.state != State.CANCELLED.value,
                OrderLine.article_id.is_not(None),
            )
            .group_by(OrderLine.article_id)
            .order_by(times.desc(), OrderLine.article_id)
            .limit(size)
        )
        return [article_id for article_id in rows.scalars() if article_id is not None]

    def settled(self, person_id: UUID, client_id: UUID) -> dict[UUID, Known]:
        """What they know by now: a price that was told, or the old one where the notice did not leave or name it."""
        rows = self._connection.execute(
            select(
                KnownPrice.article_id, KnownPrice.price, KnownPrice.was, KnownPrice.said, KnownPrice.dispatch_id,
                Dispatch.state,
            )
            .outerjoin(Dispatch, Dispatch.id == KnownPrice.dispatch_id)
            .where(KnownPrice.person_id == person_id, KnownPrice.client_id == client_id)
        ).all()  # fmt: skip
        known: dict[UUID, Known] = {}
        for row in rows:
            state = DispatchState(row.state) if row.state else None
            if row.was is None or state in _OPEN:
                known[row.article_id] = Known(row.price, state in _OPEN)
                continue
            heard = row.said and (state is None or state in ARRIVED)
            known[row.article_id] = Known(row.price if heard else row.was)
            self._set(
                person_id, client_id, row.article_id,
                price=known[row.article_id].price, was=None, dispatch_id=None, said=False,
            )  # fmt: skip
        return known

    def learn(self, person_id: UUID, client_id: UUID, prices: Mapping[UUID, Money]) -> None:
        """Where they start from."""
        rows = [
            {"person_id": person_id, "client_id": client_id, "article_id": article_id, "price": price, "said": False}
            for article_id, price in prices.items()
        ]
        if rows:
            self._connection.execute(insert(KnownPrice), rows)

    def forget(self, person_id: UUID, client_id: UUID, article_ids: Collection[UUID]) -> None:
        """What the client does not take any more."""
        self._connection.execute(
            delete(KnownPrice).where(
                KnownPrice.person_id == person_id,
                KnownPrice.client_id == client_id,
                KnownPrice.article_id.in_(article_ids),
            )
        )

    def tell(self, dispatch_id: UUID, person_id: UUID, client_id: UUID, prices: Mapping[UUID, Money]) -> None:
        """This notice is to tell of new prices."""
        for article_id, price in prices.items():
            self._set(
                person_id, client_id, article_id,
                was=KnownPrice.price, price=price, dispatch_id=dispatch_id, said=False,
            )  # fmt: skip

    def of_dispatch(self, dispatch_id: UUID) -> dict[UUID, Money]:
        """What was known before of each article that the notice tells of."""
        found = select(KnownPrice.article_id, KnownPrice.was).where(KnownPrice.dispatch_id == dispatch_id)
        return {row.article_id: row.was for row in self._connection.execute(found) if row.was is not None}

    def say(self, dispatch_id: UUID, prices: Mapping[UUID, Money]) -> None:
        """The notice names these prices, and no others."""
        bound = update(KnownPrice).where(KnownPrice.dispatch_id == dispatch_id)
        self._connection.execute(bound.values(said=False))
        for article_id, price in prices.items():
            self._connection.execute(bound.where(KnownPrice.article_id == article_id).values(price=price, said=True))

    def _set(self, person_id: UUID, client_id: UUID, article_id: UUID, **values: object) -> None:
        self._connection.execute(
            update(KnownPrice)
            .where(
                KnownPrice.person_id == person_id,
                KnownPrice.client_id == client_id,
                KnownPrice.article_id == article_id,
            )
            .values(**values)
        )
