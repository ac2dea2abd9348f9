"""The gateway itself: orders, what payers do with them, what the shop does, and what time does."""

import heapq
import itertools
import secrets
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from sandbox.clock import Clock
from sandbox.wayforpay import cards
from sandbox.wayforpay import order as at
from sandbox.wayforpay.cards import CARDS, Card
from sandbox.wayforpay.order import Order, Wanted
from sandbox.wayforpay.refusal import AWAITING, IN_PROCESSING, OK, PENDING, REASONS, REFUND_IN_PROCESSING, Refused
from sandbox.wayforpay.settings import Settings

KEPT = 20_000
FEE = Decimal("0.022")
TRIES = 50
KOPIYKA = Decimal("0.01")
Heard = Callable[[Order, Decimal | None], None]
"""Called after every change of state; the amount is given for a part given back."""


class Gateway:
    """Knows orders by reference and by the id of their page; keeps the last twenty thousand."""

    def __init__(self, clock: Clock, heard: Heard) -> None:
        self.clock = clock
        self.settings = Settings()
        self._heard = heard
        self._orders: dict[str, Order] = {}
        self._pages: dict[str, Order] = {}
        self._ends: list[tuple[float, int, Order]] = []
        self._given_back_later: dict[str, Order] = {}
        self._turns = itertools.count()

    def __iter__(self) -> Iterator[Order]:
        """Oldest first."""
        return iter(self._orders.values())

    def find(self, reference: str) -> Order | None:
        self.tick()
        return self._orders.get(reference)

    def require(self, reference: str) -> Order:
        """Raises Refused 1127."""
        order = self.find(reference)
        if order is None:
            raise Refused(1127)
        return order

    def page(self, page_id: str) -> Order | None:
        self.tick()
        return self._pages.get(page_id)

    def register(self, wanted: Wanted, *, invoice: bool) -> Order:
        """A new order that waits for its payer."""
        if self.settings.domain and wanted.domain != self.settings.domain:
            raise Refused(1118)
        if self.settings.require_sums and wanted.sum_of_items != wanted.amount:
            raise Refused(1130)
        if wanted.reference in self._orders:
            raise Refused(1112)
        order = Order(secrets.token_hex(16), wanted, invoice, self.clock.time(), amount=wanted.amount)
        order.code = AWAITING if invoice else IN_PROCESSING
        order.reason = REASONS[order.code]
        self._orders[wanted.reference] = self._pages[order.id] = order
        self._look_at(order.lives_until, order)
        while len(self._orders) > KEPT:
            dropped = self._orders.pop(next(iter(self._orders)))
            del self._pages[dropped.id]
            self._given_back_later.pop(dropped.wanted.reference, None)
        self._heard(order, None)
        return order

    def remove(self, order: Order) -> None:
        """Nobody can pay this invoice any more; no callback speaks of it. Raises Refused 1126."""
        if not order.invoice or not order.payable:
            raise Refused(1126)
        order.removed = True
        order.status, order.code, order.reason = at.EXPIRED, 1124, REASONS[1124]

    def pay(self, order: Order, card: Card) -> None:
        """What this card leads to. Raises Refused 1126 where nothing is to be paid."""
        _require_payable(order)
        self._present(order, card)
        if card.code:
            self.decline(order, card.code)
        elif card.kind == cards.THREE_DS:
            order.step = "3ds"
            self._become(order, at.IN_PROCESSING, IN_PROCESSING)
        elif card.kind == cards.PROCESS:
            self._become(order, at.IN_PROCESSING, IN_PROCESSING)
        elif card.kind == cards.REVIEW:
            self._become(order, at.PENDING, PENDING)
        else:
            self.approve(order, hold=card.kind == cards.HOLD)

    def pay_by_wallet(self, order: Order, wallet: str) -> None:
        """Google Pay or Apple Pay: at once, and the shop sees no card."""
        _require_payable(order)
        order.card, order.card_type, order.bank, order.system = "", None, None, wallet
        self.approve(order)

    def approve(self, order: Order, *, hold: bool = False) -> None:
        """The bank said yes: the sum is paid, or held where the shop or the card wants that."""
        _require_open(order)
        self._present(order)
        order.auth_code = f"{secrets.randbelow(1_000_000):06d}"
        if hold or order.wanted.hold:
            order.held_until = self.clock.time() + order.wanted.hold_lifetime
            self._become(order, at.HELD, OK)
        else:
            self._earn(order)

    def decline(self, order: Order, code: int) -> None:
        _require_open(order)
        self._present(order)
        self._become(order, at.DECLINED, code)

    def wait(self, order: Order, *, review: bool = False) -> None:
        """In processing, or on review by the antifraud."""
        _require_open(order)
        self._present(order)
        self._become(order, *((at.PENDING, PENDING) if review else (at.IN_PROCESSING, IN_PROCESSING)))

    def abandon(self, order: Order) -> None:
        """The payer left. From 3-D Secure the gateway tells of it with a status that is still not an end."""
        if order.step == "3ds":
            self._become(order, at.IN_PROCESSING, 1125)

    def expire(self, order: Order) -> None:
        _require_open(order)
        self._become(order, at.EXPIRED, 1124)

    def settle(self, order: Order, amount: Decimal) -> None:
        """Takes a held sum, or less of it."""
        if order.status != at.HELD:
            raise Refused(1126)
        if amount > order.amount:
            raise Refused(1130)
        order.amount = amount
        self._earn(order)

    def refund(self, order: Order, amount: Decimal) -> None:
        """Lets a held sum go whole, or gives a paid one back, in parts too, when the shop has money for it."""
        if not self.settings.refund_allowed:
            raise Refused(1123)
        if order.status == at.HELD:
            if amount != order.amount:
                raise Refused(1130 if amount > order.amount else 1141)
            self._become(order, at.VOIDED, OK)
            return
        if order.status not in {at.APPROVED, at.REFUNDED} or order.refunded >= order.amount:
            raise Refused(1126)
        if amount > order.amount - order.refunded:
            raise Refused(1130)
        if self.settings.balance is not None and self.settings.balance < amount:
            order.refund_waits = amount
            self._become(order, at.REFUND_WAITS, REFUND_IN_PROCESSING, amount)
        else:
            self._give_back(order, amount)

    def tick(self) -> None:
        """What time has done: pages that ran out, holds that ended, refunds that the balance now allows."""
        now = self.clock.time()
        while self._ends and self._ends[0][0] <= now:
            order = heapq.heappop(self._ends)[2]
            if order.id in self._pages:
                self._end(order, now)
        for order in list(self._given_back_later.values()):
            if order.status == at.REFUND_WAITS and self._can_give(order.refund_waits):
                self._give_back(order, order.refund_waits)

    def _end(self, order: Order, now: float) -> None:
        """The moment has come at which its page or its hold ends, if it has one still."""
        unpaid = order.status == at.CREATED or order.step == "3ds"
        if unpaid and now >= order.lives_until:
            self.expire(order)
        elif order.status == at.HELD and now >= order.held_until:
            self._become(order, at.VOIDED, OK)

    def _look_at(self, moment: float, order: Order) -> None:
        heapq.heappush(self._ends, (moment, next(self._turns), order))
        if len(self._ends) > 4 * KEPT:
            self._ends = sorted(end for end in self._ends if end[2].id in self._pages)

    def reset(self) -> None:
        self.settings = Settings()
        for kept in (self._orders, self._pages, self._ends, self._given_back_later):
            kept.clear()

    def _present(self, order: Order, card: Card | None = None) -> None:
        """What the payer pays with; without a word of it, the card that every payment passes with."""
        if card is None and order.system:
            return
        shown = card or CARDS[cards.APPROVE]
        order.card, order.card_type, order.bank = shown.mask, shown.brand, shown.bank
        order.system = "card"

    def _earn(self, order: Order) -> None:
        order.fee = (order.amount * FEE).quantize(KOPIYKA, ROUND_HALF_UP) if order.system == "card" else Decimal(0)
        if self.settings.balance is not None:
            self.settings.balance += order.amount - order.fee
        self._become(order, at.APPROVED, OK)

    def _can_give(self, amount: Decimal) -> bool:
        return self.settings.balance is None or self.settings.balance >= amount

    def _give_back(self, order: Order, amount: Decimal) -> None:
        if self.settings.balance is not None:
            self.settings.balance -= amount
        order.refunded += amount
        order.refund_waits = Decimal(0)
        self._become(order, at.REFUNDED, OK, amount)

    def _become(self, order: Order, status: str, code: int, part: Decimal | None = None) -> None:
        order.status, order.code, order.reason = status, code, REASONS.get(code, "Declined")
        order.processed_at = self.clock.time()
        if status != at.IN_PROCESSING:
            order.step = ""
        if order.step or status == at.HELD:
            self._look_at(order.held_until if status == at.HELD else order.lives_until, order)
        if status == at.REFUND_WAITS:
            self._given_back_later[order.wanted.reference] = order
        else:
            self._given_back_later.pop(order.wanted.reference, None)
        told = {"at": order.processed_at, "status": status, "code": code, "card": order.card, "system": order.system}
        order.tries = [*order.tries, told][-TRIES:]
        self._heard(order, part)


def _require_payable(order: Order) -> None:
    if not order.payable:
        raise Refused(1126)


def _require_open(order: Order) -> None:
    """Unpaid, declined, or under way."""
    if order.removed or order.status not in at.PAYABLE | at.UNDER_WAY:
        raise Refused(1126)
