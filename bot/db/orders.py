"""Orders as agreed, their numbers and the history of their states."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import Article, Counter, Order, OrderLine, OrderState, Person
from bot.domain.cart import CartLineView
from bot.domain.money import ZERO
from bot.domain.order import OrderBrief, OrderLineView, OrderView, State
from bot.domain.quantity import Packing, Unit


class Orders:
    """Orders of clients."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_number(self) -> str:
        """K-000001 and on; a number is used once, a rolled back order gives its number back."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        value = self._connection.execute(
            dialect.insert(Counter)
            .values(series="orders", value=1)
            .on_conflict_do_update(index_elements=["series"], set_={"value": Counter.value + 1})
            .returning(Counter.value)
        ).scalar_one()
        return f"K-{value:06d}"

    def add(self, values: dict[str, Any], lines: tuple[CartLineView, ...], state: State) -> None:
        """An order with its lines and the first state of its history."""
        self._connection.execute(insert(Order).values(state=state.value, discount=ZERO, **values))
        self.set_lines(values["id"], lines)
        self._note_state(values["id"], state, values["placed_at"], values["placed_by"])

    def set_lines(self, order_id: UUID, lines: tuple[CartLineView, ...]) -> None:
        self._connection.execute(delete(OrderLine).where(OrderLine.order_id == order_id))
        self._connection.execute(
            insert(OrderLine),
            [
                {
                    "order_id": order_id,
                    "position": position,
                    "article_id": line.article_id,
                    "sku": line.sku,
                    "name": line.name,
                    "base_unit": line.packing.base_unit,
                    "unit": line.unit.value,
                    "quantity": line.quantity,
                    "price": line.price,
                    "discount": ZERO,
                    "amount": line.amount,
                    "vat": line.vat,
                }
                for position, line in enumerate(lines, 1)
            ],
        )

    def amend(
        self,
        order_id: UUID,
        state: State,
        lines: tuple[CartLineView, ...],
        values: dict[str, Any],
        at: datetime,
        by: UUID,
    ) -> bool:
        """New lines and delivery under the same number; false where the order is in this state no more."""
        changed = self._connection.execute(
            update(Order)
            .where(Order.id == order_id, Order.state == state.value)
            .values(revision=Order.revision + 1, **values)
        )
        if changed.rowcount:
            self.set_lines(order_id, lines)
            self._note_state(order_id, state, at, by, note="changed")
        return bool(changed.rowcount)

    def set_state(self, order_id: UUID, before: State, after: State, at: datetime, by: UUID | None) -> bool:
        """Move the order on; false where somebody else already did."""
        moved = self._connection.execute(
            update(Order).where(Order.id == order_id, Order.state == before.value).values(state=after.value)
        )
        if moved.rowcount:
            self._note_state(order_id, after, at, by)
        return bool(moved.rowcount)

    def lock(self, order_id: UUID) -> None:
        """Let nobody else move the order before this transaction ends (SQLite has one writer anyway)."""
        self._connection.execute(select(Order.id).where(Order.id == order_id).with_for_update())

    def last(self, client_id: UUID) -> UUID | None:
        """The newest order that was not cancelled."""
        return self._connection.execute(
            select(Order.id)
            .where(Order.client_id == client_id, Order.state != State.CANCELLED.value)
            .order_by(Order.placed_at.desc(), Order.number.desc())
            .limit(1)
        ).scalar()

    def history(self, client_id: UUID, *, start: int, size: int) -> list[OrderBrief]:
        """Newest first."""
        lines = select(func.count()).where(OrderLine.order_id == Order.id).scalar_subquery().label("lines")
        rows = self._connection.execute(
            select(Order.id, Order.number, Order.state, Order.total, Order.placed_at, Order.delivery_date, lines)
            .where(Order.client_id == client_id)
            .order_by(Order.placed_at.desc(), Order.number.desc())
            .offset(start)
            .limit(size)
        )
        return [OrderBrief(row.id, row.number, State(row.state), *row[3:]) for row in rows]

    def count(self, client_id: UUID | None = None) -> int:
        found = select(func.count()).select_from(Order)
        if client_id is not None:
            found = found.where(Order.client_id == client_id)
        return self._connection.execute(found).scalar_one()

    def view(self, order_id: UUID, client_id: UUID) -> OrderView | None:
        """The order if it is this client's."""
        row = self._connection.execute(
            select(Order.__table__, Person.name.label("person"))
            .outerjoin(Person, Person.id == Order.placed_by)
            .where(Order.id == order_id, Order.client_id == client_id)
        ).first()
        if row is None:
            return None
        return OrderView(
            row.id,
            row.number,
            row.client_id,
            State(row.state),
            row.revision,
            row.total,
            row.discount,
            row.placed_at,
            row.delivery_name,
            row.delivery_address,
            row.delivery_date,
            row.note,
            row.channel,
            row.point_id,
            row.person or "",
            self._lines(order_id),
            self._states(order_id),
        )

    def usual(self, client_id: UUID, *, orders: int, size: int) -> list[tuple[UUID, int]]:
        """Articles of the last orders with how many of those orders had them, most usual first."""
        recent = (
            select(Order.id)
            .where(Order.client_id == client_id, Order.state != State.CANCELLED.value)
            .order_by(Order.placed_at.desc(), Order.number.desc())
            .limit(orders)
            .subquery()
        )
        times = func.count(OrderLine.order_id.distinct())
        rows = self._connection.execute(
            select(OrderLine.article_id, times)
            .join(recent, recent.c.id == OrderLine.order_id)
            .where(OrderLine.article_id.is_not(None))
            .group_by(OrderLine.article_id)
            .order_by(times.desc(), func.max(OrderLine.name))
            .limit(size)
        )
        return [(row[0], row[1]) for row in rows if row[0] is not None]

    def _lines(self, order_id: UUID) -> tuple[OrderLineView, ...]:
        rows = self._connection.execute(
            select(OrderLine.__table__, Article.pack_unit, Article.pack_size, Article.multiple)
            .outerjoin(Article, and_(Article.id == OrderLine.article_id))
            .where(OrderLine.order_id == order_id)
            .order_by(OrderLine.position)
        )
        return tuple(
            OrderLineView(
                row.article_id,
                row.sku,
                row.name,
                Packing(row.base_unit, row.multiple or row.quantity, row.pack_unit, row.pack_size),
                Unit(row.unit),
                row.quantity,
                row.price,
                row.discount,
                row.amount,
                row.vat,
            )
            for row in rows
        )

    def _states(self, order_id: UUID) -> tuple[tuple[State, datetime], ...]:
        rows = self._connection.execute(
            select(OrderState.state, OrderState.at).where(OrderState.order_id == order_id).order_by(OrderState.position)
        )
        return tuple((State(row.state), row.at) for row in rows)

    def _note_state(self, order_id: UUID, state: State, at: datetime, by: UUID | None, note: str = "") -> None:
        position = self._connection.execute(
            select(func.count()).select_from(OrderState).where(OrderState.order_id == order_id)
        ).scalar_one()
        self._connection.execute(
            insert(OrderState).values(
                order_id=order_id, position=position + 1, state=state.value, at=at, person_id=by, note=note
            )
        )
