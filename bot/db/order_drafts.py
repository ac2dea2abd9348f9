"""Orders that the staff put together for clients, before they are placed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select, update

from bot.db.models import Cart, CartLine, OrderDraft
from bot.domain.quantity import Unit

DROPPED, PLACED = "dropped", "placed"
Line = tuple[UUID, Decimal, Unit]


@dataclass(frozen=True, slots=True)
class DraftRow:
    cart_id: UUID
    topic_id: UUID
    by_name: str
    unread: Sequence[Mapping[str, Any]]
    ended_at: datetime | None


class OrderDrafts:
    """One in a topic at a time; its cart is no client's cart in hand."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(
        self, topic_id: UUID, client_id: UUID, lines: Sequence[Line], unread: Sequence[Mapping[str, Any]],
        by: tuple[str, str], at: datetime, *, point_id: UUID | None, day: date | None,
    ) -> UUID:  # fmt: skip
        """In the place of the one that was there; `by` is an account and a name."""
        former = update(OrderDraft).where(OrderDraft.topic_id == topic_id, OrderDraft.ended_at.is_(None))
        self._connection.execute(former.values(ended_at=at))
        cart_id = uuid4()
        cart = {"id": cart_id, "client_id": client_id, "status": DROPPED, "note": "", "version": 1, "updated_at": at}
        self._connection.execute(insert(Cart).values(**cart, point_id=point_id, delivery_date=day))
        rows = [
            {
                "cart_id": cart_id,
                "article_id": article,
                "quantity": quantity,
                "unit": unit.value,
                "added_at": at + place * timedelta(microseconds=1),
            }
            for place, (article, quantity, unit) in enumerate(lines)
        ]
        if rows:
            self._connection.execute(insert(CartLine), rows)
        draft = {"cart_id": cart_id, "topic_id": topic_id, "by_account": by[0], "by_name": by[1], "made_at": at}
        self._connection.execute(insert(OrderDraft).values(**draft, unread=list(unread)))
        return cart_id

    def row(self, cart_id: UUID) -> DraftRow | None:
        columns = [OrderDraft.__table__.c[name] for name in DraftRow.__dataclass_fields__]
        row = self._connection.execute(select(*columns).where(OrderDraft.cart_id == cart_id)).first()
        return DraftRow(*row) if row else None

    def of_topic(self, topic_id: UUID) -> UUID | None:
        """The one that is not decided."""
        found = select(OrderDraft.cart_id).where(OrderDraft.topic_id == topic_id, OrderDraft.ended_at.is_(None))
        return self._connection.execute(found).scalar()

    def change(
        self, cart_id: UUID, version: int, at: datetime, *, point_id: UUID | None = None, day: date | None = None
    ) -> bool:
        """What is None stays; false where it is not at this version any more, or decided."""
        given = {"point_id": point_id, "delivery_date": day}
        values = {name: value for name, value in given.items() if value is not None}
        changed = update(Cart).where(Cart.id == cart_id, Cart.version == version, Cart.id.in_(self._open(cart_id)))
        done = self._connection.execute(changed.values(version=Cart.version + 1, updated_at=at, **values))
        return done.rowcount == 1

    def take(self, cart_id: UUID, version: int, at: datetime) -> bool:
        """Its cart becomes an order; false where it is not at this version any more, or decided."""
        taken = update(Cart).where(
            Cart.id == cart_id, Cart.status == DROPPED, Cart.version == version, Cart.id.in_(self._open(cart_id))
        )
        if self._connection.execute(taken.values(status=PLACED)).rowcount != 1:
            return False
        return self.end(cart_id, at)

    def end(self, cart_id: UUID, at: datetime) -> bool:
        """False where it was decided before."""
        ended = update(OrderDraft).where(OrderDraft.cart_id == cart_id, OrderDraft.ended_at.is_(None))
        return self._connection.execute(ended.values(ended_at=at)).rowcount == 1

    def _open(self, cart_id: UUID) -> Any:
        return select(OrderDraft.cart_id).where(OrderDraft.cart_id == cart_id, OrderDraft.ended_at.is_(None))
