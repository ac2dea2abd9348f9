"""Documents of a base and what follows from them: orders, invoices, shipments, payments, debts."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Literal

from sandbox.onec.thing import ZERO, Thing

State = Literal["new", "accepted", "shipped", "closed", "cancelled"]
STATES: tuple[State, ...] = ("new", "accepted", "shipped", "closed", "cancelled")


@dataclass(slots=True)
class Line:
    """A row of goods: `quantity` in `pack` (a Pack; "" is the base unit) of `coefficient` base units.

    `amount` is after the discount: so many percent of price by quantity, or a sum where the configuration keeps one.
    """

    article: str = ""
    quantity: Decimal = ZERO
    price: Decimal = ZERO
    amount: Decimal = ZERO
    vat: str = "20"
    vat_amount: Decimal = ZERO
    pack: str = ""
    coefficient: Decimal = Decimal(1)
    discount_percent: Decimal = ZERO
    discount: Decimal = ZERO
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Document(Thing):
    """A document; `total` is what its header says, `from_site` that it came over a wire."""

    number: str = ""
    date: datetime | None = None
    posted: bool = False
    comment: str = ""
    counterparty: str = ""
    contract: str = ""
    organisation: str = ""
    warehouse: str = ""
    currency: str = ""
    manager: str = ""
    price_type: str = ""
    includes_vat: bool = True
    total: Decimal = ZERO
    lines: list[Line] = field(default_factory=list)
    from_site: bool = False


@dataclass(slots=True)
class Order(Document):
    """An order. `external_number` is the client's own number of it."""

    KIND: ClassVar[str] = "order"
    state: str = "new"
    delivery_date: datetime | None = None
    delivery_address: str = ""
    external_number: str = ""
    external_date: datetime | None = None


@dataclass(slots=True)
class Invoice(Document):
    """An invoice to a client for `order`."""

    KIND: ClassVar[str] = "invoice"
    order: str = ""
    due: datetime | None = None


@dataclass(slots=True)
class Shipment(Document):
    """A shipment to a client by `order`."""

    KIND: ClassVar[str] = "shipment"
    order: str = ""
    due: datetime | None = None


@dataclass(slots=True)
class PaymentRow:
    """What part of a payment pays which document. `closes` is what it closed of the debts by its order, by document:
    it names the order alone, and the debts came with the shipments."""

    document: str = ""
    order: str = ""
    contract: str = ""
    amount: Decimal = ZERO
    closes: dict[str, Decimal] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Payment(Document):
    """Money from a client, by `channel` bank, cash or card, or back to it where `operation` is refund; `rows` say
    what for."""

    KIND: ClassVar[str] = "payment"
    channel: str = "bank"
    operation: str = "payment"
    incoming_number: str = ""
    incoming_date: datetime | None = None
    purpose: str = ""
    payer_iban: str = ""
    rows: list[PaymentRow] = field(default_factory=list)

    @property
    def sign(self) -> int:
        """Whether it lessens debts, or makes them grow again."""
        return -1 if self.operation == "refund" else 1


@dataclass(slots=True)
class Receivable:
    """What a client owes by one document (`document` may be of no longer kept years, so number and date are here)."""

    document: str
    kind: str
    number: str
    date: datetime
    counterparty: str
    contract: str
    total: Decimal
    order: str = ""
    paid: Decimal = ZERO
    due: datetime | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def left(self) -> Decimal:
        return self.total - self.paid
