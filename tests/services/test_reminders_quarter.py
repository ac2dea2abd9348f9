"""A winter of some clients through the real books: nobody is reminded wrongly, and every debt in its turn."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from bot.db.tx import Tx
from bot.domain.accounting import DocumentHead, ReceivableRecord, Subject
from bot.domain.client import Buyer
from bot.domain.dispatch import DispatchState
from bot.domain.money import Money
from bot.domain.notice import NoticeKind
from bot.services.reminders import ReminderView
from tests.db.people import turn
from tests.services.backroom import Backroom
from tests.services.cashbox import Cashbox
from tests.services.reminding import Reminding

BEGIN = date(2026, 12, 1)
DAYS = 45
CLIENTS = 8


@dataclass
class Client:
    """What a client did, by its own memory: `quiet` are the last days on which it is to be left alone."""

    buyer: Buyer
    person: UUID
    bills: dict[str, tuple[date, date]] = field(default_factory=dict)
    quiet: date = BEGIN - timedelta(days=1)
    disputed: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    last: date | None = None


@dataclass
class Winter:
    """Clients and what was wrong."""

    reminding: Reminding
    clients: dict[UUID, Client] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    mind: Random = field(default_factory=lambda: Random(7))
    sent: int = 0

    async def opens(self) -> None:
        def add(tx: Tx, number: int) -> Client:
            client, person = uuid4(), uuid4()
            tx.clients.add_client(
                id=client, external_id=f"c{number}", kind="legal", name=f"Клієнт {number}", tax_code=None,
                price_type_id=None,
            )  # fmt: skip
            tx.clients.add_person(person, f"p{number}", f"Людина {number}", f"+38067000000{number}")
            tx.clients.add_member(person, client, orders=True, pays=True, signs=False)
            tx.accounts.meet("telegram", f"90{number}", "", self.reminding.room.clock(), None)
            tx.accounts.sign_in("telegram", f"90{number}", person, self.reminding.room.clock())
            buyer = tx.clients.buyer_for(client, person)
            assert buyer is not None
            return Client(buyer, person)

        for number in range(CLIENTS):
            one = await self.reminding.room.books.write(add, number)
            self.clients[one.buyer.id] = one
            for n in range(3):
                due = BEGIN + timedelta(days=self.mind.randrange(-20, DAYS))
                paid = due + timedelta(days=self.mind.choice((0, 5, 20, 90)))
                one.bills[f"{number}-{n}"] = due, paid

    def owed(self, day: date) -> None:
        """What 1C says that morning."""
        ledger = self.reminding.room.ledger
        ledger.owed = {}
        for number, one in enumerate(self.clients.values()):
            for name, (due, paid) in one.bills.items():
                if due - timedelta(days=14) <= day < paid:
                    head = DocumentHead("shipment", name, due - timedelta(days=14), Money.of(1000))
                    ledger.owes(ReceivableRecord(name, f"c{number}", None, Money.of(1000), due, head))

    async def leaves(self, day: date) -> None:
        """Every reminder on its way leaves, or is dropped."""
        books = self.reminding.room.books
        rows = await books.read(lambda tx: tx.dispatches.journal(1000, {DispatchState.QUEUED, DispatchState.HELD}))
        for row in rows:
            if row.notice.kind is not NoticeKind.REMINDER:
                continue
            one = self.clients[row.client_id]
            view = await self.reminding.reminders.draw(UUID(row.notice.about), one.buyer)
            assert view is not None
            self.looks(one, view, day)
            await books.write(_sent, row.id, self.reminding.room.clock())
            await self.answers(one, view, day)

    def looks(self, one: Client, view: ReminderView, day: date) -> None:
        names = {debt.document for debt in view.debts}
        self.sent += 1
        if one.last == day or day <= one.quiet or not self.reminding.work.is_open(self.reminding.room.clock()):
            self.wrong.append(f"{one.buyer.name} on {day}")
        self.wrong += [f"{name} on {day}" for name in names if day >= one.bills[name][1] or name in one.disputed]
        one.last = day
        one.told |= names

    async def answers(self, one: Client, view: ReminderView, day: date) -> None:
        promises = self.reminding.promises
        match self.mind.randrange(4):
            case 0:
                one.quiet = self.reminding.work.after(day, 2)
                await promises.promise(turn(), one.buyer, one.person, one.quiet)
            case 1:
                claim = await promises.said_paid(turn(), one.buyer, one.person, day)
                one.quiet = claim.until
            case 2:
                debt = view.debts[0]
                await promises.dispute(turn(), one.buyer, one.person, debt.mark, "?")
                one.disputed.add(debt.document)


def _sent(tx: Tx, dispatch: UUID, at: datetime) -> None:
    tx.dispatches.sent(dispatch, dispatch.hex, at)


async def test_a_winter_reminds_everybody_in_turn_and_nobody_wrongly(room: Backroom) -> None:
    winter = Winter(Reminding(Cashbox(room)))
    await winter.opens()
    for n in range(DAYS):
        day = BEGIN + timedelta(days=n)
        winter.reminding.at(day, 10)
        winter.owed(day)
        await room.pull(Subject.RECEIVABLES)
        await winter.reminding.works()
        await winter.leaves(day)
    assert winter.wrong == []
    assert winter.sent > 30
    late = [
        name
        for one in winter.clients.values()
        for name, (due, paid) in one.bills.items()
        if due < BEGIN + timedelta(days=DAYS - 7) and paid > max(due, BEGIN) + timedelta(days=7)
    ]
    assert [name for name in late if not any(name in one.told | one.disputed for one in winter.clients.values())] == []
