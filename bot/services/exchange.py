"""What 1C's own exchanges bring and fetch: the application behind the receiving side (bot.ports.ExchangeDesk)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from bot.db.books import Books
from bot.db.tx import Tx
from bot.domain.accounting import AccountingEvent, DocumentLink, OrderRecord, OutgoingOrder, Subject
from bot.domain.dialogue import Turn
from bot.domain.envelope import Asked, Asker, Terms
from bot.domain.pricelist import Records
from bot.domain.pricelist.records import Kind
from bot.logs import log
from bot.ports import Clock
from bot.services.envelopes import EnvelopeDesk
from bot.services.order_news import OrderNews
from bot.services.pricelist import PriceListImport
from bot.services.take_in import pull_job

CHANNEL = "onec"
AT_ONCE = 500
"""Orders in one answer; 1C asks again for the rest."""
BROUGHT: Mapping[Kind, Subject] = {
    "category": Subject.CATALOGUE,
    "article": Subject.CATALOGUE,
    "price": Subject.PRICES,
    "stock": Subject.STOCK,
}
"""What each kind of record in a price list tells of."""
logger = log("exchange")


class Exchange:
    """`read` turns uploaded files into price list records; `connected` where call-backs have somewhere to look.

    `envelopes` draws up what somebody there presses for.
    """

    def __init__(
        self,
        books: Books,
        now: Clock,
        read: Callable[[Sequence[Path]], Records],
        *,
        connected: bool,
        envelopes: EnvelopeDesk | None = None,
    ) -> None:
        self._books = books
        self._now = now
        self._read = read
        self._connected = connected
        self._envelopes = envelopes
        self._news = OrderNews(books, now)

    async def take_price_list(self, files: Sequence[Path]) -> str:
        """What the files tell of is fresh by now, and nothing else. Raises BrokenPriceList."""
        began = self._now()
        report = await PriceListImport(self._books).run(self._read(files), now=began)
        brought = {
            BROUGHT[kind] for kind, count in report.kinds.items() if kind in BROUGHT and count.written + count.unchanged
        }
        await self._books.write(_taken, brought, began, self._now())
        counts = [
            f"{kind} +{count.added} ~{count.changed} -{count.switched_off}"
            for kind, count in report.kinds.items()
            if count.written
        ]
        return ", ".join(counts) or "no changes"

    async def outgoing(self) -> Sequence[OutgoingOrder]:
        """None where orders go by jobs of ours: one order must not have two ways there."""
        return [] if self._connected else await self._books.read(_outgoing)

    async def handed(self, revisions: Mapping[UUID, int]) -> None:
        if self._connected:
            return
        await self._books.write(_handed, revisions, self._now())

    async def take_orders(self, orders: Sequence[OrderRecord]) -> None:
        """The first upload tells nobody: it is the history of the base."""
        before = await self._books.read(lambda tx: tx.pulls.state(Subject.ORDERS))
        began = self._now()
        await self._news.take(orders, tell=before is not None and before.done_at is not None)
        if not self._connected:  # otherwise the pulls say how fresh orders are
            await self._books.write(_orders_taken, began, self._now(), len(orders))

    async def event(self, event: AccountingEvent) -> bool:
        """What changed is read back, soon; without a way to look, the next exchange brings it."""
        return await self._books.write(self._event, event)

    def _event(self, tx: Tx, event: AccountingEvent) -> bool:
        now = self._now()
        if not tx.dialogues.first_time(Turn(CHANNEL, "", event.message_id, now)):
            return False
        if self._connected:
            tx.jobs.add(pull_job(event.subject, now, priority=4))
        if event.wanted is not None and self._envelopes is not None and self._envelopes.on:
            client_id = tx.clients.find(event.ref) if event.ref else None
            if client_id is None:
                logger.warning("1c wants a document for a client that is not here", kind=event.wanted.value)
            else:
                self._envelopes.asked(tx, client_id, event.wanted, Terms(), Asked(Asker.ACCOUNTING, "1С"))
        return True


def _taken(tx: Tx, brought: Collection[Subject], began: datetime, at: datetime) -> None:
    for subject in brought:
        tx.pulls.done(subject, tx.pulls.begin(subject, began), at, 0)


def _orders_taken(tx: Tx, began: datetime, at: datetime, changed: int) -> None:
    tx.pulls.done(Subject.ORDERS, tx.pulls.begin(Subject.ORDERS, began), at, changed)


def _outgoing(tx: Tx) -> list[OutgoingOrder]:
    """But for what is held: how 1C posts what it loads is its own business, so it gets that once it may go."""
    found = (tx.documents.outgoing(order_id) for order_id in tx.documents.waiting(AT_ONCE))
    return [order for order in found if order is not None and order.held is None]


def _handed(tx: Tx, revisions: Mapping[UUID, int], at: datetime) -> None:
    """An order that is not here is passed over: it comes from before these books were restored."""
    for order_id, revision in revisions.items():
        if tx.documents.order_named(order_id) is None:
            continue
        known = tx.documents.link(order_id)
        tx.documents.handed(order_id, revision, known or DocumentLink(str(order_id), "", ""), at)
