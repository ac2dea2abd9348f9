"""The journal of notices as staff read it: with names, and summed up by way."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, and_, func, or_, select

from bot.db.models import Client, Dispatch, LostMessage, Person
from bot.domain.dispatch import DispatchState, Way
from bot.domain.money import ZERO, Money
from bot.domain.notice import NoticeKind


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One notice to one person; without one, to the client's own address. `address` may be a phone or a mailbox."""

    id: UUID
    kind: NoticeKind
    about: str
    state: DispatchState
    reason: str
    client: str
    person: str
    way: Way | None
    address: str | None
    tried: tuple[Way, ...]
    price: Money | None
    queued_at: datetime
    due_at: datetime | None
    sent_at: datetime | None
    arrived_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages of a way (None: none was found) are in a state, and what they cost.

    `free`: how many of them cost nothing.
    """

    way: Way | None
    state: DispatchState
    count: int
    cost: Money
    free: int


class Journal:
    """Reads of dispatches for staff."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def client(self, code: str) -> UUID | None:
        """By its code in the book of record, or by its tax code."""
        for column in (Client.external_id, Client.tax_code):
            found = self._connection.execute(select(Client.id).where(column == code).limit(1)).scalar()
            if found is not None:
                return found
        return None

    def listed(
        self, states: Collection[DispatchState], *, client_id: UUID | None, since: datetime | None, limit: int
    ) -> list[JournalRow]:
        """Newest first."""
        found = _rows().where(Dispatch.state.in_([state.value for state in states]))
        if client_id is not None:
            found = found.where(Dispatch.client_id == client_id)
        if since is not None:
            found = found.where(Dispatch.queued_at >= since)
        rows = self._connection.execute(found.order_by(Dispatch.queued_at.desc(), Dispatch.id).limit(limit))
        return [_read(row) for row in rows]

    def unsure(self, told_at: datetime, limit: int) -> list[JournalRow]:
        """Oldest first: told to staff at that moment, and still unsure."""
        found = _rows().where(Dispatch.failure_told_at == told_at, Dispatch.state == DispatchState.UNSURE.value)
        return [_read(row) for row in self._connection.execute(found.order_by(Dispatch.queued_at).limit(limit))]

    def row(self, dispatch_id: UUID) -> JournalRow | None:
        row = self._connection.execute(_rows().where(Dispatch.id == dispatch_id)).first()
        return _read(row) if row else None

    def tallies(self, since: datetime, until: datetime) -> list[Tally]:
        """Of what was queued in that time; a message that was lost has failed, whatever became of its notice."""
        free = func.count().filter(or_(Dispatch.price.is_(None), Dispatch.price == ZERO))
        queued = (Dispatch.queued_at >= since, Dispatch.queued_at < until)
        rows = self._connection.execute(
            select(Dispatch.way, Dispatch.state, func.count(), func.sum(Dispatch.price), free)
            .where(*queued)
            .group_by(Dispatch.way, Dispatch.state)
            .order_by(Dispatch.way, Dispatch.state)
        )
        counted = and_(Dispatch.state == DispatchState.FAILED.value, Dispatch.way == LostMessage.way)
        lost = self._connection.execute(
            select(LostMessage.way, func.count().filter(~func.coalesce(counted, False)), func.sum(LostMessage.price))
            .join(Dispatch, Dispatch.id == LostMessage.dispatch_id)
            .where(*queued)
            .group_by(LostMessage.way)
            .order_by(LostMessage.way)
        )
        return [
            *(
                Tally(Way(way) if way else None, DispatchState(state), count, cost or ZERO, free)
                for way, state, count, cost, free in rows
            ),
            *(Tally(Way(way), DispatchState.FAILED, count, cost, 0) for way, count, cost in lost),
        ]


def _rows() -> Select[Any]:
    return (
        select(Dispatch.__table__, Client.name.label("client"), Person.name.label("person"))
        .join(Client, Client.id == Dispatch.client_id)
        .outerjoin(Person, Person.id == Dispatch.person_id)
    )


def _read(row: Any) -> JournalRow:
    return JournalRow(
        row.id,
        NoticeKind(row.kind),
        row.about,
        DispatchState(row.state),
        row.reason,
        row.client,
        row.person or "",
        Way(row.way) if row.way else None,
        row.address,
        tuple(Way(way) for way in row.tried.split(",") if way),
        row.price,
        row.queued_at,
        row.due_at,
        row.sent_at,
        row.arrived_at,
    )
