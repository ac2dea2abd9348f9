"""The catalogue as one client sees it, in one language."""

from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from bot.domain.money import Money
from bot.domain.quantity import Packing

PAGE = 8


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article for one client: own price (of a base unit), stock over all warehouses, and what is in the cart.

    `in_cart` is this article's quantity there, `cart_lines` how many lines the whole cart has.
    """

    id: UUID
    sku: str
    name: str
    packing: Packing
    price: Money | None
    stock: Decimal | None
    category_id: UUID | None = None
    photo: str | None = None
    description: str | None = None
    country: str | None = None
    shelf_life_days: int | None = None
    in_cart: Decimal = Decimal(0)
    cart_lines: int = 0

    @property
    def in_stock(self) -> bool:
        """Unknown stock counts as available: the warehouse decides."""
        return self.stock is None or self.stock > 0

    @property
    def orderable(self) -> bool:
        return self.price is not None

    def with_in_cart(self, quantity: Decimal) -> "ArticleView":
        """The same article after the cart holds this much of it."""
        lines = self.cart_lines + bool(quantity) - bool(self.in_cart)
        return replace(self, in_cart=quantity, cart_lines=lines)


@dataclass(frozen=True, slots=True)
class CategoryView:
    id: UUID
    name: str
    parent_id: UUID | None
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of a category: its sub-categories first, or its articles."""

    category: CategoryView | None
    path: tuple[str, ...]
    categories: tuple[CategoryView, ...]
    articles: tuple[ArticleView, ...]
    page: int
    pages: int


def page_count(items: int, size: int = PAGE) -> int:
    return max(1, -(-items // size))
