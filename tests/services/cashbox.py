"""A backroom with a gateway: debts of the café, orders, links for either, and the jobs that follow a payment."""

from datetime import date
from typing import Any
from uuid import UUID

from bot.db.payments import AttemptRow
from bot.domain.accounting import ReceivableRecord, Subject
from bot.domain.client import Buyer
from bot.domain.money import Money
from bot.domain.payment import Outcome, PayState, PayView
from bot.services.balance import Balance, LinkView
from bot.services.money_moves import MOVE, MoneyMoves, Wanted, Who
from bot.services.paid import WITHDRAW
from bot.services.payment_view import PaymentView
from bot.services.payments import CHECK, Payments
from bot.services.receipts import RECEIVE, Receipts
from tests.db.people import OLENA, RANOK, turn
from tests.services.backroom import Backroom, run_of
from tests.services.test_receivables_in import debt
from tests.support.gateway import Gateway

PUBLIC = "https://bot.example.ua"
OKSANA, PETRO = Who("Оксана", "telegram:2001"), Who("Петро", "telegram:2002")


class Cashbox:
    """What clients pay and staff give back, one thing after the other."""

    def __init__(self, room: Backroom) -> None:
        self.room = room
        self.gateway = Gateway()
        self.payments = Payments(
            room.books, self.gateway, room.clock, public_url=PUBLIC, payee="ГастроОпт", connected=True
        )
        self.balance = Balance(room.books, self.payments, room.standing, room.clock)
        self.moves = MoneyMoves(room.books, self.gateway, room.clock, connected=True)
        self.receipts = Receipts(room.books, room.ledger, room.clock)

    # --- debts --------------------------------------------------------------------------------------------------------

    async def owes(self, *records: ReceivableRecord) -> None:
        """This is all that the café owes, by 1C."""
        self.room.ledger.owed = {}
        self.room.ledger.owes(*records)
        await self.room.pull(Subject.RECEIVABLES)

    async def three_debts(self) -> None:
        """Of 1000, 500 and 250 hryvnias; the second is due first, the third not at all."""
        await self.owes(
            debt("d1", "1000.00", due=date(2026, 11, 20)),
            debt("d2", "500.00", due=date(2026, 11, 10)),
            debt("d3", "250.00", due=None),
        )

    async def owed(self, buyer: Buyer = RANOK) -> list[tuple[str, Money]]:
        """What a person sees."""
        view = await self.balance.view(buyer, OLENA)
        return [(one.document, one.rest) for one in view.owed.debts]

    async def choose(self, *documents: str, on: bool = True) -> None:
        for one in (await self.balance.view(RANOK, OLENA)).owed.debts:
            if one.document in documents:
                await self.balance.choose(turn(), RANOK, OLENA, one.mark, 0, on=on)

    async def pay_all(self) -> LinkView:
        view = await self.balance.view(RANOK, OLENA)
        return await self.balance.pay(turn(), RANOK, OLENA, view.owed.total.kopiykas, chosen=False)

    async def pay_chosen(self) -> LinkView:
        view = await self.balance.view(RANOK, OLENA)
        return await self.balance.pay(turn(), RANOK, OLENA, view.chosen_total.kopiykas, chosen=True)

    async def pay_sum(self, typed: str) -> LinkView:
        return await self.balance.pay_sum(turn(), RANOK, OLENA, typed)

    # --- links --------------------------------------------------------------------------------------------------------

    async def for_order(self, order_id: UUID) -> str:
        """The token of the order's link."""
        _, address = await self.payments.offer(await self.room.order(order_id))
        assert address is not None
        return address.removeprefix(f"{PUBLIC}/pay/")

    async def page(self, token: str) -> PayView:
        view = await self.payments.page(token)
        assert view is not None
        return view

    async def state(self, token: str) -> PayState:
        return (await self.page(token)).state

    async def seen(self, link: LinkView) -> PayView:
        return await self.page(link.asked.link.token)

    # --- payments -----------------------------------------------------------------------------------------------------

    async def start(self, token: str) -> str:
        """A new attempt; its reference."""
        await self.payments.start(token, "uk", (await self.page(token)).due_by_card)
        return self.gateway.charges[-1].reference

    async def says(self, reference: str, outcome: Outcome, **sums: Any) -> None:
        """The gateway says so, calls back, and is asked."""
        self.gateway.say(reference, outcome, **sums)
        await self.payments.told(self.gateway.states[reference])
        await self.room.run(CHECK, self.payments.check)

    async def pays(self, token: str, **sums: Any) -> str:
        reference = await self.start(token)
        await self.says(reference, Outcome.PAID, **sums)
        return reference

    async def withdraws(self) -> int:
        return await self.room.run(WITHDRAW, self.payments.withdraw)

    async def hands(self) -> int:
        """Everything that goes to 1C goes there."""
        return await self.room.run(RECEIVE, self.receipts.receive)

    async def accountant_posts(self) -> None:
        """Every payment's document, and we look before debts are taken in again."""
        for ref in list(self.room.ledger.receipts):
            self.room.ledger.handle(ref, posted=True)
        await self.looks()

    async def looks(self) -> None:
        jobs = await self.room.jobs(RECEIVE)
        await self.receipts.look(run_of(jobs[0]))

    async def attempt(self, reference: str) -> AttemptRow:
        found = await self.room.books.read(lambda tx: tx.payments.attempt(reference))
        assert found is not None
        return found

    async def parts(self, reference: str) -> list[tuple[str | None, Money]]:
        found = await self.room.books.read(lambda tx: tx.money.parts(reference))
        return [(part.document, part.amount) for part in found]

    # --- staff --------------------------------------------------------------------------------------------------------

    async def payment(self, reference: str) -> PaymentView:
        return await self.moves.named(reference)

    async def asks(self, reference: str, wanted: Wanted, who: Who = OKSANA) -> PaymentView:
        return await self.moves.ask((await self.attempt(reference)).id, wanted, who)

    async def moves_on(self) -> int:
        return await self.room.run(MOVE, self.moves.run)
