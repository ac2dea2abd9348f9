"""What the rows of a register are: taken or computed from the world."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sandbox.onec.configuration import NAMESPACE
from sandbox.onec.contacts import contacts
from sandbox.onec.things import ZERO, Document, Order, PaymentRow, Shipment, Thing
from sandbox.onec.world import World

RECEIPT, EXPENSE = "Receipt", "Expense"
NO_EXTRA: dict[str, Any] = {}


@dataclass(slots=True)
class Move:
    """A record of an accumulation register, whatever its dimensions."""

    recorder: str
    period: datetime
    direction: str
    line: int = 1
    amount: Decimal = ZERO
    quantity: Decimal = ZERO
    counterparty: str = ""
    contract: str = ""
    order: str = ""
    document: str = ""
    warehouse: str = ""
    article: str = ""
    due: datetime | None = None
    extra: dict[str, Any] = field(default_factory=lambda: NO_EXTRA)


@dataclass(slots=True)
class RecordSet:
    """All records of one recorder."""

    recorder: str
    rows: list[Any]
    extra: dict[str, Any] = field(default_factory=lambda: NO_EXTRA)


@dataclass(slots=True)
class Closed:
    """An order in a closing document."""

    order: str
    reason: str
    extra: dict[str, Any] = field(default_factory=lambda: NO_EXTRA)


@dataclass(slots=True)
class Closing(Document):
    """The document by which an order is closed or cancelled."""

    closed: list[Closed] = field(default_factory=list)


@dataclass(slots=True)
class Record:
    """A record that a client wrote into an independent register, whatever its dimensions."""

    ref: str = ""
    barcode: str = ""
    base_pack: str = ""
    object: str = ""
    type: str = ""
    kind: str = ""
    text: str = ""
    comment: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


@lru_cache(200_000)
def derived_ref(kind: str, ref: str) -> str:
    """The reference of what follows from an object."""
    return str(uuid.uuid5(NAMESPACE, f"{kind}/{ref}"))


def prices(world: World) -> list[Any]:
    return [one for history in world.prices.values() for one in history]


def barcodes(world: World) -> list[Any]:
    return [one for one in world.goods() if one.barcode] + world.records.get("barcodes", [])


def contact_records(world: World) -> list[Any]:
    tables = (world.counterparties, world.people, world.users)
    known = [row for table in tables for one in table.values() for row in contacts(one)]
    return known + world.records.get("contact_records", [])


def stock(world: World) -> list[Any]:
    return [one for one in world.stock.values() if one.quantity]


def stock_moves(world: World) -> list[Any]:
    return [
        Move(one.ref, _when(one), EXPENSE, number, quantity=world.pack_units(line), warehouse=one.warehouse,
             article=line.article)
        for one in _posted(world.shipments) for number, line in enumerate(one.lines, 1)
    ]  # fmt: skip


def debts(world: World) -> list[Any]:
    """What is owed by each document, and as negative what was paid in advance."""
    owed: list[Any] = [
        Move(one.document, one.date, RECEIPT, amount=one.left, counterparty=one.counterparty, contract=one.contract,
             order=one.order, document=one.document, due=one.due)
        for one in world.receivables.values() if one.left
    ]  # fmt: skip
    for move in _paid(world):
        if move.document not in world.receivables:
            move.amount = move.amount if move.direction == RECEIPT else -move.amount
            move.document = move.recorder
            owed.append(move)
    return owed


def debt_moves(world: World) -> list[Any]:
    return [*_shipped(world), *_paid(world)]


def _shipped(world: World) -> Iterator[Move]:
    for one in world.receivables.values():
        yield Move(
            one.document, one.date, RECEIPT, amount=one.total, counterparty=one.counterparty, contract=one.contract,
            order=one.order, document=one.document, due=one.due,
        )  # fmt: skip


def _paid(world: World) -> Iterator[Move]:
    for payment in _posted(world.payments):
        parts = [(row, document, amount) for row in payment.rows for document, amount in _parts(row)]
        for number, (row, document, amount) in enumerate(parts, 1):
            yield Move(
                payment.ref, _when(payment), EXPENSE if payment.sign > 0 else RECEIPT, number, amount,
                counterparty=payment.counterparty, contract=row.contract, order=row.order,
                document=document or payment.ref,
            )  # fmt: skip


def _parts(row: PaymentRow) -> list[tuple[str, Decimal]]:
    """By document; what closes none is an advance."""
    advance = row.amount - sum(row.closes.values(), ZERO)
    return [*row.closes.items(), *([(row.document, advance)] if advance else [])]


def order_rests(world: World) -> list[Any]:
    """What of posted orders is not shipped and not closed."""
    shipped = {one.order for one in _posted(world.shipments)}
    over = ("closed", "cancelled")
    waiting = [one for one in _posted(world.orders) if one.ref not in shipped and one.state not in over]
    return [move for order in waiting for move in _order_rows(order)]


def order_moves(world: World) -> list[Any]:
    made = [move for order in _posted(world.orders) for move in _order_rows(order)]
    for shipment in _posted(world.shipments):
        made.extend(_order_rows(shipment, shipment.order, EXPENSE))
    return made


def _order_rows(document: Document, order: str = "", direction: str = RECEIPT) -> Iterator[Move]:
    for number, line in enumerate(document.lines, 1):
        yield Move(
            document.ref, _when(document), direction, number, line.amount, line.quantity * line.coefficient,
            document.counterparty, document.contract, order or document.ref, article=line.article,
        )  # fmt: skip


def closings(world: World) -> list[Any]:
    """One closing document for each closed or cancelled order."""
    return [
        Closing(
            ref=derived_ref("closing", one.ref), version=one.version, number=one.number, date=one.date, posted=True,
            organisation=one.organisation, manager=one.manager,
            closed=[Closed(one.ref, "Відмова" if one.state == "cancelled" else "Виконано")],
        )
        for one in world.orders.values() if one.state in ("closed", "cancelled")
    ]  # fmt: skip


def agreements(world: World) -> list[Any]:
    """Terms of sale, one for each contract."""
    made = []
    for one in world.contracts.values():
        terms = Terms(ref=derived_ref("agreement", one.ref), version=one.version, marked=one.marked, code=one.code)
        terms.stages = [Stage(one.payment_days)]
        terms.name, terms.contract = f"Угода: {one.name}", one.ref
        made.append(terms)
    return made


def analytics(world: World) -> list[Any]:
    """Keys of settlements, one for each contract."""
    return [
        Terms(ref=derived_ref("analytics", one.ref), version=one.version, name=one.name, contract=one.ref)
        for one in world.contracts.values()
    ]


@dataclass(slots=True)
class Stage:
    """When an agreement wants its money."""

    days: int
    kind: str = "КредитПослеОтгрузки"
    percent: Decimal = Decimal(100)
    extra: dict[str, Any] = field(default_factory=lambda: NO_EXTRA)


@dataclass(slots=True)
class Terms(Thing):
    """What follows from a contract: an agreement, a key of settlements."""

    code: str = ""
    name: str = ""
    comment: str = ""
    contract: str = ""
    stages: list[Stage] = field(default_factory=list)


def units_and_packs(world: World) -> list[Any]:
    return [*world.units.values(), *world.packs.values()]


@dataclass(slots=True)
class Entry(Move):
    """A record of the accounting register: `subject` and `place` are its analytics."""

    account: str = ""
    subject: str = ""
    place: str = ""


def account_rests(world: World) -> list[Any]:
    """What clients owe (361) and what lies in the warehouses (281)."""
    return [*map(_settled, debts(world)), *(_held(one, world) for one in stock(world))]


def account_moves(world: World) -> list[Any]:
    return [_settled(one) for one in debt_moves(world)]


def _settled(one: Move) -> Entry:
    return Entry(
        one.recorder, one.period, one.direction, one.line, one.amount, document=one.document, account="361",
        subject=one.counterparty, place=one.contract,
    )  # fmt: skip


def _held(one: Any, world: World) -> Entry:
    return Entry(
        "", world.now(), RECEIPT, quantity=one.quantity, account="281", subject=one.article, place=one.warehouse
    )


def record_sets(rows: list[Any]) -> list[Any]:
    """Records gathered by their recorders."""
    sets: dict[str, RecordSet] = {}
    for one in rows:
        sets.setdefault(one.recorder, RecordSet(one.recorder, [])).rows.append(one)
    return list(sets.values())


def _posted(table: Any) -> Iterator[Any]:
    return (one for one in table.values() if one.posted)


def _when(document: Document | Order | Shipment) -> datetime:
    assert document.date is not None
    return document.date


SOURCES: dict[str, Callable[[World], list[Any]]] = {
    one.__name__: one
    for one in (
        prices, barcodes, contact_records, stock, stock_moves, debts, debt_moves, order_rests, order_moves, closings,
        agreements, analytics, units_and_packs, account_moves, account_rests,
    )
}  # fmt: skip
