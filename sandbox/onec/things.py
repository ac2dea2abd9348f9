"""What a base keeps, in neutral words: the names of a configuration are put on in `configurations/`.

References are lower-case GUID strings, "" is the empty one. Dates are naive, in the server's local time; None is the
empty one.
"""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from sandbox.onec.documents import (
    STATES,
    Document,
    Invoice,
    Line,
    Order,
    Payment,
    PaymentRow,
    Receivable,
    Shipment,
    State,
)
from sandbox.onec.thing import ZERO, Named, Thing, new_ref

__all__ = [
    "STATES",
    "ZERO",
    "Address",
    "Article",
    "Contract",
    "Counterparty",
    "Currency",
    "Document",
    "Invoice",
    "Line",
    "Named",
    "Order",
    "Organisation",
    "Pack",
    "Partner",
    "Payment",
    "PaymentRow",
    "Person",
    "Price",
    "PriceType",
    "Receivable",
    "Shipment",
    "State",
    "Stock",
    "Thing",
    "Unit",
    "User",
    "Warehouse",
    "new_ref",
]


@dataclass(slots=True)
class Unit(Named):
    """A unit of the classifier: `name` is шт, кг, ящ."""

    KIND: ClassVar[str] = "unit"
    full_name: str = ""
    international: str = ""
    owner: str = ""
    unit: str = ""
    coefficient: Decimal = Decimal(1)


@dataclass(slots=True)
class Article(Named):
    """An article, or a folder of articles (`folder`). `base_pack` and `pack` are references of Pack, `unit` of Unit;
    `vat` is "20", "14", "7", "0" or "" (без ПДВ)."""

    KIND: ClassVar[str] = "article"
    folder: bool = False
    parent: str = ""
    sku: str = ""
    full_name: str = ""
    description: str = ""
    unit: str = ""
    base_pack: str = ""
    pack: str = ""
    vat: str = "20"
    barcode: str = ""
    service: bool = False
    weight: Decimal = ZERO


@dataclass(slots=True)
class Pack(Named):
    """What one `unit` of article `owner` holds in base units; each article has one with coefficient 1."""

    KIND: ClassVar[str] = "pack"
    owner: str = ""
    unit: str = ""
    coefficient: Decimal = Decimal(1)


@dataclass(slots=True)
class PriceType(Named):
    """A price type, such as «Оптова»."""

    KIND: ClassVar[str] = "price_type"
    includes_vat: bool = True
    currency: str = ""


@dataclass(slots=True)
class Price:
    """A record of the prices register: `amount` for one base unit from `period` on."""

    period: datetime
    price_type: str
    article: str
    amount: Decimal
    recorder: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Warehouse(Named):
    """A warehouse."""

    KIND: ClassVar[str] = "warehouse"


@dataclass(slots=True)
class Stock:
    """What a warehouse holds of an article, in base units."""

    warehouse: str
    article: str
    quantity: Decimal
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class User(Named):
    """A person of the wholesaler: manager, accountant."""

    KIND: ClassVar[str] = "user"
    phone: str = ""
    email: str = ""


@dataclass(slots=True)
class Organisation(Named):
    """Whose base it is."""

    KIND: ClassVar[str] = "organisation"
    full_name: str = ""
    edrpou: str = ""
    tax_number: str = ""
    iban: str = ""


@dataclass(slots=True)
class Currency(Named):
    """A currency: code 980, name UAH or грн."""

    KIND: ClassVar[str] = "currency"
    full_name: str = ""


@dataclass(slots=True)
class Person(Named):
    """A contact person of the counterparty `owner`."""

    KIND: ClassVar[str] = "person"
    owner: str = ""
    position: str = ""
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Address:
    """A delivery address of a counterparty: a point by its name and where it is."""

    text: str
    name: str = ""
    ref: str = field(default_factory=new_ref)


@dataclass(slots=True)
class Counterparty(Named):
    """A client. `kind`: company, entrepreneur or person; `tax_number` is the 12-digit ІПН; `manager` is a User,
    `contract` the main Contract, which holds the price type and the payment days."""

    KIND: ClassVar[str] = "counterparty"
    folder: bool = False
    parent: str = ""
    full_name: str = ""
    edrpou: str = ""
    tax_number: str = ""
    kind: str = "company"
    manager: str = ""
    contract: str = ""
    partner: str = ""
    legal_address: str = ""
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    people: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Partner(Named):
    """In configurations that tell them apart, whom one deals with; `client` is the Counterparty that pays."""

    KIND: ClassVar[str] = "partner"
    client: str = ""


@dataclass(slots=True)
class Contract(Named):
    """A contract with the counterparty `owner`; `credit_limit` 0 is none, `until` the last day it is in force,
    `from_site` that a client of the interface entered it."""

    KIND: ClassVar[str] = "contract"
    owner: str = ""
    number: str = ""
    date: datetime | None = None
    until: datetime | None = None
    signed: bool = False
    from_site: bool = False
    price_type: str = ""
    payment_days: int = 0
    credit_limit: Decimal = ZERO
    currency: str = ""
    organisation: str = ""
