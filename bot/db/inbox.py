"""Events accepted from a messenger but not answered yet, and what became of messages we sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import InboxEvent, SeenEvent, SentMessage

_RANK = {"sent": 0, "told": 1, "failed": 2, "delivered": 3, "seen": 4}
"""Of what is said of a message: what comes later in this row counts. One that was delivered has not failed."""
CHARGED = 5
"""Viber's billing status of a message that is paid for (viber.md)."""
TOLD = "told"
"""Something was said of it, and is to be asked for."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Which process answers, and until when nobody else may."""

    by: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """What a messenger told of a message of ours; `free`: that it takes nothing for it."""

    status: str
    free: bool = False


class InboxEvents:
    """The inbox of every channel, and the journal of sent messages."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        self._serves_one_process = dialect is sqlite
        self._insert = dialect.insert

    def keep(
        self, channel: str, events: Sequence[tuple[str, str]], at: datetime, hold: Hold | None = None
    ) -> list[tuple[int, str]]:
        """Store (event id, body) pairs; returns (id, body) of those that were not there, in order."""
        held = {"held_by": hold.by, "held_until": hold.until} if hold else {}
        kept = []
        for event_id, body in events:
            stored = self._connection.execute(
                self._insert(InboxEvent)
                .values(channel=channel, event_id=event_id, body=body, received_at=at, **held)
                .on_conflict_do_nothing()
                .returning(InboxEvent.id)
            ).scalar()
            if stored is None:
                continue
            if self._answered(channel, event_id):  # asked after the insert, which waits for a `done` under way
                self._connection.execute(delete(InboxEvent).where(InboxEvent.id == stored))
                continue
            kept.append((stored, body))
        return kept

    def renew(self, hold: Hold) -> None:
        """What the process holds it holds for longer; what another has taken over stays with that one."""
        self._connection.execute(update(InboxEvent).where(InboxEvent.held_by == hold.by).values(held_until=hold.until))

    def claim(self, channel: str, at: datetime, hold: Hold, *, alone: bool = False) -> list[tuple[int, str]]:
        """What no living process holds, given to this one, oldest first: each event to one process only.

        `alone`: nobody else lives, whatever their leases say; of a SQLite file that is so at any time.
        """
        free = InboxEvent.held_by.is_distinct_from(hold.by)
        if not (alone or self._serves_one_process):
            free &= or_(InboxEvent.held_until.is_(None), InboxEvent.held_until < at)
        ours = (
            select(InboxEvent.id)
            .where(InboxEvent.channel == channel, free)
            .order_by(InboxEvent.id)
            .with_for_update(skip_locked=True)
        )
        rows = self._connection.execute(
            update(InboxEvent)
            .where(InboxEvent.id.in_(ours))
            .values(held_by=hold.by, held_until=hold.until)
            .returning(InboxEvent.id, InboxEvent.body)
        )
        return sorted((row.id, row.body) for row in rows)

    def kept(self, channel: str) -> list[tuple[int, str]]:
        """All that is not answered yet, whoever holds it."""
        rows = self._connection.execute(
            select(InboxEvent.id, InboxEvent.body).where(InboxEvent.channel == channel).order_by(InboxEvent.id)
        )
        return [(row.id, row.body) for row in rows]

    def done(self, kept_id: int, at: datetime) -> None:
        """Out of the inbox, but remembered as answered, because messengers repeat themselves."""
        row = self._connection.execute(
            delete(InboxEvent).where(InboxEvent.id == kept_id).returning(InboxEvent.channel, InboxEvent.event_id)
        ).first()
        if row is not None:
            self._connection.execute(
                self._insert(SeenEvent)
                .values(channel=row.channel, event_id=_answered_id(row.event_id), at=at)
                .on_conflict_do_nothing()
            )

    def _answered(self, channel: str, event_id: str) -> bool:
        found = self._connection.execute(
            select(SeenEvent.at).where(SeenEvent.channel == channel, SeenEvent.event_id == _answered_id(event_id))
        )
        return found.first() is not None

    def sent(self, channel: str, external_id: str, message_id: str, at: datetime, billing: int | None) -> None:
        self._connection.execute(
            self._insert(SentMessage)
            .values(
                channel=channel,
                message_id=message_id,
                external_id=external_id,
                sent_at=at,
                billing_status=billing,
                status="sent",
            )
            .on_conflict_do_update(
                index_elements=["channel", "message_id"],
                set_={"external_id": external_id, "sent_at": at, "billing_status": billing},
                where=SentMessage.external_id == "",
            )
        )

    def delivered(self, channel: str, message_id: str, status: str, at: datetime) -> None:
        """Only forward: late or repeated news changes nothing. It may come before our own `sent`."""
        lower = [name for name, rank in _RANK.items() if rank < _RANK[status]]
        self._connection.execute(
            self._insert(SentMessage)
            .values(channel=channel, message_id=message_id, external_id="", sent_at=at, status=status)
            .on_conflict_do_update(
                index_elements=["channel", "message_id"],
                set_={"status": status},
                where=SentMessage.status.in_(lower),
            )
        )

    def heard(self, channel: str, message_id: str) -> Heard:
        """What was told of a message until now; whoever is telling more just now waits until this transaction ends."""
        row = self._connection.execute(
            update(SentMessage)
            .where(SentMessage.channel == channel, SentMessage.message_id == message_id)
            .values(status=SentMessage.status)
            .returning(SentMessage.status, SentMessage.billing_status)
        ).first()
        return Heard(row.status, row.billing_status not in (None, CHARGED)) if row else Heard("sent")


def _answered_id(event_id: str) -> str:
    return f"answered:{event_id}"
