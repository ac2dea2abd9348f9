"""Held orders for those who pay for them and those who may release them."""

from dataclasses import dataclass
from uuid import UUID

from bot.db.books import Books
from bot.db.pay_links import TargetRow
from bot.db.tx import Tx
from bot.domain.client import Buyer
from bot.domain.credit import HeldOrder, HeldState, Trouble
from bot.domain.dialogue import Turn
from bot.domain.errors import Forbidden, NotFound, Outdated
from bot.domain.job import Run
from bot.domain.order import OrderView
from bot.services.balance import Balance, LinkView, require_payer
from bot.services.credit import CreditView
from bot.services.credit_gate import CreditGate
from bot.services.orders import require_order
from bot.services.payments import Payments


@dataclass(frozen=True, slots=True)
class HeldOrderView:
    """For a manager: the order, why it waits by now, and who let it go on; `trouble` is None where nothing does."""

    order: OrderView
    client: str
    held: HeldOrder
    trouble: Trouble | None


class HeldOrders:
    """The gate over the books."""

    def __init__(self, books: Books, gate: CreditGate, balance: Balance, payments: Payments) -> None:
        self._books = books
        self._gate = gate
        self._balance = balance
        self._payments = payments

    async def examine(self, run: Run) -> None:
        """The job of `look_again`."""
        await self._books.write(self._gate.examine, UUID(str(run.job.args["client"])))

    async def look(self, buyer: Buyer, order: OrderView) -> CreditView | None:
        """What an order of the client waits for, by now; None where it does not wait, or is about to go on."""
        if order.held is not HeldState.HELD:
            return None

        def read(tx: Tx) -> CreditView | None:
            trouble = self._gate.trouble(tx, order)
            if trouble is None:
                return None
            try:
                require_payer(tx, buyer)
            except Forbidden:
                return CreditView(trouble, may_see=False, payable=False)
            return CreditView(trouble, may_see=True, payable=self._payments.offered)

        return await self._books.read(read)

    async def pay(self, turn: Turn, buyer: Buyer, order_id: UUID) -> LinkView:
        """A link for exactly what the order waits for, by now.

        Raises NotFound, Forbidden, Outdated where it does not wait any more, Refused: no_cards.
        """

        def wanted(tx: Tx) -> list[TargetRow]:
            order = require_order(tx, order_id, buyer)
            trouble = self._gate.trouble(tx, order) if order.held is HeldState.HELD else None
            targets = self._gate.targets(tx, order, trouble) if trouble else []
            if not targets:
                raise Outdated("order")
            return targets

        return await self._balance.pay_targets(turn, buyer, wanted)

    async def view(self, order_id: UUID) -> HeldOrderView:
        """Raises NotFound where it was never held."""
        return await self._books.read(self._view, order_id)

    async def release(self, order_id: UUID, revision: int, by: str) -> HeldOrderView:
        """Whoever was slower sees who released it. `revision` is the one that was seen.

        Raises NotFound, Outdated where the order was changed meanwhile and still waits.
        """

        def release(tx: Tx) -> None:
            client_id = tx.orders.client_of(str(order_id))
            if client_id is None:
                raise NotFound("order")
            tx.clients.lock(client_id)
            tx.orders.lock(order_id)
            order = tx.orders.view(order_id, client_id)
            if order is None or order.held is None:
                return
            if order.revision != revision:
                raise Outdated("order")
            self._gate.release(tx, order, by)

        await self._books.write(release)
        return await self.view(order_id)

    def _view(self, tx: Tx, order_id: UUID) -> HeldOrderView:
        held = tx.held_orders.get(order_id)
        order = tx.orders.view(order_id, held.client_id) if held else None
        if held is None or order is None:
            raise NotFound("order")
        client = tx.clients.names([held.client_id]).get(held.client_id, "")
        trouble = self._gate.trouble(tx, order) if held.state is HeldState.HELD else None
        return HeldOrderView(order, client, held, trouble)
