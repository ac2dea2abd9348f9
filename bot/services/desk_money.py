"""From a client's topic: the way to pay sent once more, and money that was paid by card given back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.asking import Which
from bot.domain.client import Buyer
from bot.domain.desk import Staff, TopicView
from bot.domain.dialogue import Turn
from bot.domain.errors import NotFound, Outdated, Refused
from bot.domain.money import ZERO, Money
from bot.domain.notice import FINANCE, Notice, NoticeKind
from bot.domain.order import OrderBrief, State
from bot.domain.receivable import Debt
from bot.i18n import KYIV
from bot.ports import Clock
from bot.services.balance import chosen_of
from bot.services.debts import Owed, owed
from bot.services.desk import StaffDesk
from bot.services.desk_rights import require_client
from bot.services.notices import tell_client, tell_finance
from bot.services.pay_links import order_rests
from bot.services.payment_view import PaymentView, payment_view
from bot.services.payments import Payments

LATEST = 20
Wanted = Callable[[Tx, Buyer], Notice]
ORDERS, DEBTS, PAYMENTS = 4, 4, 6


@dataclass(frozen=True, slots=True)
class ToPay:
    """What a client can be asked to pay: the last orders with what is left of each, and the debts."""

    topic: TopicView
    orders: Sequence[tuple[OrderBrief, Money]]
    owed: Owed

    @property
    def debts(self) -> list[tuple[Which, int, Debt | None]]:
        """The oldest ones with their marks, then all of them and the overdue ones, where that is something else."""
        known = self.owed
        one = [(Which.ONE, debt.mark, debt) for debt in known.debts[:DEBTS]]
        more = [(Which.ALL, 0, None)] if len(known.debts) > 1 else []
        late = [(Which.OVERDUE, 0, None)] if known.overdue and known.overdue != known.total else []
        return [*one, *more, *late]


@dataclass(frozen=True, slots=True)
class Sent:
    """About whom, and how many people are told."""

    topic: TopicView
    people: int


@dataclass(frozen=True, slots=True)
class CardPayments:
    """What a client paid by card and may get back, newest first; `mine` where this desk may give it back itself."""

    topic: TopicView
    payments: Sequence[PaymentView]
    mine: bool


class DeskMoney:
    """For managers and finance; only finance moves money, where it has a group of its own."""

    def __init__(self, books: Books, payments: Payments, desk: StaffDesk, now: Clock) -> None:
        self._books = books
        self._payments = payments
        self._desk = desk
        self._now = now

    def moves_money(self, desk: str) -> bool:
        """Whether those of this desk may have money given back, taken or let go."""
        return desk == FINANCE or not self._desk.has_finance

    async def to_pay(self, topic_id: UUID, staff: Staff) -> ToPay:
        """Raises NotFound; Refused: no_cards."""
        if not self._payments.offered:
            raise Refused("no_cards")

        def read(tx: Tx) -> ToPay:
            topic, buyer = require_client(tx, topic_id, staff)
            return ToPay(topic, self._unpaid(tx, buyer)[:ORDERS], self._owed(tx, buyer))

        return await self._books.read(read)

    async def send_order_link(self, turn: Turn, topic_id: UUID, staff: Staff, order_id: UUID, at: int) -> Sent:
        """To those who pay, once for the list that was shown at `at`.

        Raises NotFound, also for an order of another client; Outdated where nothing is left to be paid for it.
        """

        def notice(tx: Tx, buyer: Buyer) -> Notice:
            if tx.orders.client_of(str(order_id)) != buyer.id:
                raise NotFound("order")
            order = tx.payable.of([order_id])[order_id]
            if order.state is State.CANCELLED or not order_rests(tx, [order], self._now())[order_id][0]:
                raise Outdated("order")
            return Notice(NoticeKind.ORDER_LINK, str(order_id), str(at))

        return await self._sent(turn, topic_id, staff, notice)

    async def send_debts_link(
        self, turn: Turn, topic_id: UUID, staff: Staff, which: Which, mark: int, at: int
    ) -> Sent:  # fmt: skip
        """The same for debts. Raises NotFound; Outdated where there is nothing of these to be paid."""

        def notice(tx: Tx, buyer: Buyer) -> Notice:
            if not chosen_of(self._owed(tx, buyer), which, mark):
                raise Outdated("balance")
            return Notice(NoticeKind.DEBTS_LINK, str(buyer.id), f"{which.value}:{mark}:{at}")

        return await self._sent(turn, topic_id, staff, notice)

    async def paid_by_card(self, topic_id: UUID, staff: Staff) -> CardPayments:
        """Raises NotFound."""

        def read(tx: Tx) -> CardPayments:
            topic, buyer = require_client(tx, topic_id, staff)
            views = [payment_view(tx, attempt) for attempt in tx.payments.latest_of(buyer.id, LATEST)]
            kept = [view for view in views if view.refundable > ZERO and view.open_move is None]
            return CardPayments(topic, kept[:PAYMENTS], self.moves_money(staff.desk))

        return await self._books.read(read)

    async def ask_finance(self, turn: Turn, topic_id: UUID, staff: Staff, payment_id: UUID) -> PaymentView:
        """Finance is asked to give it back, once by one person for what has not gone back yet.

        Raises NotFound, also for a payment of another client; Outdated where there is nothing to give back.
        """

        def require(tx: Tx) -> PaymentView:
            _, buyer = require_client(tx, topic_id, staff)
            attempt = tx.payments.attempt_by_id(payment_id)
            if attempt is None or attempt.client_id != buyer.id:
                raise NotFound("payment")
            return payment_view(tx, attempt)

        def ask(tx: Tx) -> None:
            view = require(tx)
            if view.refundable <= ZERO or view.open_move is not None:
                raise Outdated("payment")
            version = f"{staff.external_id}:{view.gone.kopiykas}"
            tell_finance(tx, Notice(NoticeKind.REFUND_ASKED, str(payment_id), version))

        return await self._books.apply(turn, ask, require)

    async def asker(self, channel: str, version: str) -> str:
        """Who asks, by the version of their notice."""
        account = version.partition(":")[0]
        members = await self._books.read(lambda tx: tx.staff.members())
        named = (one.name for one in members if (one.channel, one.external_id) == (channel, account))
        return next(named, account)

    async def _sent(self, turn: Turn, topic_id: UUID, staff: Staff, notice: Wanted) -> Sent:
        if not self._payments.offered:
            raise Refused("no_cards")
        people: list[int] = []

        def send(tx: Tx) -> None:
            _, buyer = require_client(tx, topic_id, staff)
            people.append(tell_client(tx, buyer.id, notice(tx, buyer), self._now()))

        def view(tx: Tx) -> Sent:
            return Sent(require_client(tx, topic_id, staff)[0], people[-1] if people else 1)

        return await self._books.apply(turn, send, view)

    def _unpaid(self, tx: Tx, buyer: Buyer) -> list[tuple[OrderBrief, Money]]:
        orders = [one for one in tx.orders.history(buyer.id, start=0, size=LATEST) if one.state is not State.CANCELLED]
        payable = tx.payable.of([one.id for one in orders])
        rests = order_rests(tx, list(payable.values()), self._now())
        return [(one, rests[one.id][0]) for one in orders if rests[one.id][0]]

    def _owed(self, tx: Tx, buyer: Buyer) -> Owed:
        return owed(tx, buyer.id, self._now().astimezone(KYIV).date())
