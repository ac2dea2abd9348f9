"""The journal of notices: who is to be told what, which way it went, and what became of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.models import Account, Counter, Dispatch, LostMessage
from bot.domain.dispatch import ARRIVED, OPEN, DispatchState, Way
from bot.domain.money import ZERO, Money
from bot.domain.notice import COMPULSORY, Notice, NoticeKind


@dataclass(frozen=True, slots=True)
class DispatchRow:
    """A notice to one person, as it stands."""

    id: UUID
    person_id: UUID | None
    client_id: UUID
    notice: Notice
    state: DispatchState
    way: Way | None
    address: str | None
    price: Money | None
    tried: frozenset[Way]
    routed: int
    queued_at: datetime
    due_at: datetime | None
    sent_at: datetime | None
    reason: str
    message_id: str | None


_ROW = select(Dispatch.__table__)


class Dispatches:
    """Notices to clients' people."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert

    def add(self, person_id: UUID | None, client_id: UUID, notice: Notice, at: datetime) -> UUID | None:
        """A notice to be sent; None where this person has it already."""
        return self._connection.execute(
            self._insert(Dispatch)
            .values(
                id=uuid4(), key=_key(person_id or client_id, notice), person_id=person_id, client_id=client_id,
                kind=notice.kind.value, about=notice.about, version=notice.version, state=DispatchState.QUEUED.value,
                queued_at=at, reason="", tried="", routed=0,
            )
            .on_conflict_do_nothing()
            .returning(Dispatch.id)
        ).scalar()  # fmt: skip

    def row(self, dispatch_id: UUID, *, lock: bool = False) -> DispatchRow | None:
        found = _ROW.where(Dispatch.id == dispatch_id)
        row = self._connection.execute(found.with_for_update() if lock else found).first()
        return _read(row) if row else None

    def find(self, person_id: UUID, notice: Notice) -> UUID | None:
        """This person's dispatch of the notice."""
        return self._connection.execute(select(Dispatch.id).where(Dispatch.key == _key(person_id, notice))).scalar()

    def open(self, person_id: UUID, client_id: UUID, kind: NoticeKind) -> UUID | None:
        """One of this kind that is not on its way to the person yet; it stays so until this transaction ends."""
        return self._connection.execute(
            select(Dispatch.id)
            .where(
                Dispatch.person_id == person_id,
                Dispatch.client_id == client_id,
                Dispatch.kind == kind.value,
                Dispatch.state.in_([state.value for state in OPEN]),
            )
            .limit(1)
            .with_for_update()
        ).scalar()

    def withdraw(self, notice: Notice, reason: str) -> list[tuple[UUID | None, UUID]]:
        """It does not leave any more; returns those whom it has reached or may reach, each with the client."""
        this = (Dispatch.kind == notice.kind.value, Dispatch.about == notice.about, Dispatch.version == notice.version)
        waits = Dispatch.state.in_([state.value for state in OPEN])
        self._connection.execute(
            update(Dispatch)
            .where(*this, waits)
            .values(state=DispatchState.DROPPED.value, reason=reason, due_at=None, price=None)
        )
        left = Dispatch.state.in_([state.value for state in (*ARRIVED, DispatchState.SENDING)])
        rows = self._connection.execute(select(Dispatch.person_id, Dispatch.client_id).where(*this, left))
        return [(row.person_id, row.client_id) for row in rows]

    def tell_failures(self, at: datetime) -> int:
        """How many people did not get what they must be told, since that was asked last."""
        rows = self._connection.execute(
            update(Dispatch)
            .where(
                Dispatch.state == DispatchState.FAILED.value,
                Dispatch.failure_told_at.is_(None),
                Dispatch.kind.in_([kind.value for kind in COMPULSORY]),
            )
            .values(failure_told_at=at)
            .returning(Dispatch.person_id, Dispatch.client_id)
        )
        return len({row.person_id or row.client_id for row in rows})

    def journal(self, limit: int, states: Collection[DispatchState] = frozenset(DispatchState)) -> list[DispatchRow]:
        """Newest first."""
        found = _ROW.where(Dispatch.state.in_([state.value for state in states]))
        return [_read(row) for row in self._connection.execute(found.order_by(Dispatch.queued_at.desc()).limit(limit))]

    def route(self, dispatch_id: UUID, way: Way, address: str, price: Money) -> None:
        """It goes this way."""
        self._set(
            dispatch_id, state=DispatchState.QUEUED.value, way=way.value, address=address, price=price, due_at=None,
            message_id=None,
        )  # fmt: skip

    def queue_again(self, dispatch_id: UUID) -> int:
        """A way is looked for anew, and what was kept for the last one is free; returns for which time that is."""
        return self._connection.execute(
            update(Dispatch)
            .where(Dispatch.id == dispatch_id)
            .values(state=DispatchState.QUEUED.value, price=None, due_at=None, routed=Dispatch.routed + 1)
            .returning(Dispatch.routed)
        ).scalar_one()

    def hold(self, dispatch_id: UUID, until: datetime) -> None:
        self._set(dispatch_id, state=DispatchState.HELD.value, due_at=until, way=None, address=None)

    def settle(self, dispatch_id: UUID, state: DispatchState, reason: str = "", **more: Any) -> None:
        """What became of it."""
        self._set(dispatch_id, state=state.value, reason=reason, due_at=None, **more)

    def begin(self, row: DispatchRow, message_id: str, *, again: bool) -> bool:
        """It is being sent; false where somebody else has it in hand, or it goes another way by now.

        `message_id`: where it is known beforehand. `again`: also where it was being sent before.
        """
        states = [DispatchState.QUEUED.value, *([DispatchState.SENDING.value] if again else [])]
        begun = self._connection.execute(
            update(Dispatch)
            .where(Dispatch.id == row.id, Dispatch.routed == row.routed, Dispatch.state.in_(states))
            .values(state=DispatchState.SENDING.value, message_id=message_id or None)
            .returning(Dispatch.id)
        )
        return begun.first() is not None

    def sent(
        self,
        dispatch_id: UUID,
        message_id: str,
        at: datetime,
        *,
        price: Money | None = None,
        due_at: datetime | None = None,
    ) -> None:
        """It left; `due_at` is when its report is asked for."""
        cost = {} if price is None else {"price": price}
        state = DispatchState.SENT.value
        self._set(dispatch_id, state=state, message_id=message_id or None, sent_at=at, due_at=due_at, reason="", **cost)

    def not_taken(self, row: DispatchRow, reason: str) -> None:
        """Its way did not bring it and will not: another one is looked for."""
        assert row.way is not None
        self._set(
            row.id, state=DispatchState.QUEUED.value, reason=reason,
            tried=",".join(sorted(way.value for way in {*row.tried, row.way})),
        )  # fmt: skip

    def reported(
        self, way: Way, message_id: str, state: DispatchState, at: datetime, price: Money | None = None
    ) -> None:
        """It arrived, or was seen; late or repeated news changes nothing."""
        before = [one.value for one, rank in ARRIVED.items() if rank < ARRIVED[state]]
        price_ = {} if price is None else {"price": price}
        self._connection.execute(
            update(Dispatch)
            .where(Dispatch.way == way.value, Dispatch.message_id == message_id, Dispatch.state.in_(before))
            .values(state=state.value, arrived_at=at, due_at=None, **price_)
        )

    def named(self, way: Way, message_id: str) -> DispatchRow | None:
        """The one that the way calls so."""
        found = _ROW.where(Dispatch.way == way.value, Dispatch.message_id == message_id)
        row = self._connection.execute(found.limit(1)).first()
        return _read(row) if row else None

    def look_again(self, way: Way, message_ids: Sequence[str], at: datetime | None) -> None:
        """When their reports are asked for; news that came meanwhile stand."""
        self._connection.execute(
            update(Dispatch)
            .where(
                Dispatch.way == way.value,
                Dispatch.message_id.in_(message_ids),
                Dispatch.state.in_([DispatchState.SENT.value, DispatchState.DELIVERED.value]),
            )
            .values(due_at=at)
        )

    def due(self, now: datetime, session_since: datetime | None, limit: int) -> list[DispatchRow]:
        """What was held until now; with a time, also whose person has opened a Viber session since then."""
        ripe = Dispatch.due_at <= now
        if session_since is not None:
            ripe = or_(ripe, _has_session(session_since))
        found = _ROW.where(Dispatch.state == DispatchState.HELD.value, ripe)
        return [_read(row) for row in self._connection.execute(found.order_by(Dispatch.queued_at).limit(limit))]

    def unreported(self, way: Way, now: datetime, limit: int) -> list[DispatchRow]:
        """What left by this way, and whose report is to be asked for."""
        found = _ROW.where(
            Dispatch.state.in_([DispatchState.SENT.value, DispatchState.DELIVERED.value]),
            Dispatch.way == way.value,
            Dispatch.due_at <= now,
        )
        return [_read(row) for row in self._connection.execute(found.order_by(Dispatch.due_at).limit(limit))]

    def spend_in_turn(self, month: datetime) -> None:
        """Until this transaction ends nobody else decides whether there is money left in that month."""
        self._connection.execute(
            self._insert(Counter)
            .values(series=f"messages paid for in {month:%Y-%m}", value=1)
            .on_conflict_do_update(index_elements=["series"], set_={"value": Counter.value + 1})
        )

    def spent(self, since: datetime) -> Money:
        """What messages cost since then, with what is on its way and what was lost on it."""
        when = or_(Dispatch.sent_at >= since, and_(Dispatch.sent_at.is_(None), Dispatch.queued_at >= since))
        went = [state.value for state in (*ARRIVED, DispatchState.QUEUED, DispatchState.SENDING, DispatchState.FAILED)]
        total = select(func.sum(Dispatch.price)).where(when, Dispatch.way.is_not(None), Dispatch.state.in_(went))
        lost = select(func.sum(LostMessage.price)).where(LostMessage.sent_at >= since)
        return sum((self._connection.execute(one).scalar() or ZERO for one in (total, lost)), ZERO)

    def _set(self, dispatch_id: UUID, **values: Any) -> None:
        self._connection.execute(update(Dispatch).where(Dispatch.id == dispatch_id).values(**values))


def _key(whose: UUID, notice: Notice) -> str:
    return f"{whose}:{notice.key}"


def _read(row: Any) -> DispatchRow:
    return DispatchRow(
        row.id,
        row.person_id,
        row.client_id,
        Notice(NoticeKind(row.kind), row.about, row.version),
        DispatchState(row.state),
        Way(row.way) if row.way else None,
        row.address,
        row.price,
        frozenset(Way(way) for way in row.tried.split(",") if way),
        row.routed,
        row.queued_at,
        row.due_at,
        row.sent_at,
        row.reason,
        row.message_id,
    )


def _has_session(since: datetime) -> ColumnElement[bool]:
    """Its person has opened a Viber session since then, and since it was queued."""
    return (
        select(Account.person_id)
        .where(
            Account.person_id == Dispatch.person_id,
            Account.channel == Way.VIBER.value,
            Account.reachable,
            Account.session_opened_at > since,
            Account.session_opened_at > Dispatch.queued_at,
        )
        .exists()
    )
