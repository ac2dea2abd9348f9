"""What the exchange asks of the application, kept in memory; it can be told to wait, to refuse and to break."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from bot.domain.accounting import AccountingEvent, OrderRecord, OutgoingOrder
from bot.domain.pricelist import ArticleRecord, FileRecord, OfferRecord
from integrations.onec.commerceml import read

Taken = tuple[list[str], list[str]]
"""An import: the names of its files, and the ids of the articles and offers in them."""


class MemoryDesk:
    """Satisfies bot.ports.ExchangeDesk."""

    def __init__(self) -> None:
        self.imports: list[Taken] = []
        self.orders: dict[UUID, OutgoingOrder] = {}
        self.confirmed: dict[UUID, int] = {}
        self.confirmations = 0
        self.records: list[OrderRecord] = []
        self.events: list[AccountingEvent] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.entered = asyncio.Event()
        self.trouble: Exception | None = None

    def place(self, *orders: OutgoingOrder) -> None:
        self.orders |= {order.id: order for order in orders}

    async def take_price_list(self, files: Sequence[Path]) -> str:
        self.entered.set()
        await self.gate.wait()
        self._fail()
        named: list[str] = []
        ids: list[str] = []
        for record in await asyncio.to_thread(lambda: list(read(files))):
            if isinstance(record, FileRecord):
                named.append(record.name)
            elif isinstance(record, ArticleRecord):
                ids.append(record.external_id)
            elif isinstance(record, OfferRecord):
                ids.append(record.article)
        self.imports.append((named, ids))
        return f"{len(ids)} records"

    async def outgoing(self) -> Sequence[OutgoingOrder]:
        self._fail()
        return [order for order in self.orders.values() if self.confirmed.get(order.id, 0) < order.revision]

    async def handed(self, revisions: Mapping[UUID, int]) -> None:
        self._fail()
        self.confirmations += 1
        self.confirmed |= revisions

    async def take_orders(self, orders: Sequence[OrderRecord]) -> None:
        self._fail()
        self.records += orders

    async def event(self, event: AccountingEvent) -> bool:
        self._fail()
        known = event.message_id in {one.message_id for one in self.events}
        if not known:
            self.events.append(event)
        return not known

    def _fail(self) -> None:
        if self.trouble is not None:
            raise self.trouble
