"""What becomes known of a message once it has left: how far it came, and another way for one that did not come."""

from datetime import datetime, timedelta

from bot.db.dispatches import DispatchRow
from bot.db.inbox import TOLD
from bot.db.tx import Tx
from bot.domain.dispatch import DispatchState, Way
from bot.domain.money import ZERO, Money
from bot.services.dispatch import another_way

OF_USE = timedelta(days=3)
"""What was to be told longer ago is not told anew when its message turns out not to have arrived."""
NOT_DELIVERED = "not delivered"
FIRST_REPORT = timedelta(seconds=30)
_TELLING = frozenset({Way.VIBER, Way.SMS})
"""Ways that tell of a message, perhaps before they have answered that they took it."""


def left(
    tx: Tx, row: DispatchRow, message_id: str, at: datetime, *, price: Money | None = None, asked: bool = False
) -> None:
    """It is on its way under this id, and what was told of it already counts; `asked`: a report is to be asked for."""
    assert row.way is not None
    due_at = at + FIRST_REPORT if asked else None
    if row.way not in _TELLING:
        tx.dispatches.sent(row.id, message_id, at, price=price, due_at=due_at)
        return
    heard = tx.inbox.heard(row.way.value, message_id)
    if asked and heard.status == TOLD:
        due_at = at
    tx.dispatches.sent(row.id, message_id, at, price=ZERO if heard.free else price, due_at=due_at)
    if heard.status in (DispatchState.DELIVERED, DispatchState.SEEN, DispatchState.FAILED):
        came(tx, row.way, message_id, DispatchState(heard.status), at)


def came(tx: Tx, way: Way, message_id: str, state: DispatchState, at: datetime, price: Money | None = None) -> None:
    """It was delivered, seen, or is known not to arrive; old, repeated and contradicting news change nothing.

    One that has failed and arrives after all has arrived, unless it was told by another way meanwhile.
    """
    if state is DispatchState.FAILED:
        did_not_come(tx, tx.dispatches.named(way, message_id), NOT_DELIVERED, at, price)
    elif state is not DispatchState.SENT and not tx.lost_messages.find(way, message_id, state, at):
        tx.dispatches.reported(way, message_id, state, at, price)


def did_not_come(tx: Tx, row: DispatchRow | None, reason: str, at: datetime, price: Money | None = None) -> None:
    """Its notice goes another way, once, where it is still of use."""
    if row is None or not tx.lost_messages.lose(row, reason, at, price):
        return
    if at - row.queued_at > OF_USE:
        tx.dispatches.settle(row.id, DispatchState.FAILED, reason, arrived_at=at)
    else:
        another_way(tx, row)
