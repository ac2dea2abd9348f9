"""Orders: what was agreed, its states, and what a repeat of it would bring today."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from bot.domain.credit import HeldState
from bot.domain.errors import Refused
from bot.domain.money import ZERO, Money, total
from bot.domain.promotion import Off
from bot.domain.quantity import Packing, Unit


class State(StrEnum):
    """Where an order stands; the warehouse and 1C move it on."""

    PLACED = "placed"
    ACCEPTED = "accepted"
    SHIPPED = "shipped"
    CLOSED = "closed"
    CANCELLED = "cancelled"


CHANGEABLE = frozenset({State.PLACED, State.ACCEPTED})
SENT = frozenset({State.SHIPPED, State.CLOSED})
"""The goods have left."""


class Payable(Protocol):
    """An order as far as paying for it needs to know; `shipped_at` is when its goods left."""

    @property
    def id(self) -> UUID: ...

    @property
    def client_id(self) -> UUID: ...

    @property
    def state(self) -> State: ...

    @property
    def total(self) -> Money: ...

    @property
    def shipped_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class OrderLineView:
    """A line as agreed: `amount` is after `discount`, of which `card_discount` is for paying by card."""

    article_id: UUID | None
    sku: str
    name: str
    packing: Packing
    unit: Unit
    quantity: Decimal
    price: Money
    discount: Money
    amount: Money
    vat: Decimal | None
    card_discount: Money = ZERO

    @property
    def net(self) -> Money:
        return self.amount

    @property
    def gross(self) -> Money:
        """Before any discount."""
        return self.amount + self.discount


@dataclass(frozen=True, slots=True)
class OrderBrief:
    id: UUID
    number: str
    state: State
    total: Money
    placed_at: datetime
    delivery_date: date
    lines: int
    held: HeldState | None = None


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order as its people see it.

    `provisional`: agreed on prices that could not be checked; `asked`: new ones await an answer; `document` is its
    number in the book of record, once it is there. `offs` say what the discount is for; `held`: it waits for the credit
    gate.
    """

    id: UUID
    number: str
    client_id: UUID
    state: State
    revision: int
    total: Money
    discount: Money
    placed_at: datetime
    delivery_name: str
    delivery_address: str
    delivery_date: date
    note: str
    channel: str
    point_id: UUID | None
    placed_by: str
    lines: tuple[OrderLineView, ...]
    history: tuple[tuple[State, datetime], ...]
    provisional: bool = False
    asked: bool = False
    document: str = ""
    offs: tuple[Off, ...] = ()
    held: HeldState | None = None

    @property
    def shipped_at(self) -> datetime | None:
        """When its goods left."""
        return next((at for state, at in self.history if state in SENT), None)

    @property
    def card_discount(self) -> Money:
        """What of the discount is for paying by card."""
        return total([line.card_discount for line in self.lines])


def changeable(state: State, now: datetime, deadline: datetime, *, held: HeldState | None = None) -> bool:
    """One that is held has not begun, however late it is."""
    return state in CHANGEABLE and (now < deadline or held is HeldState.HELD)


def require_changeable(state: State, now: datetime, deadline: datetime, *, held: HeldState | None = None) -> None:
    """Raises Refused: order_final where work has begun, cutoff_passed after the deadline."""
    if state not in CHANGEABLE:
        raise Refused("order_final", state=state)
    if not changeable(state, now, deadline, held=held):
        raise Refused("cutoff_passed", deadline=deadline)


class Repeatable(StrEnum):
    """What became of a line of an old order."""

    SAME = "same"
    DEARER = "dearer"
    CHEAPER = "cheaper"
    GONE = "gone"
    OUT_OF_STOCK = "out_of_stock"


@dataclass(frozen=True, slots=True)
class RepeatLine:
    """A line of an old order against today's catalogue; `now` is None where it is gone."""

    article_id: UUID | None
    name: str
    packing: Packing
    unit: Unit
    quantity: Decimal
    then: Money
    now: Money | None
    stock: Decimal | None

    @property
    def verdict(self) -> Repeatable:
        if self.now is None:
            return Repeatable.GONE
        if self.stock is not None and self.stock <= 0:
            return Repeatable.OUT_OF_STOCK
        if self.now > self.then:
            return Repeatable.DEARER
        return Repeatable.CHEAPER if self.now < self.then else Repeatable.SAME

    @property
    def short(self) -> bool:
        """Whether there is some of it, and less than that."""
        return self.now is not None and self.stock is not None and 0 < self.stock < self.quantity

    @property
    def percent(self) -> Decimal:
        """The price's move in percent, one place, signed."""
        if self.now is None or not self.then:
            return Decimal(0)
        move = Decimal(self.now.kopiykas - self.then.kopiykas) * 100 / self.then.kopiykas
        return move.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class RepeatView:
    """An old order and what of it can be had today."""

    order_id: UUID
    number: str
    placed_at: datetime
    lines: tuple[RepeatLine, ...]
    cart_lines: int
    cart_version: int

    @property
    def total(self) -> Money:
        return sum((line.now.times(line.quantity) for line in self.lines if line.now is not None), Money(0))

    @property
    def possible(self) -> bool:
        return any(line.now is not None for line in self.lines)
