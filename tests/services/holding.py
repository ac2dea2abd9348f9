"""A cashbox whose gate holds: an order of the café's as a client confirms it, and what becomes of it."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import update

from bot.db.models import Client, Order
from bot.db.tx import Tx
from bot.domain.credit import CreditRules, HeldState
from bot.domain.dialogue import Turn
from bot.domain.money import Money
from bot.domain.order import OrderView, State
from bot.services.carts import Carts
from bot.services.credit import Credit, CreditView
from bot.services.credit_gate import CreditGate
from bot.services.handover import hand_over
from bot.services.held_orders import HeldOrders, HeldOrderView
from bot.services.look_again import EXAMINE
from bot.services.ordering import Ordering
from tests.db.people import OLENA, RANOK, turn
from tests.db.test_orders import MILK_LINE, delivery
from tests.services.cashbox import PUBLIC, Cashbox
from tests.services.test_credit import cart
from tests.services.test_receivables_in import debt
from tests.support.desk import RULES

HOLDS = CreditRules(on=True, holds=True)
TODAY = date(2026, 11, 23)
SUM = Money.of("1149.60")
"""Of the order that `places` places."""


class Holding:
    """The café has a limit of 1500 hryvnias and owes 1000 of them, unless a test says otherwise."""

    def __init__(self, cashbox: Cashbox, rules: CreditRules = HOLDS) -> None:
        self.cashbox, self.room, self.rules = cashbox, cashbox.room, rules
        room = self.room
        self.gate = CreditGate(rules, room.standing, RULES, room.clock)
        self.held = HeldOrders(room.books, self.gate, cashbox.balance, cashbox.payments)
        self.carts = Carts(room.books, RULES, Money.of(500), room.clock)
        self.ordering = Ordering(room.books, self.carts, RULES, room.standing, self.gate)

    async def summary(self, amends: UUID, hryvnias: str) -> CreditView | None:
        """What is said before a change of the order to this sum is confirmed."""
        room = self.room
        credit = Credit(room.books, self.rules, self.cashbox.payments, room.standing, room.clock)
        return await credit.look(RANOK, cart(hryvnias, amends_id=amends))

    async def limit(self, hryvnias: str | None) -> None:
        value = None if hryvnias is None else Money.of(hryvnias)
        change = update(Client).where(Client.id == RANOK.id).values(credit_limit=value)
        await self.room.books.write(lambda tx: tx._connection.execute(change).rowcount)

    async def owes(self, *sums: str, late: bool = False) -> None:
        """By so many documents, due in three days or three days ago; and what waits is looked at again."""
        due = TODAY + timedelta(days=-3 if late else 3)
        await self.cashbox.owes(*(debt(f"d{at}", sum_, due=due) for at, sum_ in enumerate(sums, 1)))
        await self.looks_again()

    async def places(self, total: str = "1149.60") -> UUID:
        """As Ordering does when a client confirms, but for the cart."""
        order_id = await self.room.unsent(at=self.room.clock(), total=Money.of(total))

        def confirm(tx: Tx) -> None:
            tx.clients.lock(RANOK.id)
            order = tx.orders.view(order_id, RANOK.id)
            assert order is not None
            self.gate.confirmed(tx, order, but={OLENA})
            hand_over(tx, order_id, 1)

        await self.room.books.write(confirm)
        return order_id

    async def changes(self, order_id: UUID, total: str) -> None:
        """As Ordering does when a client confirms a change, but for the cart."""

        await self.room.books.write(self.change_in, order_id, total)

    def change_in(self, tx: Tx, order_id: UUID, total: str) -> None:
        tx.clients.lock(RANOK.id)
        state, revision = tx.orders.state(order_id), tx.orders.revision(order_id)
        values = delivery(total=Money.of(total))
        changed = tx.orders.amend(order_id, state, revision, (MILK_LINE,), values, self.room.clock(), OLENA)
        order = tx.orders.view(order_id, RANOK.id)
        assert order is not None and changed is not None
        self.gate.confirmed(tx, order, but={OLENA})
        hand_over(tx, order_id, changed)

    async def cancels(self, order_id: UUID) -> OrderView:
        order = await self.ordering.cancel(self.turn(), RANOK, OLENA, order_id)
        await self.looks_again()
        return order

    async def looks_again(self) -> int:
        return await self.room.run(EXAMINE, self.held.examine)

    async def pays(self, order_id: UUID) -> str:
        """By the button under the order."""
        link = await self.held.pay(turn(), RANOK, order_id)
        reference = await self.cashbox.pays(link.address.removeprefix(f"{PUBLIC}/pay/"))
        await self.looks_again()
        return reference

    async def enough(self, order_id: UUID) -> Money | None:
        view = await self.held.look(RANOK, await self.room.order(order_id))
        return view.trouble.enough if view else None

    async def is_held(self, order_id: UUID) -> HeldState | None:
        return (await self.room.order(order_id)).held

    async def seen(self, order_id: UUID) -> HeldOrderView:
        """By the staff."""
        return await self.held.view(order_id)

    async def releases(self, order_id: UUID, by: str = "Оксана", revision: int | None = None) -> HeldOrderView:
        seen = revision or (await self.room.order(order_id)).revision
        return await self.held.release(order_id, seen, by)

    async def document(self, order_id: UUID) -> tuple[bool, str]:
        """Whether it is posted, and its note."""
        there = self.room.ledger.documents[(await self.room.link(order_id)).ref]
        return there.link.posted, there.note

    async def stands(self, order_id: UUID) -> State | None:
        """In the book of record."""
        return self.room.ledger.documents[(await self.room.link(order_id)).ref].state

    async def staff(self) -> list[str]:
        """What the desks heard of held orders."""
        return [told.kind for told in await self.room.told_staff() if told.kind.startswith("credit_")]

    async def ships(self, order_id: UUID) -> None:
        ref = (await self.room.link(order_id)).ref
        self.room.ledger.change(ref, posted=True, state=State.SHIPPED)

    async def for_day(self, order_id: UUID, day: date) -> None:
        change = update(Order).where(Order.id == order_id).values(delivery_date=day)
        await self.room.books.write(lambda tx: tx._connection.execute(change).rowcount)

    def turn(self) -> Turn:
        """By the present moment."""
        made = turn()
        return Turn(made.channel, made.external_id, made.event_id, self.room.clock())
