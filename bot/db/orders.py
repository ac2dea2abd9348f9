"""Orders as agreed, their numbers and the history of their states."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.discounts import offs_of
from bot.db.held_orders import HELD, WAITS, held_of
from bot.db.models import Article, Counter, HeldOrder, Order, OrderDocument, OrderLine, OrderState, Person
from bot.domain.cart import CartLineView
from bot.domain.money import ZERO, Money
from bot.domain.money import total as sum_of
from bot.domain.order import OrderBrief, OrderLineView, OrderView, State
from bot.domain.quantity import Packing, Unit


def line_row(line: CartLineView | OrderLineView) -> dict[str, Any]:
    """What is kept of a line, at its own price."""
    return {
        "article_id": line.article_id,
        "sku": line.sku,
        "name": line.name,
        "base_unit": line.packing.base_unit,
        "unit": line.unit.value,
        "quantity": line.quantity,
        "price": line.price,
        "discount": line.discount,
        "amount": line.net,
        "vat": line.vat,
    }


def _brief(row: Any) -> OrderBrief:
    state, held = State(row.state), held_of(row.held)
    return OrderBrief(row.id, row.number, state, row.total, row.placed_at, row.delivery_date, row.lines, held)


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
        self._connection.execute(insert(Order).values({"state": state.value, "discount": ZERO} | values))
        self.set_lines(values["id"], lines)
        self._note_state(values["id"], state, values["placed_at"], values["placed_by"])

    def set_lines(self, order_id: UUID, lines: tuple[CartLineView, ...]) -> None:
        self._put_lines(order_id, [line_row(line) for line in lines])

    def enter(self, values: dict[str, Any], lines: Sequence[dict[str, Any]], state: State) -> None:
        """An order that was agreed elsewhere, with its lines as rows."""
        self._connection.execute(insert(Order).values({"state": state.value, "discount": ZERO} | values))
        self._put_lines(values["id"], lines)
        self._note_state(values["id"], state, values["placed_at"], values["placed_by"])

    def replace_lines(
        self, order_id: UUID, lines: Sequence[dict[str, Any]], total: Money, at: datetime, by: UUID | None = None
    ) -> int:
        """Other lines under the same number; returns the new revision."""
        discount = sum_of([row["discount"] for row in lines])
        revision: int = self._connection.execute(
            update(Order)
            .where(Order.id == order_id)
            .values(revision=Order.revision + 1, total=total, discount=discount)
            .returning(Order.revision)
        ).scalar_one()
        self._put_lines(order_id, lines)
        self._note_state(order_id, self.state(order_id), at, by, note="changed")
        return revision

    def revise(self, order_id: UUID) -> int:
        """The same order under a new revision, which has to be handed over anew."""
        revised = update(Order).where(Order.id == order_id).values(revision=Order.revision + 1)
        return self._connection.execute(revised.returning(Order.revision)).scalar_one()

    def prices_asked(self, order_id: UUID, at: datetime) -> None:
        """The client was asked about the new prices of this order."""
        self._connection.execute(update(Order).where(Order.id == order_id).values(prices_asked_at=at))

    def prices_settled(self, order_id: UUID) -> None:
        """The prices of this order are agreed for good."""
        self._connection.execute(
            update(Order).where(Order.id == order_id).values(provisional=False, prices_asked_at=None)
        )

    def state(self, order_id: UUID) -> State:
        return State(self._connection.execute(select(Order.state).where(Order.id == order_id)).scalar_one())

    def revision(self, order_id: UUID) -> int:
        return self._connection.execute(select(Order.revision).where(Order.id == order_id)).scalar_one()

    def client_of(self, written: str) -> UUID | None:
        """The client of the order with this id; None where it is no order's id."""
        try:
            order_id = UUID(written)
        except ValueError:
            return None
        return self._connection.execute(select(Order.client_id).where(Order.id == order_id)).scalar()

    def client(self, order_id: UUID) -> UUID:
        return self._connection.execute(select(Order.client_id).where(Order.id == order_id)).scalar_one()

    def _put_lines(self, order_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
        """In place of those that were."""
        self._connection.execute(delete(OrderLine).where(OrderLine.order_id == order_id))
        if rows:
            self._connection.execute(
                insert(OrderLine),
                [{"order_id": order_id, "position": position, **row} for position, row in enumerate(rows, 1)],
            )

    def amend(
        self,
        order_id: UUID,
        state: State,
        revision: int,
        lines: tuple[CartLineView, ...],
        values: dict[str, Any],
        at: datetime,
        by: UUID,
    ) -> int | None:
        """New lines and delivery under the same number; returns the new revision.

        None where the order is not in this state and at this revision any more. A question about the prices of the
        old lines is void.
        """
        changed: int | None = self._connection.execute(
            update(Order)
            .where(Order.id == order_id, Order.state == state.value, Order.revision == revision)
            .values(revision=Order.revision + 1, prices_asked_at=None, **values)
            .returning(Order.revision)
        ).scalar()
        if changed is not None:
            self.set_lines(order_id, lines)
            self._note_state(order_id, state, at, by, note="changed")
        return changed

    def set_state(
        self, order_id: UUID, before: State, after: State, at: datetime, by: UUID | None, *, revise: bool = False
    ) -> bool:
        """Move the order on; false where somebody else already did. `revise`: others have to hear of it."""
        moved = self._connection.execute(
            update(Order)
            .where(Order.id == order_id, Order.state == before.value)
            .values(state=after.value, revision=Order.revision + int(revise))
        )
        if moved.rowcount:
            self._note_state(order_id, after, at, by)
        return bool(moved.rowcount)

    def lock(self, order_id: UUID) -> None:
        """Let nobody else change the order before this transaction ends (SQLite has one writer anyway).

        Whoever reads an order to change it calls this first, and touches a cart only afterwards: two who lock in one
        order never wait for each other.
        """
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
            select(Order.id, Order.number, Order.state, Order.total, Order.placed_at, Order.delivery_date, lines, HELD)
            .outerjoin(HeldOrder, WAITS)
            .where(Order.client_id == client_id)
            .order_by(Order.placed_at.desc(), Order.number.desc())
            .offset(start)
            .limit(size)
        )
        return [_brief(row) for row in rows]

    def count(self, client_id: UUID | None = None) -> int:
        found = select(func.count()).select_from(Order)
        if client_id is not None:
            found = found.where(Order.client_id == client_id)
        return self._connection.execute(found).scalar_one()

    def view(self, order_id: UUID, client_id: UUID) -> OrderView | None:
        """The order if it is this client's."""
        row = self._connection.execute(
            select(Order.__table__, Person.name.label("person"), OrderDocument.number.label("document"), HELD)
            .outerjoin(Person, Person.id == Order.placed_by)
            .outerjoin(OrderDocument, OrderDocument.order_id == Order.id)
            .outerjoin(HeldOrder, WAITS)
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
            row.person or row.staff_by or "",
            self._lines(order_id),
            self._states(order_id),
            row.provisional,
            row.prices_asked_at is not None,
            row.document or "",
            offs_of(self._connection, order_id) if row.discount else (),
            held_of(row.held),
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
                row.card_discount,
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
