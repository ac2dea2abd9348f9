"""Orders that wait for the credit gate, and what became of those that waited."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import HeldOrder, Order
from bot.domain.credit import HeldOrder as HeldView
from bot.domain.credit import HeldState, Released
from bot.domain.money import Money

_WAITING = (HeldState.UNCHECKED.value, HeldState.HELD.value)
WAITS = and_(HeldOrder.order_id == Order.id, HeldOrder.state.in_(_WAITING))
HELD = HeldOrder.state.label("held")
"""Joined to an order: how it is held, None where it is not."""


def held_of(said: str | None) -> HeldState | None:
    """The column HELD as a value."""
    return HeldState(said) if said else None


class HeldOrders:
    """One row an order; the caller holds the lock of the client, so that two orders never take the same room."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, order_id: UUID) -> HeldView | None:
        found = select(HeldOrder.__table__).where(HeldOrder.order_id == order_id)
        row = self._connection.execute(found).first()
        return _view(row) if row else None

    def waiting(self, client_id: UUID) -> Sequence[UUID]:
        """Orders of the client that wait, oldest first."""
        found = (
            select(HeldOrder.order_id)
            .join(Order, Order.id == HeldOrder.order_id)
            .where(HeldOrder.client_id == client_id, HeldOrder.state.in_(_WAITING))
            .order_by(Order.placed_at, Order.number)
        )
        return list(self._connection.execute(found).scalars())

    def clients(self, client_id: UUID | None = None) -> Sequence[UUID]:
        """Clients with an order that waits; of one, it alone or nobody."""
        found = select(HeldOrder.client_id).where(HeldOrder.state.in_(_WAITING)).distinct()
        if client_id is not None:
            found = found.where(HeldOrder.client_id == client_id)
        return list(self._connection.execute(found.order_by(HeldOrder.client_id)).scalars())

    def hold(self, order_id: UUID, client_id: UUID, state: HeldState, at: datetime) -> None:
        """From now on, whatever was decided of the order before."""
        values = {
            "state": state.value, "since": at, "released": None, "released_at": None, "released_by": "", "total": None,
        }  # fmt: skip
        self._connection.execute(
            self._insert()
            .values(order_id=order_id, client_id=client_id, **values)
            .on_conflict_do_update(index_elements=["order_id"], set_=values)
        )

    def release(
        self, order_id: UUID, why: Released, at: datetime, *, by: str = "", total: Money | None = None
    ) -> HeldState | None:
        """How it was held until now; None where it was not, or somebody was quicker."""
        found = select(HeldOrder.state).where(HeldOrder.order_id == order_id)
        before = self._connection.execute(found).scalar()
        released = self._connection.execute(
            update(HeldOrder)
            .where(HeldOrder.order_id == order_id, HeldOrder.state.in_(_WAITING), HeldOrder.state == before)
            .values(state=HeldState.RELEASED.value, released=why.value, released_at=at, released_by=by, total=total)
        )
        return held_of(before) if released.rowcount else None

    def placed_by(self, order_id: UUID) -> UUID | None:
        """Who ordered it."""
        return self._connection.execute(select(Order.placed_by).where(Order.id == order_id)).scalar()

    def bring_on(self, order_id: UUID, day: date) -> None:
        """It waited too long for the day that was agreed."""
        self._connection.execute(update(Order).where(Order.id == order_id).values(delivery_date=day))

    def _insert(self) -> Any:
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        return dialect.insert(HeldOrder)


def _view(row: Any) -> HeldView:
    return HeldView(
        row.order_id,
        row.client_id,
        HeldState(row.state),
        row.since,
        Released(row.released) if row.released else None,
        row.released_at,
        row.released_by,
        row.total,
    )
