"""The cart as its people see it, and what stands between it and an order."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from bot.domain.errors import Refused
from bot.domain.money import ZERO, Money, total
from bot.domain.promotion import Off
from bot.domain.quantity import Packing, Unit


@dataclass(frozen=True, slots=True)
class PointView:
    """A delivery point."""

    id: UUID
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class CartLineView:
    """A line at today's price; `price` is None and `available` false where it cannot be ordered any more.

    `amount` is the full sum, `net` what is left of it after the promotions.
    """

    article_id: UUID
    sku: str
    name: str
    packing: Packing
    unit: Unit
    quantity: Decimal
    price: Money | None
    available: bool
    stock: Decimal | None
    vat: Decimal | None = None
    discount: Money = ZERO

    @property
    def orderable(self) -> bool:
        return self.available and self.price is not None

    @property
    def amount(self) -> Money:
        return self.price.times(self.quantity) if self.price is not None and self.available else ZERO

    @property
    def net(self) -> Money:
        return self.amount - self.discount

    @property
    def short(self) -> bool:
        """More than is left in stock: said, not forbidden, because stock moves."""
        return self.stock is not None and self.quantity > self.stock


@dataclass(frozen=True, slots=True)
class CartView:
    """One client's cart; `amends` is the number of the order it changes, if any.

    `goods` is at full prices, and that is what a minimum is compared with; `total` is what is to be paid, after `offs`.
    """

    id: UUID
    version: int
    lines: tuple[CartLineView, ...]
    minimum: Money
    point: PointView | None = None
    delivery_date: date | None = None
    note: str = ""
    amends: str | None = None
    amends_id: UUID | None = None
    offs: tuple[Off, ...] = ()

    @property
    def goods(self) -> Money:
        return total([line.amount for line in self.lines])

    @property
    def discount(self) -> Money:
        return total([off.amount for off in self.offs])

    @property
    def total(self) -> Money:
        return self.goods - self.discount

    @property
    def orderable(self) -> tuple[CartLineView, ...]:
        return tuple(line for line in self.lines if line.orderable)

    @property
    def lacking(self) -> Money:
        """What is missing to the minimum order; zero where it is reached."""
        return max(self.minimum - self.goods, ZERO)

    def require_ready(self) -> None:
        """Raises Refused: cart_empty, below_minimum, no_point, no_date."""
        if not self.orderable:
            raise Refused("cart_empty")
        if self.lacking:
            raise Refused("below_minimum", lacking=self.lacking, minimum=self.minimum)
        if self.point is None:
            raise Refused("no_point")
        if self.delivery_date is None:
            raise Refused("no_date")
