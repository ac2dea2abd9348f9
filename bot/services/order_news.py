"""What the book of record says of orders: states, changes made there, and orders taken by phone."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.accounting import OrderRecord, OrderRecordLine, Versions
from bot.domain.credit import Released
from bot.domain.money import ZERO
from bot.domain.notice import Notice, NoticeKind
from bot.domain.order import State
from bot.i18n import KYIV
from bot.ports import Clock
from bot.services.notices import tell_client, tell_payers
from bot.services.paid import tell_of_discount, tell_of_surplus
from bot.services.their_discounts import carried_over

CHANNEL = "onec"
"""Where an order of the office was placed."""
NEWS = timedelta(hours=36)
"""Older than this, an order of the office is history, and nobody is woken for it."""
SPACE = UUID("c1b6a5a2-4a5e-4f6e-9a53-0f6a7f0d1c55")
_FORWARD = [State.PLACED, State.ACCEPTED, State.SHIPPED, State.CLOSED]
_WRITES = 50
Trouble = tuple[str, str]
"""A code, and the document it is about."""


class OrderNews:
    """Takes order records in; the same again changes nothing and tells nobody twice."""

    def __init__(self, books: Books, now: Clock) -> None:
        self._books = books
        self._now = now

    async def take(
        self, records: Sequence[OrderRecord], *, tell: bool = True, known: Versions | None = None
    ) -> list[Trouble]:
        """Returns what could not be taken in.

        `tell` is false for the first look at a base that is full of orders. `known` are the versions from before the
        records were read: what we wrote there since then is newer than what they say.
        """
        troubles: list[Trouble] = []
        for start in range(0, len(records), _WRITES):
            troubles += await self._books.write(self._take, records[start : start + _WRITES], tell, known)
        return troubles

    def _take(self, tx: Tx, records: Sequence[OrderRecord], tell: bool, known: Versions | None) -> list[Trouble]:
        taken = [(self._one(tx, record, tell, known), record.link.ref) for record in records]
        return [(code, ref) for code, ref in taken if code]

    def _one(self, tx: Tx, record: OrderRecord, tell: bool, known: Versions | None) -> str:
        """Returns why it could not be taken in."""
        order_id = tx.documents.order_of(record.link.ref)
        if order_id is None:
            order_id = claimed(tx, record)
            if order_id is None:
                return self._enter(tx, record, tell)
            if not tx.documents.adopt(order_id, record.link):
                return "twice"
        elif known is not None and overtaken(tx, order_id, known):
            return ""
        return self.follow(tx, order_id, record, tell=tell)

    def follow(self, tx: Tx, order_id: UUID, record: OrderRecord, *, tell: bool = True) -> str:
        """One of our orders as it stands there now; returns why its lines could not be taken.

        While a change of ours is on its way there, only the state is taken: the hand-over will see both.
        """
        tx.orders.lock(order_id)
        now, trouble = self._now(), ""
        if _at_rest(tx, order_id):
            trouble = self._lines(tx, order_id, record, now, tell)
            if not trouble:
                tx.documents.seen(order_id, record.link)
        moved = self._move(tx, order_id, record, now)
        if moved is not None and tell:
            _tell(tx, order_id, NoticeKind.ORDER_STATE, moved.value, now)
        return trouble

    def revive(self, tx: Tx, order_id: UUID, record: OrderRecord) -> None:
        """An order that was cancelled here, and too late there: it stands as it stands there."""
        before, after = tx.orders.state(order_id), record.state or State.PLACED
        if before is State.CANCELLED and after is not State.CANCELLED:
            tx.orders.set_state(order_id, before, after, self._now(), None)
            tx.discounts.take_again(order_id, tx.orders.client(order_id))
            _tell(tx, order_id, NoticeKind.ORDER_CHANGED, record.link.version, self._now())

    def _move(self, tx: Tx, order_id: UUID, record: OrderRecord, now: datetime) -> State | None:
        before, after = tx.orders.state(order_id), record.state
        if after is None or before is after or before is State.CANCELLED:
            return None
        if after is not State.CANCELLED and _FORWARD.index(after) < _FORWARD.index(before):
            return None
        if not tx.orders.set_state(order_id, before, after, now, None):
            return None
        why = Released.CANCELLED if after is State.CANCELLED else Released.THERE
        tx.held_orders.release(order_id, why, now)
        if after is State.CANCELLED:
            tx.carts.drop_amending(order_id)
            tx.discounts.give_back(order_id, now)
            tell_of_surplus(tx, order_id, "cancelled")
        return after

    def _lines(self, tx: Tx, order_id: UUID, record: OrderRecord, now: datetime, tell: bool) -> str:
        """Take their lines, prices and sum over ours where they differ; returns why that cannot be."""
        order = tx.documents.outgoing(order_id)
        same_sum = order is None or not record.total or record.total == order.total
        if not record.lines or (same_sum and _same(tx.documents.lines(order_id), record.lines)):
            return ""
        values = self._line_values(tx, record.lines)
        if values is None:
            return "article_unknown"
        revision = tx.orders.replace_lines(order_id, carried_over(tx, order_id, values), record.total, now)
        tx.orders.prices_settled(order_id)
        tx.carts.drop_amending(order_id)  # what a person was changing is not what stands any more
        tx.documents.handed(order_id, revision, record.link, now)
        tell_of_surplus(tx, order_id, f"{revision}")
        tell_of_discount(tx, order_id, f"{revision}")
        if tell:
            _tell(tx, order_id, NoticeKind.ORDER_CHANGED, record.link.version, now)
        return ""

    def _enter(self, tx: Tx, record: OrderRecord, tell: bool) -> str:
        """An order of the office; returns why it could not be entered."""
        client_id = tx.clients.find(record.client)
        if client_id is None:
            return "client_unknown"
        values = self._line_values(tx, record.lines)
        if not values:
            return "article_unknown"
        order_id, state, now = _id(record.link.ref), record.state or State.PLACED, self._now()
        tx.orders.enter(
            {
                "id": order_id,
                "number": tx.orders.next_number(),
                "cart_id": order_id,
                "client_id": client_id,
                "placed_by": None,
                "channel": CHANNEL,
                "price_type_id": tx.clients.price_type(client_id),
                "placed_at": record.placed_at,
                "total": record.total,
                "note": "",
                **_delivery(tx, client_id, record),
            },
            values,
            state,
        )
        tx.documents.handed(order_id, 1, record.link, now)
        if tell and state is not State.CANCELLED and now - record.placed_at <= NEWS:
            tell_client(tx, client_id, Notice(NoticeKind.ORDER_TAKEN, str(order_id)), now)
            tell_payers(tx, client_id, order_id, now)
        return ""

    def _line_values(self, tx: Tx, lines: Sequence[OrderRecordLine]) -> list[dict[str, Any]] | None:
        """The lines as rows; None where one is of an article nobody has named yet."""
        articles = tx.catalogue.by_external_id([line.article for line in lines])
        if any(line.article not in articles for line in lines):
            return None
        return [
            {
                "article_id": articles[line.article].id,
                "sku": articles[line.article].sku,
                "name": articles[line.article].name,
                "base_unit": articles[line.article].base_unit,
                "unit": "b",
                "quantity": line.quantity,
                "price": line.price,
                "discount": ZERO,
                "amount": line.amount,
                "vat": articles[line.article].vat,
            }
            for line in lines
        ]


def _tell(tx: Tx, order_id: UUID, kind: NoticeKind, version: str, at: datetime) -> None:
    tell_client(tx, tx.orders.client(order_id), Notice(kind, str(order_id), version), at)


def claimed(tx: Tx, record: OrderRecord) -> UUID | None:
    """The order of ours that a document says it is, by id or number.

    A number may have been copied along with a document, for another client.
    """
    named = tx.documents.order_named(_uuid(record.link.ref))
    if named is None and record.ours is not None:
        named = tx.documents.order_named(record.ours)
        theirs = tx.clients.find(record.client)
        if named is not None and theirs is not None and theirs != tx.orders.client(named):
            return None
    return named


def overtaken(tx: Tx, order_id: UUID, known: Versions) -> bool:
    """Whether the order's document was written or read anew since these versions were known."""
    link = tx.documents.link(order_id)
    return link is not None and known.get(link.ref) != link.version


def _at_rest(tx: Tx, order_id: UUID) -> bool:
    return tx.documents.handed_revision(order_id) >= tx.orders.revision(order_id)


def _same(ours: Sequence[OrderRecordLine], theirs: Sequence[OrderRecordLine]) -> bool:
    return sorted((one.article, one.quantity, one.amount) for one in ours) == sorted(
        (one.article, one.quantity, one.amount) for one in theirs
    )


def _delivery(tx: Tx, client_id: UUID, record: OrderRecord) -> dict[str, Any]:
    points = tx.clients.points(client_id)
    point = next((one for one in points if record.delivery_address and one.address in record.delivery_address), None)
    point = point or (points[0] if len(points) == 1 else None)
    return {
        "point_id": point.id if point else None,
        "delivery_name": point.name if point else "",
        "delivery_address": point.address if point else record.delivery_address,
        "delivery_date": record.delivery_date or record.placed_at.astimezone(KYIV).date(),
    }


def _uuid(ref: str) -> UUID | None:
    try:
        return UUID(ref)
    except ValueError:
        return None


def _id(ref: str) -> UUID:
    return _uuid(ref) or uuid5(SPACE, ref)
