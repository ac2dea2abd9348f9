"""Messages that left and did not arrive: the notice is taken back from its way, and what the way took is remembered."""

from datetime import datetime

from sqlalchemy import Connection, and_, delete, insert, select, update

from bot.db.dispatches import DispatchRow
from bot.db.models import Dispatch, LostMessage
from bot.domain.dispatch import OPEN, DispatchState, Way
from bot.domain.money import ZERO, Money

_LEFT = (DispatchState.SENT.value, DispatchState.UNSURE.value)
_NOT_ON_ITS_WAY = [state.value for state in (*OPEN, DispatchState.FAILED)]


class LostMessages:
    """Of dispatches; a way loses one of a dispatch at most, because it is not tried again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lose(self, row: DispatchRow, reason: str, at: datetime, price: Money | None = None) -> bool:
        """It left by its way and did not arrive; false where it did, or where that was known already.

        `price` is what the way took, where it says so.
        """
        if row.way is None or row.message_id is None:
            return False
        lost = self._connection.execute(
            update(Dispatch)
            .where(Dispatch.id == row.id, Dispatch.routed == row.routed, Dispatch.state.in_(_LEFT))
            .values(
                state=DispatchState.QUEUED.value, reason=reason, price=None, due_at=None, failure_told_at=None,
                tried=",".join(sorted(way.value for way in {*row.tried, row.way})),
            )
            .returning(Dispatch.id)
        )  # fmt: skip
        if lost.first() is None:
            return False
        self._connection.execute(
            insert(LostMessage).values(
                dispatch_id=row.id, way=row.way.value, address=row.address or "", message_id=row.message_id,
                price=price or row.price or ZERO, sent_at=row.sent_at or at,
            )
        )  # fmt: skip
        return True

    def find(self, way: Way, message_id: str, state: DispatchState, at: datetime) -> bool:
        """It did arrive after all; false where that is no news, or where the notice has left by another way since."""
        named = and_(LostMessage.way == way.value, LostMessage.message_id == message_id)
        lost = self._connection.execute(select(LostMessage.__table__).where(named)).first()
        if lost is None:
            return False
        found = self._connection.execute(
            update(Dispatch)
            .where(Dispatch.id == lost.dispatch_id, Dispatch.state.in_(_NOT_ON_ITS_WAY))
            .values(
                state=state.value, way=lost.way, address=lost.address, message_id=lost.message_id, price=lost.price,
                sent_at=lost.sent_at, arrived_at=at, due_at=None, reason="",
            )
            .returning(Dispatch.id)
        )  # fmt: skip
        if found.first() is None:
            return False
        self._connection.execute(delete(LostMessage).where(named))
        return True
