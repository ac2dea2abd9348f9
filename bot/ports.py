"""What the application needs from outside, as protocols that integrations implement.

The messengers' protocol stands with the conversation it serves: bot/conversation/messenger.py.
"""

from collections.abc import AsyncIterator, Callable, Container, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from bot.domain.accounting import (
    AccountingEvent,
    ClientPage,
    DocumentLink,
    Handed,
    OrderRecord,
    OutgoingOrder,
    ReceivableRecord,
    Subject,
    Versions,
)
from bot.domain.pricelist import Record

Clock = Callable[[], datetime]
"""The present moment, aware, in UTC."""


class SmsSender(Protocol):
    """Sends one text message. Raises Unavailable, Rejected or Ambiguous."""

    async def send(self, phone: str, text: str) -> str:
        """To an E.164 phone; returns the sender's own id of the message."""
        ...


class StartLinks(Protocol):
    """A messenger that gives links which bring a token when they are opened."""

    channel: str

    async def check(self) -> str:
        """Its name there; links need it. Raises Unavailable, Rejected."""
        ...

    def start_link(self, token: str) -> str:
        """Raises Unavailable before the first good `check`."""
        ...


class Accounting(Protocol):
    """The book of record. Every method raises Unavailable, Rejected or Ambiguous.

    What comes in comes in bounded pages, so that a base of any size fits into memory.
    """

    system: str

    async def ping(self) -> None:
        """The cheapest call that proves it answers and lets us in."""
        ...

    async def submit(self, order: OutgoingOrder, known: DocumentLink | None) -> Handed:
        """The order as it is now, written once however often this is called; `known` is its document if there is one.

        Raises Rejected with the code `changed_there` where somebody changed the document since `known`, and `posted`
        where a posted document would have to be changed or cancelled.
        """
        ...

    async def find(self, order: OutgoingOrder) -> OrderRecord | None:
        """The order's document as it stands there."""
        ...

    def clients(self, known: Versions) -> AsyncIterator[ClientPage]:
        """All clients, those that changed since `known` with everything that hangs on them."""
        ...

    def catalogue(self, subjects: frozenset[Subject]) -> AsyncIterator[Record]:
        """Articles (CATALOGUE), prices and stock, as the records of a price list."""
        ...

    def receivables(self, known: Container[str]) -> AsyncIterator[Sequence[ReceivableRecord]]:
        """All that is owed, by document; heads are given only for documents that are not `known`.

        Whole once it ends: what was not named is not owed any more.
        """
        ...

    def orders(self, since: date, known: Versions) -> AsyncIterator[Sequence[OrderRecord]]:
        """Orders dated since then whose version is not the known one, and known ones that were shipped since then."""
        ...


class ExchangeDesk(Protocol):
    """What the receiving side of 1C's own exchanges asks of the application."""

    async def take_price_list(self, files: Sequence[Path]) -> str:
        """Files of an upload into the catalogue; returns one line about what changed. Raises BrokenPriceList."""
        ...

    async def outgoing(self) -> Sequence[OutgoingOrder]:
        """Orders whose present revision was not handed over yet, oldest first."""
        ...

    async def handed(self, revisions: Mapping[UUID, int]) -> None:
        """The other side confirmed that it has these orders at these revisions."""
        ...

    async def take_orders(self, orders: Sequence[OrderRecord]) -> None:
        """Orders as they stand there now: ours that changed, and those taken by phone."""
        ...

    async def event(self, event: AccountingEvent) -> bool:
        """False where this message was taken before."""
        ...
