"""After a silence of the book of record: orders agreed on the last known prices are looked at again.

An order goes there as it was agreed, whatever the prices do meanwhile. Then the client is told what moved, and asked
only where it matters: where something is dearer now, or may not be there any more. After the cut-off nothing can be
asked: the order stands as agreed, and the managers are told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from bot.db.books import Books
from bot.db.orders import line_row
from bot.db.tx import Tx
from bot.domain.accounting import Subject
from bot.domain.client import Buyer
from bot.domain.delivery import DeliveryRules
from bot.domain.dialogue import Turn
from bot.domain.difference import DifferenceKind
from bot.domain.errors import Outdated, Refused
from bot.domain.job import Job, Queue, Run
from bot.domain.money import Money, total
from bot.domain.notice import Notice, NoticeKind
from bot.domain.order import OrderLineView, OrderView, Repeatable, RepeatLine, require_changeable
from bot.domain.promotion import Discount, Rules
from bot.ports import Clock
from bot.services.card_discounts import put_in_lines
from bot.services.credit_gate import CreditGate
from bot.services.handover import SHOWN, hand_over, report_difference
from bot.services.notices import tell_client
from bot.services.orders import compared, require_order
from bot.services.paid import tell_of_surplus
from bot.services.promotions import Goods, Promotions
from bot.services.take_in import TakeIn

CHECK = "check_prices"


@dataclass(frozen=True, slots=True)
class PriceQuestion:
    """An order against today's prices and stock; `lines` are those that moved, `total` what it would cost now, after
    the `discount` of its promotions.

    What is not on sale any more costs nothing; what is out of stock or short costs what was ordered of it.
    """

    order: OrderView
    lines: tuple[RepeatLine, ...]
    total: Money
    discount: Discount

    @property
    def matters(self) -> bool:
        """Whether the client has to decide: something is dearer, not on sale any more, out of stock or short."""
        return any(line.verdict in _MATTERS or line.short for line in self.lines)

    @property
    def short(self) -> bool:
        """Whether something of it may not be there to be brought."""
        return any(line.verdict is Repeatable.OUT_OF_STOCK or line.short for line in self.lines)


_MATTERS = {Repeatable.DEARER, Repeatable.GONE, Repeatable.OUT_OF_STOCK}


def check_job(since: datetime) -> Job:
    """Look at everything that was agreed on prices that could not be checked, if there is anything."""
    return Job(CHECK, Queue.ONEC_IN, {}, key=f"{CHECK}:{since.isoformat()}", lock=CHECK, priority=3)


class PriceCheck:
    """Compares orders with today's prices, and does what the client says."""

    def __init__(
        self,
        books: Books,
        rules: DeliveryRules,
        now: Clock,
        take_in: TakeIn | None = None,
        promotions: Promotions | None = None,
        gate: CreditGate | None = None,
    ) -> None:
        self._promotions = promotions or Promotions(Rules(), now)
        self._books = books
        self._rules = rules
        self._now = now
        self._take_in = take_in
        self._gate = gate

    async def run(self, _: Run) -> None:
        """The job of `check_job`: today's prices and stock first, then every order that was agreed without them."""
        waiting = await self._books.read(lambda tx: tx.documents.provisional())
        if waiting and self._take_in is not None:
            for subject in (Subject.PRICES, Subject.STOCK):
                await self._take_in.pull(subject)
        for order_id in waiting:
            await self._books.write(self._look, order_id)

    async def question(self, buyer: Buyer, order_id: UUID, language: str) -> PriceQuestion:
        """Raises NotFound where it is not this client's order."""
        return await self._books.read(self._question, buyer, order_id, language)

    async def accept(self, turn: Turn, buyer: Buyer, order_id: UUID, revision: int, kopiykas: int) -> OrderView:
        """The order at the prices the client saw. What is not on sale any more is left out; what is out of stock or
        short stays as it was ordered, and the manager confirms what can be brought.

        Raises Outdated where nothing was asked, or the order or a price moved since, Refused: order_final,
        cutoff_passed, cart_empty.
        """

        def take(tx: Tx) -> None:
            if self._gate is not None and self._gate.on:
                tx.clients.lock(buyer.id)
            tx.orders.lock(order_id)
            question = self._question(tx, buyer, order_id, "uk")
            order = question.order
            if not order.asked or order.revision != revision or question.total.kopiykas != kopiykas:
                raise Outdated("prices")
            require_changeable(order.state, turn.at, self._rules.deadline(order.delivery_date), held=order.held)
            if not question.total:
                raise Refused("cart_empty")
            self._reprice(tx, question, turn.at, self._gate)

        return await self._books.apply(turn, take, lambda tx: require_order(tx, order_id, buyer))

    def _look(self, tx: Tx, order_id: UUID) -> None:
        tx.orders.lock(order_id)
        if order_id not in tx.documents.provisional():
            return  # it was changed or cancelled meanwhile
        buyer = tx.clients.buyer_of(tx.orders.client(order_id))
        question = self._question(tx, buyer, order_id, "uk") if buyer else None
        if buyer is None or question is None or not question.lines:
            tx.orders.prices_settled(order_id)
            return
        now = self._now()
        if now >= self._rules.deadline(question.order.delivery_date):
            _too_late(tx, question, now)
            return
        kind = NoticeKind.PRICES_MOVED if question.matters else NoticeKind.PRICES_FELL
        if question.matters:
            tx.orders.prices_asked(order_id, now)
        else:
            self._reprice(tx, question, now)
        tell_client(tx, buyer.id, Notice(kind, str(order_id), str(question.order.revision)), now)

    def _question(self, tx: Tx, buyer: Buyer, order_id: UUID, language: str) -> PriceQuestion:
        order = require_order(tx, order_id, buyer)
        lines = compared(tx, order, buyer, language)
        moved = tuple(line for line in lines if line.verdict is not Repeatable.SAME or line.short)
        goods = _goods(lines)
        discount = self._promotions.of_order(tx, order_id, goods)
        return PriceQuestion(order, moved, total([line.amount for line in goods]) - discount.total, discount)

    def _reprice(self, tx: Tx, question: PriceQuestion, at: datetime, gate: CreditGate | None = None) -> None:
        """Where somebody agreed to more than was agreed first, the credit `gate` is asked anew."""
        order_id, moved = question.order.id, {line.article_id: line for line in question.lines}
        stay = [line for line in question.order.lines if _stays(line, moved)]
        parts = zip(stay, question.discount.lines, strict=True)
        rows = [_row(line, moved.get(line.article_id), part) for line, part in parts]
        revision = tx.orders.replace_lines(order_id, rows, question.total, at)
        tx.orders.prices_settled(order_id)
        self._promotions.recount(tx, order_id, question.discount.offs)
        revision = put_in_lines(tx, self._promotions, order_id) or revision
        tell_of_surplus(tx, order_id, f"{revision}")
        order = tx.orders.view(order_id, question.order.client_id) if gate is not None else None
        if gate is not None and order is not None:
            gate.confirmed(tx, order)
        hand_over(tx, order_id, revision)


def _too_late(tx: Tx, question: PriceQuestion, at: datetime) -> None:
    """Nobody can change the order here any more: it stands as agreed, and the managers hear of it."""
    order = question.order
    tx.orders.prices_settled(order.id)
    detail = {
        "number": order.number,
        "agreed": str(order.total.amount),
        "now": str(question.total.amount),
        "lines": ", ".join(line.name for line in question.lines)[:SHOWN],
    }
    report_difference(tx, DifferenceKind.PRICES_LATE, order.id, detail, at)


def _stays(line: OrderLineView, moved: dict[UUID | None, RepeatLine]) -> bool:
    now = moved.get(line.article_id)
    return now is None or now.verdict is not Repeatable.GONE


def _row(line: OrderLineView, now: RepeatLine | None, discount: Money) -> dict[str, object]:
    price = now.now if now is not None and now.now is not None else line.price
    return line_row(replace(line, price=price, amount=price.times(line.quantity) - discount, discount=discount))


def _goods(lines: Sequence[RepeatLine]) -> list[Goods]:
    """What of the order is still on sale, at today's full prices."""
    return [Goods(one.article_id, one.quantity, one.now.times(one.quantity)) for one in lines if one.now is not None]
