"""1C as the book of record."""

from collections.abc import AsyncIterator, Container, Sequence
from datetime import UTC, date, datetime

import httpx

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
from bot.domain.errors import Unavailable
from bot.domain.pricelist import Record
from bot.domain.settlements import Settlements
from bot.ports import Clock
from integrations.onec.odata.bank_receipts import BankReceipts
from integrations.onec.odata.bearings import Bearings
from integrations.onec.odata.catalogue import Catalogue
from integrations.onec.odata.checking import Finding, Fit, check, fits
from integrations.onec.odata.client import OnecClient, Patience
from integrations.onec.odata.clients import Clients
from integrations.onec.odata.config import OnecSettings
from integrations.onec.odata.contracts import Contracts
from integrations.onec.odata.handing import Handing
from integrations.onec.odata.metadata import BrokenMetadata, Metadata, read
from integrations.onec.odata.orders import Orders
from integrations.onec.odata.payments import Payments
from integrations.onec.odata.placing import Habits
from integrations.onec.odata.profile import load
from integrations.onec.odata.receivables import Receivables
from integrations.onec.odata.refusals import SYSTEM
from integrations.onec.odata.registers import Registers
from integrations.onec.odata.settlements import SettlementsReader
from integrations.onec.odata.shapes import Shapes
from integrations.onec.odata.states import States


def _utc_now() -> datetime:
    return datetime.now(UTC)


class OnecAccounting:
    """Implements Accounting over one base."""

    system = SYSTEM

    def __init__(
        self,
        settings: OnecSettings,
        http: httpx.AsyncClient,
        *,
        now: Clock = _utc_now,
        patience: Patience | None = None,
    ) -> None:
        self._profile = profile = load(settings.profile)
        self._client = client = OnecClient(settings, http, patience)
        shapes, registers = Shapes(client), Registers(client)
        bearings = Bearings(client, profile, settings, shapes)
        states = States(client, profile, shapes)
        self._habits = habits = Habits()
        self._handing = Handing(client, profile, settings, bearings, states, habits)
        self._payments = Payments(client, profile, profile.payment, settings, bearings, habits)
        self._transfers = Payments(client, profile, profile.bank, settings, bearings, habits)
        self._contracts = Contracts(client, profile, bearings, habits)
        self._bank_receipts = BankReceipts(client, profile, shapes, settings, now)
        self._clients = Clients(client, profile, shapes)
        self._catalogue = Catalogue(client, profile, shapes, registers)
        self._receivables = Receivables(client, profile, shapes, registers, settings, now)
        self._settlements = SettlementsReader(client, profile, shapes, registers)
        self._orders = Orders(client, profile, shapes, bearings, states, settings, now)

    @property
    def honours_client_ref(self) -> bool | None:
        """Whether the base keeps the references we give; None until a document has shown it."""
        return self._habits.honours_client_ref

    async def ping(self) -> None:
        """One row of a small catalogue. Raises Rejected: `unauthorized`, or `access` where rights are missing."""
        await self._client.page(self._profile.currency.entity, (("$top", "1"), ("$select", "Ref_Key")))

    async def submit(self, order: OutgoingOrder, known: DocumentLink | None) -> Handed:
        """As the port says; also Rejected: unknown_client, unknown_article:<sku>, unknown_vat:<rate>."""
        return await self._handing.submit(order, known)

    async def receive(self, payment: OutgoingPayment, known: DocumentLink | None) -> Handed:
        """As the port says; also Rejected: unknown_client, over_allocated, and `entity:` where 1C does not show it."""
        return await self._of(payment).receive(payment, known)

    async def take_back(self, payment: OutgoingPayment, known: DocumentLink | None) -> None:
        await self._of(payment).take_back(payment, known)

    async def record_contract(self, contract: OutgoingContract, known: DocumentLink | None) -> Handed:
        return await self._contracts.record(contract, known)

    def bank_receipts(self, since: date) -> AsyncIterator[Sequence[BankReceipt]]:
        return self._bank_receipts.records(since)

    def _of(self, payment: OutgoingPayment) -> Payments:
        return self._payments if payment.slip is None else self._transfers

    async def find(self, order: OutgoingOrder) -> OrderRecord | None:
        row = await self._handing.look(order)
        return None if row is None else (await self._orders.read([row], {}))[0]

    def clients(self, known: Versions) -> AsyncIterator[ClientPage]:
        return self._clients.pages(known)

    def catalogue(self, subjects: frozenset[Subject]) -> AsyncIterator[Record]:
        return self._catalogue.records(subjects)

    def receivables(self, known: Container[str]) -> AsyncIterator[Sequence[ReceivableRecord]]:
        return self._receivables.records(known)

    async def settlements(self, client: str, since: date) -> Settlements:
        """As the port says; also Rejected: `entity:` where 1C does not show them, `not_a_client`."""
        return await self._settlements.of(client, since)

    def orders(self, since: date, known: Versions) -> AsyncIterator[Sequence[OrderRecord]]:
        return self._orders.records(since, known)

    async def check(self) -> list[Finding]:
        """What is missing of the base for the profile it is said to have; heavy, for a person who asks."""
        return check(self._profile, await self._metadata())

    async def describe(self) -> list[Fit]:
        """How well each profile fits the base, the best first."""
        return fits(await self._metadata())

    async def _metadata(self) -> Metadata:
        async with self._client.metadata() as pieces:
            try:
                return await read(pieces)
            except BrokenMetadata:
                raise Unavailable(SYSTEM, "GET $metadata", "broken answer") from None
