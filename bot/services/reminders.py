"""Reminders of debts: drawn up in the morning, drawn anew in the moment of sending, dropped where nothing is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.client import Buyer
from bot.domain.dispatch import KYIV
from bot.domain.errors import Forbidden
from bot.domain.job import Job, Postponed, Queue, Run
from bot.domain.ladder import Level, Remind, Rest, late, plan
from bot.domain.money import Money, total
from bot.domain.notice import Notice, NoticeKind
from bot.domain.receivable import Debt
from bot.domain.workdays import Workdays
from bot.ports import Clock
from bot.services.balance import require_payer
from bot.services.debt_targets import debt_target, parts_key
from bot.services.ladders import Ladders, require_level
from bot.services.notices import tell_client, tell_staff
from bot.services.pay_links import opened
from bot.services.payments import Payments
from bot.services.standing import Standing
from bot.services.standpoint import settle, standpoint

LOOK_AT_DEBTS = "look_at_debts"
REMIND_ALL = "remind_debtors"
REMIND_CLIENT = "remind_client"
LOOK_SOON = timedelta(seconds=10)
"""Debts are taken in again while we wait, and the day does not begin later than it must."""
LOOK_EVERY = timedelta(minutes=10)
GATHERED = timedelta(minutes=2)
"""So long after the first one the managers hear of all whose reminders came far that morning."""
OLD = "old_data"
NOBODY = "nobody"
"""Why no reminder left: there is nobody to tell."""


@dataclass(frozen=True, slots=True)
class ReminderView:
    """A reminder as it leaves: all debts it speaks of, and where those that are `asked` are paid, if they can be."""

    level: Level
    debts: tuple[Debt, ...]
    asked: tuple[Debt, ...]
    due: date
    days: int
    address: str | None

    @property
    def total(self) -> Money:
        return total(tuple(debt.rest for debt in self.debts))

    @property
    def overdue(self) -> Money:
        return total(tuple(debt.rest for debt in self.debts if debt.overdue))

    @property
    def to_pay(self) -> Money:
        return total(tuple(debt.rest for debt in self.asked))


@dataclass(frozen=True, slots=True)
class Escalated:
    """A client whose reminders have come so far that a human is to call; `overdue` is by now."""

    client_id: UUID
    client: str
    level: Level
    overdue: Money


class Reminders:
    """Nothing leaves on old debts, outside the office's hours, or where anything stands against it."""

    def __init__(
        self, books: Books, ladders: Ladders, payments: Payments, standing: Standing, work: Workdays, now: Clock,
        *, on: bool = True,
    ) -> None:  # fmt: skip
        self._books = books
        self._ladders = ladders
        self._payments = payments
        self._standing = standing
        self._now = now
        self.work = work
        self.on = on

    # --- the morning --------------------------------------------------------------------------------------------------

    async def look(self, _: Run) -> None:
        """Asked again and again: once a working day, as soon as the office is open and debts are fresh, it begins.

        Raises Postponed while only fresh debts are wanting.
        """
        now = self._now()
        if not self.on or not self.work.is_open(now):
            return
        if await self._books.read(self._standing.debts_as_of_in) is not None:
            raise Postponed(now + LOOK_SOON)
        day = _day(now).isoformat()
        await self._books.write(
            lambda tx: tx.jobs.add(
                Job(REMIND_ALL, Queue.LOCAL, {"day": day}, key=f"{REMIND_ALL}:{day}", lock=REMIND_ALL)
            )
        )

    async def remind_all(self, run: Run) -> None:
        """A job for every debtor."""
        day = str(run.job.args["day"])

        def ask(tx: Tx) -> None:
            for client_id in tx.reminders.debtors():
                whose = {"client": str(client_id), "day": day}
                key, lock = f"{REMIND_CLIENT}:{client_id}:{day}", f"debts:{client_id}"
                tx.jobs.add(Job(REMIND_CLIENT, Queue.LOCAL, whose, key=key, lock=lock))

        await self._books.write(ask)

    async def remind(self, run: Run) -> None:
        """One client on one day; when the day is over it is left to the next one. Raises Postponed on old debts."""
        now = self._now()
        if str(run.job.args["day"]) != _day(now).isoformat() or not self.work.is_open(now):
            return
        if await self._books.read(self._standing.debts_as_of_in) is not None:
            raise Postponed(now + LOOK_EVERY)
        await self._books.write(self._remind, UUID(str(run.job.args["client"])))

    def _remind(self, tx: Tx, client_id: UUID) -> None:
        now, today = self._now(), _day(self._now())
        tx.clients.lock(client_id)
        settle(tx, client_id, now, today)
        held = tx.reminders.held(client_id)
        planned = plan(self._ladders.current_in(tx), standpoint(tx, client_id, now, today, but=held), today)
        if not isinstance(planned, Remind):
            return
        if held is not None and not tx.reminders.supersede(held, planned.level):
            return
        reminder_id = tx.reminders.add(client_id, planned.level, planned.steps, now)
        if not tell_client(tx, client_id, Notice(NoticeKind.REMINDER, str(reminder_id)), now):
            tx.reminders.rest(reminder_id, NOBODY)
        elif planned.level.escalates:
            tell_staff(tx, Notice(NoticeKind.ESCALATED, today.isoformat()), after=now + GATHERED)

    # --- the moment of sending ----------------------------------------------------------------------------------------

    async def draw(self, reminder_id: UUID, buyer: Buyer) -> ReminderView | None:
        """What it says now; None, with the reason noted, where nothing is to be said any more."""
        return await self._books.write(self._draw, reminder_id, buyer)

    def _draw(self, tx: Tx, reminder_id: UUID, buyer: Buyer) -> ReminderView | None:
        now, today = self._now(), _day(self._now())
        row = tx.reminders.row(reminder_id)
        if row is None or row.client_id != buyer.id or not _pays(tx, buyer):
            return None
        tx.clients.lock(buyer.id)
        seen = standpoint(tx, buyer.id, now, today, but=reminder_id)
        planned = plan(self._ladders.current_in(tx), seen, today)
        if self._standing.debts_as_of_in(tx) is not None:
            tx.reminders.rest(reminder_id, OLD)
            return None
        if not isinstance(planned, Remind):
            tx.reminders.rest(reminder_id, planned.value)
            return None
        tx.reminders.redraw(reminder_id, planned.level, planned.steps)
        asked = asked_of(planned.debts)
        return ReminderView(
            planned.level,
            planned.debts,
            asked,
            planned.oldest,
            late(planned.oldest, today),
            self._link(tx, buyer, asked),
        )

    def _link(self, tx: Tx, buyer: Buyer, debts: Sequence[Debt]) -> str | None:
        if not self._payments.offered:
            return None
        targets = [debt_target(debt, debt.rest) for debt in debts]
        return self._payments.address(opened(tx, parts_key(buyer.id, targets), buyer.id, targets, self._now()))

    async def with_statement(self, reminder_id: UUID) -> bool:
        """Whether a letter of it brings the client's statement, by the level it stands at."""

        def read(tx: Tx) -> bool:
            row = tx.reminders.row(reminder_id)
            level = self._ladders.current_in(tx).level(row.level) if row else None
            return level is not None and level.statement

        return await self._books.read(read)

    async def escalated(self, day: date) -> Sequence[Escalated]:
        """For the managers, who owes most first; without those of whom nothing is overdue any more."""

        def read(tx: Tx) -> list[Escalated]:
            ladder, found = self._ladders.current_in(tx), []
            for client_id, name in tx.reminders.made_on(day):
                level, buyer = require_level(ladder, name), tx.clients.buyer_of(client_id)
                if buyer is None or not level.escalates:
                    continue
                seen = standpoint(tx, client_id, self._now(), _day(self._now()))
                overdue = total(tuple(debt.rest for debt in seen.debts if debt.overdue))
                if overdue:
                    found.append(Escalated(client_id, buyer.name, level, overdue))
            return sorted(found, key=lambda one: (-one.overdue.kopiykas, one.client))

        return await self._books.read(read)


def asked_of(debts: Sequence[Debt]) -> tuple[Debt, ...]:
    """Those that are overdue; where none is, all of them."""
    return tuple(debt for debt in debts if debt.overdue) or tuple(debts)


def why_not(tx: Tx, notice: Notice) -> str:
    """Why a notice that was to leave says nothing, for the journal."""
    if notice.kind is NoticeKind.REMINDER and (row := tx.reminders.row(UUID(notice.about))) and row.rest:
        return "nothing_left" if row.rest == Rest.NOTHING else row.rest
    return "nothing_left"


def _day(now: datetime) -> date:
    return now.astimezone(KYIV).date()


def _pays(tx: Tx, buyer: Buyer) -> bool:
    try:
        require_payer(tx, buyer)
    except Forbidden:
        return False
    return True
