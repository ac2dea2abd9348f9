"""Notices that reached nobody, or of which nobody knows: each is said to staff once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, or_, select, update

from bot.db.models import Client, Dispatch, Order, Person
from bot.domain.dispatch import DispatchState
from bot.domain.notice import MATTERS, TALKED_OF, NoticeKind


@dataclass(frozen=True, slots=True)
class UntoldNotice:
    """Of whom, what, about which order, whom it was for (empty: the client's own address), and why it did not come."""

    id: UUID
    client_id: UUID
    kind: NoticeKind
    number: str
    person: str
    reason: str


class Untold:
    """Dispatches that failed, or that are unsure."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, at: datetime, since: datetime, limit: int) -> list[UntoldNotice]:
        """Those that no way brought, and that were said in no topic yet; now they are."""
        rows = self._connection.execute(
            select(
                Dispatch.id, Dispatch.client_id, Dispatch.kind, Dispatch.about, Dispatch.reason,
                Person.name.label("person"),
            )
            .join(Client, Client.id == Dispatch.client_id)
            .outerjoin(Person, Person.id == Dispatch.person_id)
            .where(
                Dispatch.state == DispatchState.FAILED.value,
                Dispatch.untold_at.is_(None),
                Dispatch.queued_at >= since,
                Dispatch.kind.in_(_values(TALKED_OF)),
                or_(Dispatch.kind.in_(_values(MATTERS)), Dispatch.tried != ""),
            )
            .order_by(Dispatch.queued_at, Dispatch.id)
            .limit(limit)
        ).all()  # fmt: skip
        self._connection.execute(update(Dispatch).where(Dispatch.id.in_([row.id for row in rows])).values(untold_at=at))
        numbers = self._numbers([row.about for row in rows])
        return [
            UntoldNotice(
                row.id, row.client_id, NoticeKind(row.kind), numbers.get(row.about, ""), row.person or "", row.reason
            )
            for row in rows
        ]

    def tell_unsure(self, at: datetime, before: datetime) -> int:
        """How many notices from before then may have arrived or not, and were not told as such; now they are."""
        return self._connection.execute(
            update(Dispatch)
            .where(
                Dispatch.state == DispatchState.UNSURE.value,
                Dispatch.failure_told_at.is_(None),
                Dispatch.queued_at <= before,
                Dispatch.kind.in_(_values(TALKED_OF)),
            )
            .values(failure_told_at=at)
        ).rowcount

    def _numbers(self, abouts: Iterable[str]) -> dict[str, str]:
        """The numbers of those that are orders."""
        rows = self._connection.execute(select(Order.id, Order.number).where(Order.id.in_(_uuids(abouts))))
        return {str(row.id): row.number for row in rows}


def _values(kinds: Iterable[NoticeKind]) -> list[str]:
    return [kind.value for kind in kinds]


def _uuids(texts: Iterable[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
