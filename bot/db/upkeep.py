"""What is kept for a while only: each method drops what is older and returns how many rows that was."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, select

from bot.db.jobs.limits import microseconds
from bot.db.jobs.opening import jobs_of
from bot.db.models import (
    Cart,
    Dispatch,
    InboxEvent,
    Invite,
    PhoneCode,
    RelayedMessage,
    SeenEvent,
    SendingLimit,
    SentMessage,
    ShownOrder,
)
from bot.db.models.table import Table


class Upkeep:
    """Tidies the tables that would grow for ever."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def unanswered_events(self, before: datetime) -> int:
        return self._drop(InboxEvent, InboxEvent.received_at < before)

    def seen_events(self, before: datetime) -> int:
        """Not those of a channel's event that still waits in the inbox: it would have its effect twice."""
        waiting = select(InboxEvent.id).where(
            InboxEvent.channel == SeenEvent.channel, InboxEvent.event_id == SeenEvent.event_id
        )
        return self._drop(SeenEvent, SeenEvent.at < before, ~waiting.exists())

    def sent_messages(self, before: datetime) -> int:
        return self._drop(SentMessage, SentMessage.sent_at < before)

    def dispatches(self, before: datetime) -> int:
        return self._drop(Dispatch, Dispatch.queued_at < before)

    def shown_orders(self, before: datetime) -> int:
        return self._drop(ShownOrder, ShownOrder.at < before)

    def relayed_messages(self, before: datetime) -> int:
        """What clients and staff wrote to each other; an answer to it, or an edit of it, finds nothing any more."""
        return self._drop(RelayedMessage, RelayedMessage.at < before)

    def phone_codes(self, expired_before: datetime) -> int:
        return self._drop(PhoneCode, PhoneCode.expires_at < expired_before)

    def invites(self, expired_before: datetime) -> int:
        return self._drop(Invite, Invite.expires_at < expired_before)

    def dropped_carts(self, before: datetime) -> int:
        return self._drop(Cart, Cart.status == "dropped", Cart.updated_at < before)

    def job_keys(self, ended_before: datetime, now: datetime) -> int:
        """Keys of jobs that ended before then, as far as upkeep saw; so it wants to be asked often."""
        return jobs_of(self._connection).forget_keys(ended_before, now)

    def job_steps(self, before: datetime) -> int:
        """Not those of a job that may run again."""
        return jobs_of(self._connection).forget_steps(before)

    def dropped_jobs(self, before: datetime) -> int:
        return jobs_of(self._connection).forget_dropped(before)

    def limits(self, full_before: datetime) -> int:
        """Buckets full since then: one that does not exist is full too."""
        return self._drop(SendingLimit, SendingLimit.full_at < microseconds(full_before))

    def _drop(self, table: type[Table], *which: ColumnElement[bool]) -> int:
        return self._connection.execute(delete(table).where(*which)).rowcount
