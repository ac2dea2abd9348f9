"""One base in memory, in neutral words: its objects, registers, clock and change log.

`things` says what the objects are; `business` does what people do in the base (post, ship, take money).
"""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sandbox.onec.changes import Changes
from sandbox.onec.things import (
    ZERO,
    Article,
    Contract,
    Counterparty,
    Currency,
    Document,
    Invoice,
    Line,
    Named,
    Order,
    Organisation,
    Pack,
    Partner,
    Payment,
    Person,
    Price,
    PriceType,
    Receivable,
    Shipment,
    Stock,
    Thing,
    Unit,
    User,
    Warehouse,
    new_ref,
)

KYIV = ZoneInfo("Europe/Kyiv")
KINDS: dict[str, type[Thing]] = {
    one.KIND: one
    for one in (
        Article, Unit, Pack, PriceType, Warehouse, User, Organisation, Currency, Counterparty, Partner, Person,
        Contract, Order, Invoice, Shipment, Payment,
    )
}  # fmt: skip
T = TypeVar("T", bound=Thing)
_DIGITS = re.compile(r"[0-9]{1,9}$")
PriceKey = tuple[str, str]
"""Price type and article."""
StockKey = tuple[str, str]
"""Warehouse and article."""


def first(table: Mapping[str, object]) -> str:
    """The first reference of a table, "" of an empty one."""
    return next(iter(table), "")


def _utc() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class World:
    """`clock` gives the time, aware of its zone or naive in Kyiv; `now` is the server's local time, naive.

    Every change of an object goes through `add` or `changed`, so that its version and the log follow.
    """

    clock: Callable[[], datetime] = _utc
    changes: Changes = field(default_factory=Changes)
    number_format: str = "УТ00-{:06d}"
    posting_accepts: bool = True
    """An order is accepted by posting it."""
    articles: dict[str, Article] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    packs: dict[str, Pack] = field(default_factory=dict)
    price_types: dict[str, PriceType] = field(default_factory=dict)
    warehouses: dict[str, Warehouse] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    currencies: dict[str, Currency] = field(default_factory=dict)
    counterparties: dict[str, Counterparty] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    partners: dict[str, Partner] = field(default_factory=dict)
    contracts: dict[str, Contract] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    invoices: dict[str, Invoice] = field(default_factory=dict)
    shipments: dict[str, Shipment] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)
    prices: dict[PriceKey, list[Price]] = field(default_factory=dict)
    """The history of each price, oldest first."""
    stock: dict[StockKey, Stock] = field(default_factory=dict)
    receivables: dict[str, Receivable] = field(default_factory=dict)
    """By the document's reference."""
    records: dict[str, list[Any]] = field(default_factory=dict)
    """What clients wrote into independent registers, by the source of the register."""
    revision: int = 0
    """Grows with anything written: what was computed at another revision is stale."""
    _moved: timedelta = timedelta()
    _versions: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _numbers: dict[str, int] = field(default_factory=dict)
    _kinds: dict[str, str] = field(default_factory=dict)

    # -- time

    def now(self) -> datetime:
        """The server's local time."""
        at = self.clock()
        local = at.astimezone(KYIV).replace(tzinfo=None) if at.tzinfo else at
        return (local + self._moved).replace(microsecond=0)

    def advance(self, seconds: float) -> None:
        self._moved += timedelta(seconds=seconds)
        self.changes.wake()

    # -- objects

    def table(self, kind: str) -> dict[str, Thing]:
        """The objects of one kind (a key of KINDS) by their references."""
        return getattr(self, _TABLES[kind])  # type: ignore[no-any-return]

    def find(self, ref: str) -> Thing | None:
        """The object of any kind."""
        kind = self._kinds.get(ref)
        return self.table(kind).get(ref) if kind else None

    def kind_of(self, ref: str) -> str:
        """The kind of the object, "" where there is none."""
        return self._kinds.get(ref, "")

    def document(self, ref: str) -> Document | None:
        found = self.find(ref)
        return found if isinstance(found, Document) else None

    def add(self, thing: T, by: str = "base") -> T:
        """Takes a new object in; a document gets a date and a number, a catalogue item a code, where it has none."""
        if isinstance(thing, Document):
            thing.date = thing.date or self.now()
            thing.number = thing.number or self.next_number(thing.KIND)
        elif isinstance(thing, Named):
            thing.code = thing.code or f"{self._count(thing.KIND):09d}"
        self._counted(thing)
        self._kinds[thing.ref] = thing.KIND
        self.table(thing.KIND)[thing.ref] = thing
        self._written(thing)
        self.changes.tell(thing.KIND, "created", thing.ref, by)
        return thing

    def changed(self, thing: Thing, action: str = "changed", by: str = "base") -> None:
        """The object was written: its version grows and the log says so."""
        self._written(thing)
        self.changes.tell(thing.KIND, action, thing.ref, by)

    def delete(self, ref: str, by: str = "base") -> None:
        """Removes the object physically; links to it stay broken."""
        kind = self._kinds.pop(ref)
        del self.table(kind)[ref]
        self.receivables.pop(ref, None)
        self.revision += 1
        self.changes.tell(kind, "deleted", ref, by)

    def next_number(self, kind: str) -> str:
        """The next free number of documents of this kind."""
        return self.number_format.format(self._count(kind))

    def _count(self, kind: str) -> int:
        self._numbers[kind] = self._numbers.get(kind, 0) + 1
        return self._numbers[kind]

    def _counted(self, thing: Thing) -> None:
        """Numbers given by others are not given again."""
        text = thing.number if isinstance(thing, Document) else getattr(thing, "code", "")
        digits = _DIGITS.search(text)
        if digits:
            self._numbers[thing.KIND] = max(self._numbers.get(thing.KIND, 0), int(digits[0]))

    def _written(self, thing: Thing) -> None:
        thing.version = next(self._versions)
        self.revision += 1

    # -- registers

    def set_price(self, price_type: str, article: str, amount: Decimal, period: datetime | None = None) -> Price:
        """A price from `period` (now) on; the same moment is overwritten."""
        price = Price(period or self.now(), price_type, article, amount, new_ref())
        history = self.prices.setdefault((price_type, article), [])
        history[:] = [one for one in history if one.period != price.period]
        history.append(price)
        history.sort(key=lambda one: one.period)
        self.revision += 1
        self.changes.tell("price", "price", article)
        return price

    def price(self, price_type: str, article: str, at: datetime | None = None) -> Decimal | None:
        """The price in force, None where there is none."""
        moment = at or self.now()
        found = [one for one in self.prices.get((price_type, article), ()) if one.period <= moment]
        return found[-1].amount if found else None

    def set_stock(self, warehouse: str, article: str, quantity: Decimal) -> None:
        self.stock[warehouse, article] = Stock(warehouse, article, quantity)
        self.revision += 1
        self.changes.tell("stock", "stock", article)

    def move_stock(self, warehouse: str, article: str, by: Decimal) -> None:
        """Adds to the stock; may go below zero, as in a base that does not control it."""
        held = self.stock.get((warehouse, article))
        self.set_stock(warehouse, article, (held.quantity if held else ZERO) + by)

    def stock_of(self, article: str) -> Decimal:
        """In all warehouses together."""
        held = (self.stock.get((one, article)) for one in self.warehouses)
        return sum((one.quantity for one in held if one), ZERO)

    def owes(self, receivable: Receivable) -> None:
        """A client owes by this document from now on (a repeated call replaces)."""
        self.receivables[receivable.document] = receivable
        self.revision += 1

    def owed_by(self, counterparty: str) -> Decimal:
        """What the client owes by all documents."""
        return sum((one.left for one in self.receivables.values() if one.counterparty == counterparty), ZERO)

    # -- looking

    def goods(self) -> Iterator[Article]:
        """The articles that are not folders."""
        return (one for one in self.articles.values() if not one.folder)

    def by_sku(self, sku: str) -> Article | None:
        return next((one for one in self.goods() if one.sku == sku), None)

    def price_type_of(self, counterparty: str) -> str:
        """The price type of the client's main contract, "" where there is none."""
        client = self.counterparties.get(counterparty)
        contract = self.contracts.get(client.contract) if client else None
        return contract.price_type if contract else ""

    def pack_units(self, line: Line) -> Decimal:
        """The line's quantity in base units."""
        return line.quantity * line.coefficient

    def documents(self) -> Iterable[Document]:
        """Orders, invoices, shipments and payments."""
        return itertools.chain(
            self.orders.values(), self.invoices.values(), self.shipments.values(), self.payments.values()
        )

    @contextmanager
    def filling(self) -> Iterator[None]:
        """While the base is filled nothing is told to listeners."""
        self.changes.quiet = True
        try:
            yield
        finally:
            self.changes.quiet = False

    def clear(self) -> None:
        """An empty base; versions and event ids go on growing, the clock shows real time."""
        for name in _TABLES.values():
            getattr(self, name).clear()
        for name in ("prices", "stock", "receivables", "records", "_numbers", "_kinds"):
            getattr(self, name).clear()
        self._moved = timedelta()
        self.revision += 1
        self.changes.clear()


_TABLES = {kind: f"{kind}s" for kind in KINDS} | {
    "currency": "currencies", "counterparty": "counterparties", "person": "people",
}  # fmt: skip
