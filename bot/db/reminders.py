"""Reminders of debts that were drawn up, and which debts they moved up to which level."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.db.models import Client, Dispatch, PaidClaim, Promise, Receivable, Reminder, ReminderStep
from bot.domain.dispatch import KYIV, DispatchState, Way
from bot.domain.ladder import Level, Step
from bot.domain.money import ZERO, Money
from bot.domain.notice import NoticeKind

ON_ITS_WAY = frozenset({DispatchState.QUEUED, DispatchState.HELD, DispatchState.SENDING})


@dataclass(frozen=True, slots=True)
class ReminderRow:
    id: UUID
    client_id: UUID
    level: str
    ways: frozenset[Way]
    worth: Money
    made_at: datetime
    rest: str


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder that reached or is to reach somebody; `day` is when, in Kyiv."""

    id: UUID
    made_at: datetime
    day: date
    waiting: bool


class Reminders:
    """What was said to whom, at which level."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, client_id: UUID, level: Level, steps: Sequence[Step], at: datetime) -> UUID:
        reminder_id = uuid4()
        values = _level(level) | {"id": reminder_id, "client_id": client_id, "made_at": at, "rest": ""}
        self._connection.execute(insert(Reminder).values(**values))
        self._put_steps(reminder_id, steps)
        return reminder_id

    def made_on(self, day: date) -> list[tuple[UUID, str]]:
        """Clients for whom a reminder was drawn up that day, in Kyiv, and not let be; and its level."""
        begin = datetime.combine(day, time(), KYIV)
        found = select(Reminder.client_id, Reminder.level).where(
            Reminder.made_at >= begin, Reminder.made_at < begin + timedelta(days=1), Reminder.rest == ""
        )
        return [(row.client_id, row.level) for row in self._connection.execute(found)]

    def row(self, reminder_id: UUID) -> ReminderRow | None:
        found = select(
            Reminder.id,
            Reminder.client_id,
            Reminder.level,
            Reminder.ways,
            Reminder.worth,
            Reminder.made_at,
            Reminder.rest,
        ).where(Reminder.id == reminder_id)
        row = self._connection.execute(found).first()
        if row is None:
            return None
        ways = frozenset(Way(one) for one in row.ways.split(",") if one)
        return ReminderRow(row.id, row.client_id, row.level, ways, row.worth, row.made_at, row.rest)

    def redraw(self, reminder_id: UUID, level: Level, steps: Sequence[Step]) -> None:
        """What it says in the end, when it leaves."""
        self._connection.execute(update(Reminder).where(Reminder.id == reminder_id).values(**_level(level), rest=""))
        self._connection.execute(delete(ReminderStep).where(ReminderStep.reminder_id == reminder_id))
        self._put_steps(reminder_id, steps)

    def rest(self, reminder_id: UUID, why: str) -> None:
        """It does not leave after all."""
        self._connection.execute(update(Reminder).where(Reminder.id == reminder_id).values(rest=why))

    def of_client(self, client_id: UUID, *, but: UUID | None = None) -> list[Reminded]:
        """Those that count: on their way, arrived, or tried in vain; oldest first. Dropped ones do not."""
        made = select(Reminder.id, Reminder.made_at).where(Reminder.client_id == client_id)
        at = {str(row.id): row.made_at for row in self._connection.execute(made) if row.id != but}
        if not at:
            return []
        rows = self._connection.execute(
            select(Dispatch.about, Dispatch.state, Dispatch.sent_at, Dispatch.queued_at).where(
                Dispatch.client_id == client_id,
                Dispatch.kind == NoticeKind.REMINDER.value,
                Dispatch.state != DispatchState.DROPPED.value,
            )
        )
        found: dict[str, Reminded] = {}
        for row in rows:
            if row.about not in at:
                continue
            day = (row.sent_at or row.queued_at).astimezone(KYIV).date()
            known = found.get(row.about, Reminded(UUID(row.about), at[row.about], day, waiting=False))
            waiting = known.waiting or DispatchState(row.state) in ON_ITS_WAY
            found[row.about] = Reminded(known.id, known.made_at, max(known.day, day), waiting)
        return sorted(found.values(), key=lambda one: (one.made_at, one.id))

    def held(self, client_id: UUID) -> UUID | None:
        """One that waits for a way that costs nothing, and is not on its way to anybody."""
        rows = self._connection.execute(
            select(Dispatch.about, Dispatch.state).where(
                Dispatch.client_id == client_id,
                Dispatch.kind == NoticeKind.REMINDER.value,
                Dispatch.state.in_([state.value for state in ON_ITS_WAY]),
            )
        ).all()
        ids = {row.about for row in rows}
        return UUID(ids.pop()) if len(ids) == 1 and {row.state for row in rows} == {DispatchState.HELD.value} else None

    def supersede(self, reminder_id: UUID, level: Level) -> bool:
        """A newer one takes its place, where that is at another level; false where it is not, or it has just left."""
        row = self.row(reminder_id)
        if row is None or row.level == level.name:
            return False
        held = (Dispatch.about == str(reminder_id), Dispatch.state == DispatchState.HELD.value)
        dropped = update(Dispatch).where(*held).values(state=DispatchState.DROPPED.value, reason="newer", due_at=None)
        return bool(self._connection.execute(dropped).rowcount)

    def steps(self, reminders: Collection[UUID], documents: Collection[str]) -> list[tuple[UUID, Step]]:
        """What these reminders told of these documents."""
        if not reminders or not documents:
            return []
        rows = self._connection.execute(
            select(
                ReminderStep.reminder_id, ReminderStep.document, ReminderStep.due, ReminderStep.level, ReminderStep.day
            ).where(ReminderStep.reminder_id.in_(list(reminders)), ReminderStep.document.in_(list(documents)))
        )
        return [(row.reminder_id, Step(row.document, row.due, row.level, row.day)) for row in rows]

    def debtors(self) -> list[UUID]:
        """Active clients who owe something, or whose promise or claim is not looked at yet, by name."""
        owing = select(Receivable.client_id).where(Receivable.balance > ZERO)
        promised = select(Promise.client_id).where(Promise.ended_at.is_(None))
        claimed = select(PaidClaim.client_id).where(PaidClaim.ended_at.is_(None))
        rows = self._connection.execute(
            select(Client.id)
            .where(Client.active, Client.id.in_(owing.union(promised, claimed)))
            .order_by(Client.name, Client.id)
        )
        return list(rows.scalars())

    def count(self, since: datetime) -> dict[str, int]:
        """By level, how many were drawn up since then and not given up."""
        rows = self._connection.execute(
            select(Reminder.level, func.count())
            .where(Reminder.made_at >= since, Reminder.rest == "")
            .group_by(Reminder.level)
        )
        return {row[0]: row[1] for row in rows}

    def _put_steps(self, reminder_id: UUID, steps: Sequence[Step]) -> None:
        rows = [
            {
                "reminder_id": reminder_id, "document": step.document, "due": step.due, "level": step.level,
                "day": step.day,
            }
            for step in steps
        ]  # fmt: skip
        self._connection.execute(insert(ReminderStep), rows)


def _level(level: Level) -> dict[str, Any]:
    return {"level": level.name, "ways": ",".join(sorted(level.ways)), "worth": level.worth}
