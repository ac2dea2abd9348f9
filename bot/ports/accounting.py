"""The book of record, as the application needs it."""

from collections.abc import AsyncIterator, Container, Sequence
from datetime import date
from typing import Protocol

from bot.domain.accounting import (
    BankReceipt,
    ClientPage,
    DocumentLink,
    Handed,
    OrderRecord,
    OutgoingContract,
    OutgoingOrder,
    OutgoingPayment,
    ReceivableRecord,
    Subject,
    Versions,
)
from bot.domain.pricelist import Record
from bot.domain.settlements import Settlements


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

    async def receive(self, payment: OutgoingPayment, known: DocumentLink | None) -> Handed:
        """A payment or a refund, written once however often this is called; `known` is its document if there is one.

        Once written it is the accountant's and is not changed by us: what stands there otherwise is told. Raises
        Rejected with the code `changed_there` where somebody took the document away or marked it for deletion.
        """
        ...

    async def take_back(self, payment: OutgoingPayment, known: DocumentLink | None) -> None:
        """Mark a payment's document for deletion, also one whose answer was lost; nothing to do where there is none.

        Raises Rejected with the code `posted` where it is posted, and `changed_there` where somebody changed it since
        `known`: these are left.
        """
        ...

    async def record_contract(self, contract: OutgoingContract, known: DocumentLink | None) -> Handed:
        """A signed contract with the client's card, written once however often this is called.

        `known` is the contract there, if there is one; else it is found by its id, by what it carries of ours, or by
        its number and date. In a contract that somebody else entered only what is empty is filled in, and the comment
        goes on: what stands there otherwise is told. Raises Rejected with the codes `unknown_client`, and
        `changed_there` where somebody took the contract away or marked it for deletion.
        """
        ...

    def bank_receipts(self, since: date) -> AsyncIterator[Sequence[BankReceipt]]:
        """Bank receipts dated since then, whoever entered them; none where the base does not show such documents."""
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

    async def settlements(self, client: str, since: date) -> Settlements:
        """How the account of one client stood on the morning of that day, and how it has moved since.

        Raises Unavailable also where what is told does not add up, because it was moved meanwhile.
        """
        ...

    def orders(self, since: date, known: Versions) -> AsyncIterator[Sequence[OrderRecord]]:
        """Orders dated since then whose version is not the known one, and known ones that were shipped since then."""
        ...
