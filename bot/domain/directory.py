"""Clients and people on their way in, as 1C or a file knows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from bot.domain.requisites import ClientKind


@dataclass(frozen=True, slots=True)
class PointRecord:
    external_id: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A contact person; `phone` and `email` as written there, perhaps empty or wrong."""

    external_id: str
    name: str
    phone: str
    orders: bool = True
    pays: bool = False
    signs: bool = False
    email: str = ""


@dataclass(frozen=True, slots=True)
class ContractRecord:
    """A contract with its terms; None where the contract does not say. `price_type` is an id.

    `until` is the last day it is in force.
    """

    external_id: str
    name: str
    number: str = ""
    dated: date | None = None
    until: date | None = None
    price_type: str | None = None
    payment_days: int | None = None
    credit_limit: Decimal | None = None
    active: bool = True
    main: bool = False


@dataclass(frozen=True, slots=True)
class ClientRecord:
    """A client with everything that hangs on it.

    `price_type` and `assortment` are names, `price_type_id` is the book of record's id and wins where it is given;
    `credit_limit` is in hryvnias, None for none set. `version` lets a later pull skip what has not changed.
    """

    external_id: str
    kind: ClientKind
    name: str
    tax_code: str
    price_type: str
    points: tuple[PointRecord, ...]
    people: tuple[PersonRecord, ...]
    manager: str = ""
    manager_phone: str = ""
    payment_days: int = 0
    minimum_order: Decimal | None = None
    assortment: frozenset[str] | None = None
    price_type_id: str | None = None
    version: str = ""
    active: bool = True
    email: str = ""
    credit_limit: Decimal | None = None
    full_name: str = ""
    """As the state knows it; the name is as its people call it."""
    address: str = ""
    """Where it is registered."""
    phone: str = ""
    contracts: tuple[ContractRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class PastOrder:
    """An order that was taken before Komora: who, how long ago, and base units by article."""

    client: str
    person: str
    days_ago: int
    lines: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class NotJoined:
    """Somebody who acts for clients and has no account in any messenger yet."""

    id: UUID
    name: str
    clients: tuple[str, ...]
