"""A cashbox whose debtors are reminded: mornings that come, what leaves, and what people answer."""

from contextlib import suppress
from datetime import UTC, date, datetime
from uuid import UUID

from bot.db.dispatches import DispatchRow
from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.client import Buyer
from bot.domain.dispatch import DispatchState
from bot.domain.job import Job, Postponed, Queue, Run
from bot.domain.notice import NoticeKind
from bot.domain.workdays import Workdays
from bot.services.forecast import Forecasts
from bot.services.ladders import Ladders
from bot.services.promises import Promises
from bot.services.reminder_desk import ReminderDesk
from bot.services.reminders import LOOK_AT_DEBTS, REMIND_ALL, REMIND_CLIENT, Reminders, ReminderView, why_not
from handlers.app import default_ladder
from tests.db.people import OLENA, RANOK, turn
from tests.services.cashbox import Cashbox

FRIDAY = date(2026, 11, 27)
OKSANA = ("Оксана", "telegram:2001")


class Reminding:
    """Kyiv is two hours ahead of UTC in these weeks."""

    def __init__(self, cashbox: Cashbox) -> None:
        self.cashbox, self.room, self.work = cashbox, cashbox.room, Workdays()
        books, clock = self.room.books, self.room.clock
        self.ladders = Ladders(books, default_ladder(), clock)
        self.reminders = Reminders(books, self.ladders, cashbox.payments, self.room.standing, self.work, clock)
        self.promises = Promises(books, self.ladders, self.work, clock)
        self.desk = ReminderDesk(books, self.room.standing, self.work, clock, on=True)
        self.forecasts = Forecasts(books, self.ladders, self.room.standing, self.work, clock)

    def at(self, day: date, hour: int = 10, minute: int = 0) -> None:
        """It is this o'clock in Kyiv."""
        self.room.clock.moment = datetime(day.year, day.month, day.day, hour - 2, minute, tzinfo=UTC)

    async def morning(self, day: date, hour: int = 10) -> list[str]:
        """Debts are fresh, and everybody is looked at; the levels of the reminders that were drawn up for Olena."""
        self.at(day, hour)
        await self.room.pull(Subject.RECEIVABLES)
        return await self.works()

    async def works(self) -> list[str]:
        """What the background does by now."""
        before = {row.id for row in await self.letters()}
        key = f"{LOOK_AT_DEBTS}:{self.room.clock.moment.isoformat()}"
        with suppress(Postponed):
            await self.reminders.look(Run(key, Job(LOOK_AT_DEBTS, Queue.LOCAL, {}, key=key), 1))
        await self.room.run(REMIND_ALL, self.reminders.remind_all)
        await self.room.run(REMIND_CLIENT, self.reminders.remind)
        return [await self.level(row) for row in await self.letters() if row.id not in before]

    async def letters(self) -> list[DispatchRow]:
        """Every reminder to Olena, oldest first, whatever became of it."""
        rows = await self.room.books.read(lambda tx: tx.dispatches.journal(1000))
        return [row for row in reversed(rows) if row.notice.kind is NoticeKind.REMINDER and row.person_id == OLENA]

    async def level(self, row: DispatchRow) -> str:
        found = await self.room.books.read(lambda tx: tx.reminders.row(UUID(row.notice.about)))
        assert found is not None
        return found.level

    async def sends(self) -> tuple[ReminderView | None, str]:
        """The last one leaves, or is dropped; and the reason in the journal."""
        notice = (await self.letters())[-1].notice
        rows = await self.room.books.read(lambda tx: tx.dispatches.journal(1000))
        everybody = [row.id for row in rows if row.notice == notice]
        view = await self.reminders.draw(UUID(notice.about), RANOK)
        reason = "" if view else await self.room.books.read(why_not, notice)

        def settled(tx: Tx) -> None:
            for one in everybody:
                if view is None:
                    tx.dispatches.settle(one, DispatchState.DROPPED, reason)
                else:
                    tx.dispatches.sent(one, one.hex, self.room.clock())

        await self.room.books.write(settled)
        return view, reason

    async def reminded(self, day: date) -> str:
        """The level that Olena reads that morning; empty where nothing comes."""
        levels = await self.morning(day)
        if not levels:
            return ""
        view, reason = await self.sends()
        return view.level.name if view else reason

    async def promise(self, day: date, buyer: Buyer = RANOK) -> None:
        await self.promises.promise(turn(), buyer, OLENA, day)

    async def staff_hear(self, kind: NoticeKind) -> list[str]:
        """Desks that are told so, in order."""
        return [told.to for told in await self.room.told_staff() if told.kind == kind.value]
