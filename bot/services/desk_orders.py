"""From a client's topic: an order put together by the staff, shown to them as a draft, and placed for the client."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from bot.db.books import Books
from bot.db.order_drafts import DraftRow, Line
from bot.db.tx import Tx
from bot.domain.cart import CartView, PointView
from bot.domain.client import Buyer
from bot.domain.desk import Staff, TopicView
from bot.domain.dialogue import Turn
from bot.domain.errors import NotFound, Outdated, Refused
from bot.domain.order import OrderBrief, OrderView, State
from bot.domain.order_text import read_order
from bot.ports import Clock
from bot.services.carts import Carts
from bot.services.desk_rights import require_client, topic_here
from bot.services.order_reading import GONE, Read, look_up, understood
from bot.services.ordering import Ordering
from bot.services.orders import compared, require_order
from bot.services.repeating import aligned
from bot.services.search import Search

LAST = 6
Reading = Callable[[Tx, Buyer], Read]


@dataclass(frozen=True, slots=True)
class DraftView:
    """`order` is what it became; `ended` without one: given up, or another draft took its place."""

    id: UUID
    topic: TopicView
    buyer: Buyer
    by: str
    cart: CartView
    unread: Sequence[Mapping[str, Any]]
    points: Sequence[PointView]
    order: OrderView | None
    ended: bool


class DeskOrders:
    """Everything that holds for a client's own confirm holds here: prices, minimum, assortment, days."""

    def __init__(self, books: Books, carts: Carts, ordering: Ordering, search: Search, now: Clock) -> None:
        self._books = books
        self._carts = carts
        self._ordering = ordering
        self._search = search
        self._now = now

    async def last_orders(self, topic_id: UUID, staff: Staff) -> tuple[TopicView, Sequence[OrderBrief]]:
        """What can be repeated. Raises NotFound."""

        def read(tx: Tx) -> tuple[TopicView, Sequence[OrderBrief]]:
            topic, buyer = require_client(tx, topic_id, staff)
            orders = tx.orders.history(buyer.id, start=0, size=LAST)
            return topic, [one for one in orders if one.state is not State.CANCELLED]

        return await self._books.read(read)

    async def here(self, place: str, thread: str, reply_to: str, staff: Staff) -> tuple[TopicView, str]:
        """The client's topic in which something is written, and the words of the message that it answers.

        Raises NotFound.
        """

        def read(tx: Tx) -> tuple[TopicView, str]:
            topic = topic_here(tx, place, thread, reply_to)
            if topic is None:
                raise NotFound("topic")
            quoted = tx.relayed.of_staff(place, reply_to)
            return require_client(tx, topic.id, staff)[0], quoted.text if quoted else ""

        return await self._books.read(read)

    async def repeat(self, turn: Turn, topic_id: UUID, staff: Staff, order_id: UUID, language: str) -> DraftView:
        """A draft of what can be had today of an order.

        Raises NotFound, also for an order of another client; Refused: nothing_on_sale.
        """

        def read(tx: Tx, buyer: Buyer) -> Read:
            lines = compared(tx, require_order(tx, order_id, buyer), buyer, language)
            here = [line for line in lines if line.article_id is not None and line.now is not None]
            taken: list[Line] = [(one.article_id, aligned(one), one.unit) for one in here if one.article_id]
            gone = [{"text": line.name, "why": GONE, "options": []} for line in lines if line not in here]
            return Read(taken, gone)

        return await self._begun(turn, topic_id, staff, read, language, like=order_id)

    async def from_text(self, turn: Turn, topic_id: UUID, staff: Staff, text: str, language: str) -> DraftView:
        """A draft of what is written. Raises NotFound; Refused: nothing_written, nothing_understood."""
        _, buyer = await self._books.read(require_client, topic_id, staff)
        written = read_order(text)
        if not written:
            raise Refused("nothing_written")
        found = await look_up(self._search, buyer, written)
        return await self._begun(
            turn, topic_id, staff, lambda tx, buyer: understood(tx, buyer, found, language), language
        )

    async def view(self, draft_id: UUID, staff: Staff, language: str) -> DraftView:
        """Raises NotFound."""
        return await self._books.read(self._view, draft_id, staff, language)

    async def change(
        self, turn: Turn, draft_id: UUID, staff: Staff, version: int, language: str, *, point: UUID | None = None,
        day: date | None = None,
    ) -> DraftView:  # fmt: skip
        """Where to, or when. Raises NotFound; Outdated where it is another or decided by now; Refused: date_gone."""

        def change(tx: Tx) -> None:
            view = self._view(tx, draft_id, staff, language)
            if point is not None and point not in {one.id for one in view.points}:
                raise NotFound("point")
            if day is not None and day not in self._carts.dates():
                raise Refused("date_gone")
            if not tx.order_drafts.change(draft_id, version, turn.at, point_id=point, day=day):
                raise Outdated("draft")

        return await self._books.apply(turn, change, lambda tx: self._view(tx, draft_id, staff, language))

    async def place(self, turn: Turn, draft_id: UUID, staff: Staff, version: int, kopiykas: int) -> OrderView:
        """The order, placed by this press or an earlier one. Raises NotFound, Outdated and what a confirm is refused
        for.
        """
        _, buyer, _ = await self._books.read(_require_draft, draft_id, staff)
        return await self._ordering.place_for(turn, buyer, staff.name, draft_id, version, kopiykas)

    async def drop(self, turn: Turn, draft_id: UUID, staff: Staff, language: str) -> DraftView:
        """Nothing is ordered by it. Raises NotFound."""

        def drop(tx: Tx) -> None:
            _require_draft(tx, draft_id, staff)
            tx.order_drafts.end(draft_id, turn.at)

        return await self._books.apply(turn, drop, lambda tx: self._view(tx, draft_id, staff, language))

    async def _begun(
        self, turn: Turn, topic_id: UUID, staff: Staff, read: Reading, language: str, *, like: UUID | None = None
    ) -> DraftView:  # fmt: skip
        begun: list[UUID] = []

        def begin(tx: Tx) -> None:
            topic, buyer = require_client(tx, topic_id, staff)
            told = read(tx, buyer)
            if not told.lines:
                raise Refused("nothing_on_sale" if like else "nothing_understood")
            begun[:] = [
                tx.order_drafts.begin(
                    topic.id, buyer.id, told.lines, told.unread, (staff.key, staff.name), turn.at,
                    point_id=_point(tx, buyer, like), day=next(iter(self._carts.dates()), None),
                )
            ]  # fmt: skip

        def view(tx: Tx) -> DraftView:
            draft = begun[-1] if begun else tx.order_drafts.of_topic(topic_id)
            if draft is None:
                raise Outdated("draft")
            return self._view(tx, draft, staff, language)

        return await self._books.apply(turn, begin, view)

    def _view(self, tx: Tx, draft_id: UUID, staff: Staff, language: str) -> DraftView:
        topic, buyer, row = _require_draft(tx, draft_id, staff)
        order_id = tx.carts.order_of(draft_id)
        cart = self._carts.cart_in(tx, draft_id, buyer, language)
        order = tx.orders.view(order_id, buyer.id) if order_id else None
        points = tx.clients.points(buyer.id)
        return DraftView(draft_id, topic, buyer, row.by_name, cart, row.unread, points, order, row.ended_at is not None)


def _require_draft(tx: Tx, draft_id: UUID, staff: Staff) -> tuple[TopicView, Buyer, DraftRow]:
    row = tx.order_drafts.row(draft_id)
    if row is None:
        raise NotFound("draft")
    topic, buyer = require_client(tx, row.topic_id, staff)
    if tx.carts.owner(draft_id) != buyer.id:
        raise NotFound("draft")
    return topic, buyer, row


def _point(tx: Tx, buyer: Buyer, like: UUID | None) -> UUID | None:
    """Where the order that is repeated went, else the last one; None where that place is given up."""
    order_id = like or tx.orders.last(buyer.id)
    order = tx.orders.view(order_id, buyer.id) if order_id else None
    served = {point.id for point in tx.clients.points(buyer.id)}
    return order.point_id if order is not None and order.point_id in served else None
