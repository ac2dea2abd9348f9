"""Which message of which chat shows an order, so that it can be brought up to date."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import Order, ShownOrder

SHOWN = 20
"""So many messages of one order are brought up to date."""


class ShownOrders:
    """Messages that show orders."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    def stands_in(self, channel: str, external_id: str, message_id: str) -> UUID | None:
        """The order that this message shows."""
        return self._connection.execute(
            select(ShownOrder.order_id).where(
                ShownOrder.channel == channel,
                ShownOrder.external_id == external_id,
                ShownOrder.message_id == message_id,
            )
        ).scalar()

    def shown(self, channel: str, external_id: str, message_id: str, order_id: UUID | None, at: datetime) -> None:
        """What stands in this message now: an order, or something else."""
        where = {"channel": channel, "external_id": external_id, "message_id": message_id}
        if order_id is None:
            self._connection.execute(delete(ShownOrder).filter_by(**where))
            return
        values = {"order_id": order_id, "at": at}
        known = select(Order.id).where(Order.id == order_id)
        if self._connection.execute(known).first():
            self._connection.execute(
                self._insert(ShownOrder)
                .values(**where, **values)
                .on_conflict_do_update(index_elements=list(where), set_=values)
            )

    def shown_in(self, order_id: UUID, since: datetime) -> list[tuple[str, str, str]]:
        """Channel, chat and message where the order was shown since then."""
        rows = self._connection.execute(
            select(ShownOrder.channel, ShownOrder.external_id, ShownOrder.message_id)
            .where(ShownOrder.order_id == order_id, ShownOrder.at >= since)
            .order_by(ShownOrder.at.desc(), ShownOrder.message_id)
            .limit(SHOWN)
        )
        return [(row.channel, row.external_id, row.message_id) for row in rows]
