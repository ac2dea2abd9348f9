"""Orders from before Komora, so that a new client's history, usual basket and repeats are there on the first day."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.client import Buyer
from bot.domain.delivery import DeliveryRules
from bot.domain.dialogue import Turn
from bot.domain.directory import PastOrder
from bot.domain.errors import NotFound
from bot.domain.money import Money
from bot.domain.order import State
from bot.domain.quantity import Unit
from bot.ports import Clock
from bot.services.carts import Carts
from bot.services.ordering import Ordering
from bot.services.standing import Standing

SPACE = UUID("8f4c2d55-2c53-4a34-9f0e-6d2a3e0f7f33")


class PastOrders:
    """Takes orders in through the same services as any other, at the moment they were made."""

    def __init__(self, books: Books, rules: DeliveryRules, now: Clock) -> None:
        self._books = books
        self._rules = rules
        self._now = now

    async def take_in(self, past: PastOrder) -> None:
        """Raises NotFound for an unknown client, person or article."""
        then = self._now().replace(hour=8, minute=15) - timedelta(days=past.days_ago)
        carts = Carts(self._books, self._rules, Money(0), lambda: then)
        buyer, person = await self._books.read(_who, past)
        for sku, quantity in past.lines.items():
            article = await self._books.read(_article, sku)
            await carts.put(_turn(past, then, sku), buyer, article, quantity, Unit.BASE, "uk")
        point = (await carts.points(buyer))[0]
        await carts.choose_point(_turn(past, then, "point"), buyer, point.id, "uk")
        cart = await carts.choose_date(_turn(past, then, "date"), buyer, carts.dates()[0], "uk")
        if cart is None:
            raise NotFound("cart")
        ordering = Ordering(self._books, carts, self._rules, Standing(self._books, self._now))
        order = await ordering.place(
            _turn(past, then, "place"), buyer, person, cart.id, cart.version, cart.total.kopiykas
        )
        await self._books.write(_delivered, order.id, then)


def _who(tx: Tx, past: PastOrder) -> tuple[Buyer, UUID]:
    buyer, person = tx.clients.buyer(past.client), tx.clients.person(past.person)
    if buyer is None or person is None:
        raise NotFound(past.client)
    return buyer, person


def _article(tx: Tx, sku: str) -> UUID:
    found = tx.catalogue.ids_of(frozenset({sku}))
    if not found:
        raise NotFound(sku)
    return found[0]


def _delivered(tx: Tx, order_id: UUID, then: datetime) -> None:
    tx.orders.set_state(order_id, State.PLACED, State.CLOSED, then, None)


def _turn(past: PastOrder, then: datetime, what: str) -> Turn:
    """The same order taken in twice has its effects once."""
    event_id = uuid5(SPACE, f"{past.client}:{past.person}:{then.date()}:{what}").hex
    return Turn("past", past.person, event_id, then)
