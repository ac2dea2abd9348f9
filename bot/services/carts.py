"""The cart of a client: filled by its people, kept for ever, always at today's prices."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.cart import CartView, PointView
from bot.domain.catalogue import ArticleView
from bot.domain.client import Buyer
from bot.domain.delivery import DeliveryRules
from bot.domain.dialogue import Turn
from bot.domain.errors import NotFound, Refused
from bot.domain.money import Money
from bot.domain.order import changeable
from bot.domain.promotion import Rules
from bot.domain.quantity import Unit, checked, stepped
from bot.ports import Clock
from bot.services.promotions import Promotions

NOTE = 500
Change = Callable[[Tx, UUID], None]


class Carts:
    """Changes of the cart in hand; each once for its event, each answered with the cart or card as it then is."""

    def __init__(
        self, books: Books, rules: DeliveryRules, minimum: Money, now: Clock, promotions: Promotions | None = None
    ) -> None:
        self._books = books
        self._rules = rules
        self._minimum = minimum
        self._now = now
        self.promotions = promotions or Promotions(Rules(), now)

    async def view(self, buyer: Buyer, language: str) -> CartView | None:
        """The cart in hand, None before the first article."""
        now = self._now()

        def read(tx: Tx) -> tuple[CartView | None, bool]:
            amended = tx.carts.amended(buyer.id)
            return self.view_in(tx, buyer, language), amended is not None and self._final(tx, buyer, amended, now)

        def settle(tx: Tx) -> CartView | None:
            self.in_hand(tx, buyer, now)
            return self.view_in(tx, buyer, language)

        cart, outlived = await self._books.read(read)
        return await self._books.write(settle) if outlived else cart

    async def change(
        self, turn: Turn, buyer: Buyer, article_id: UUID, steps: int, unit: Unit, language: str
    ) -> ArticleView:
        """More or less by steps of the unit; less than nothing is nothing. Raises NotFound, Refused."""

        def quantity(article: ArticleView) -> Decimal:
            return stepped(article.in_cart, steps, article.packing, unit)

        return await self._set(turn, buyer, article_id, quantity, unit, language)

    async def put(
        self, turn: Turn, buyer: Buyer, article_id: UUID, quantity: Decimal, unit: Unit, language: str
    ) -> ArticleView:
        """Exactly this many base units; zero takes the article out. Raises NotFound, Refused."""
        return await self._set(turn, buyer, article_id, lambda _: quantity, unit, language)

    async def clear(self, turn: Turn, buyer: Buyer, seen: UUID, version: int, language: str) -> CartView | None:
        """Raises Refused: cart_changed where the cart is not the one, or not the version, that the person saw."""

        def empty(tx: Tx, cart_id: UUID) -> None:
            if cart_id != seen:
                raise Refused("cart_changed")
            require_version(tx, cart_id, version)
            tx.carts.clear(cart_id)

        return await self._change(turn, buyer, language, empty)

    async def choose_point(self, turn: Turn, buyer: Buyer, point_id: UUID, language: str) -> CartView | None:
        """Raises NotFound for a point of another client."""

        def choose(tx: Tx, cart_id: UUID) -> None:
            if point_id not in {point.id for point in tx.clients.points(buyer.id)}:
                raise NotFound("point")
            tx.carts.set_delivery(cart_id, point_id=point_id)

        return await self._change(turn, buyer, language, choose)

    async def choose_date(self, turn: Turn, buyer: Buyer, day: date, language: str) -> CartView | None:
        """Raises Refused: date_gone for a day that is not offered at this moment."""

        def choose(tx: Tx, cart_id: UUID) -> None:
            if not self._rules.offers(day, turn.at):
                raise Refused("date_gone")
            tx.carts.set_delivery(cart_id, day=day)

        return await self._change(turn, buyer, language, choose)

    async def write_note(self, turn: Turn, buyer: Buyer, note: str, language: str) -> CartView | None:
        """Raises Refused: note_too_long."""
        if len(note) > NOTE:
            raise Refused("note_too_long", limit=NOTE)
        return await self._change(turn, buyer, language, lambda tx, cart_id: tx.carts.set_delivery(cart_id, note=note))

    async def points(self, buyer: Buyer) -> list[PointView]:
        return await self._books.read(lambda tx: tx.clients.points(buyer.id))

    def dates(self) -> tuple[date, ...]:
        return self._rules.dates(self._now())

    def deadline(self, day: date) -> datetime:
        """Until when an order for the day can be placed, changed or cancelled."""
        return self._rules.deadline(day)

    async def abandon(self, turn: Turn, buyer: Buyer, seen: UUID, version: int, language: str) -> CartView | None:
        """Leave an order as it was: its changing cart is dropped, the open cart is in hand again.

        Raises Refused: cart_changed where it is not what the person saw any more.
        """

        def drop(tx: Tx) -> None:
            cart_id, amended = tx.carts.take(buyer.id, turn.at)
            if amended is None or cart_id != seen:
                raise Refused("cart_changed")
            require_version(tx, cart_id, version)
            tx.carts.drop(cart_id)

        return await self._books.apply(turn, drop, lambda tx: self.view_in(tx, buyer, language))

    def in_hand(self, tx: Tx, buyer: Buyer, at: datetime) -> UUID:
        """The cart to change, locked; one whose order cannot be changed any more has handed over what it added."""
        cart_id, amended = tx.carts.take(buyer.id, at)
        if amended is None or not self._final(tx, buyer, amended, at):
            return cart_id
        order = tx.orders.view(amended, buyer.id)
        agreed = {line.article_id: line.quantity for line in order.lines} if order else {}
        wanted = tx.carts.quantities(cart_id)
        tx.carts.drop(cart_id)
        open_id = tx.carts.require_current(buyer.id, at)
        for article_id, quantity, unit in wanted:
            added = quantity - agreed.get(article_id, Decimal(0))
            if added > 0:
                present = tx.carts.quantity(open_id, article_id)
                tx.carts.set_line(open_id, article_id, present + added, unit, at, present=present)
        return open_id

    def _final(self, tx: Tx, buyer: Buyer, order_id: UUID, at: datetime) -> bool:
        order = tx.orders.view(order_id, buyer.id)
        return order is None or not changeable(order.state, at, self._rules.deadline(order.delivery_date))

    def view_in(self, tx: Tx, buyer: Buyer, language: str) -> CartView | None:
        """The cart in hand, inside a transaction."""
        cart_id = tx.carts.current(buyer.id)
        return None if cart_id is None else self.cart_in(tx, cart_id, buyer, language)

    def cart_in(self, tx: Tx, cart_id: UUID, buyer: Buyer, language: str) -> CartView:
        """At today's prices, with what the promotions take off."""
        return self.promotions.priced(tx, tx.carts.view(cart_id, buyer, language, self.minimum(buyer)), buyer.id)

    def minimum(self, buyer: Buyer) -> Money:
        return self._minimum if buyer.minimum_order is None else buyer.minimum_order

    async def _set(
        self,
        turn: Turn,
        buyer: Buyer,
        article_id: UUID,
        quantity: Callable[[ArticleView], Decimal],
        unit: Unit,
        language: str,
    ) -> ArticleView:
        put: list[ArticleView] = []

        def effect(tx: Tx) -> None:
            cart_id = self.in_hand(tx, buyer, turn.at)
            article = tx.catalogue.article_for(cart_id, article_id, buyer, language)
            if article is None:
                raise NotFound("article")
            wanted = checked(quantity(article), article.packing)
            if wanted > article.in_cart and not article.orderable:
                raise Refused("no_price")
            tx.carts.set_line(cart_id, article_id, wanted, unit, turn.at, present=article.in_cart)
            put.append(article.with_in_cart(wanted))

        def view(tx: Tx) -> ArticleView:
            return put[-1] if put else _require(tx, article_id, buyer, language)

        return await self._books.apply(turn, effect, view)

    async def _change(self, turn: Turn, buyer: Buyer, language: str, change: Change) -> CartView | None:
        def in_cart(tx: Tx) -> None:
            cart_id = self.in_hand(tx, buyer, turn.at)
            if not tx.carts.count(cart_id):
                raise Refused("cart_empty")
            change(tx, cart_id)

        return await self._books.apply(turn, in_cart, lambda tx: self.view_in(tx, buyer, language))


def require_version(tx: Tx, cart_id: UUID, seen: int) -> None:
    """Raises Refused: cart_changed. The cart was taken in hand for this change, so it is one version further."""
    if tx.carts.version(cart_id) != seen + 1:
        raise Refused("cart_changed")


def _require(tx: Tx, article_id: UUID, buyer: Buyer, language: str) -> ArticleView:
    article = tx.catalogue.article(article_id, buyer, language)
    if article is None:
        raise NotFound("article")
    return article
