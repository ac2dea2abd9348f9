"""Clients and people on their way in, as 1C or a file knows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.requisites import ClientKind


@dataclass(frozen=True, slots=True)
class PointRecord:
    external_id: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class PersonRecord:
    external_id: str
    name: str
    phone: str
    orders: bool = True
    pays: bool = False
    signs: bool = False


@dataclass(frozen=True, slots=True)
class ClientRecord:
    """A client with everything that hangs on it; `price_type` and `assortment` are names."""

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


@dataclass(frozen=True, slots=True)
class PastOrder:
    """An order that was taken before Komora: who, how long ago, and base units by article."""

    client: str
    person: str
    days_ago: int
    lines: Mapping[str, Decimal]
