"""What people of the wholesaler do in the base: enter an order, post, ship, take money, change a row."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from sandbox.onec import settling
from sandbox.onec.things import (
    STATES,
    ZERO,
    Document,
    Invoice,
    Line,
    Order,
    Payment,
    PaymentRow,
    Shipment,
    Thing,
)
from sandbox.onec.world import World, first

CENT = Decimal("0.01")


class Refusal(Exception):
    """The base does not do it; the words are for people."""


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def vat_inside(amount: Decimal, vat: str) -> Decimal:
    """The VAT included in the amount; "" and "0" have none."""
    rate = Decimal(vat or 0)
    return rounded(amount * rate / (100 + rate))


def line_of(world: World, article: str, quantity: Decimal, price: Decimal) -> Line:
    """A row in base units, with its sums."""
    goods = world.articles[article]
    amount = rounded(quantity * price)
    return Line(
        article=article, quantity=quantity, price=price, amount=amount, vat=goods.vat,
        vat_amount=vat_inside(amount, goods.vat), pack=goods.base_pack,
    )  # fmt: skip


def sum_of(line: Line) -> Decimal:
    """What the form makes of price, quantity and discount."""
    full = rounded(line.quantity * line.price)
    return full - (line.discount or rounded(full * line.discount_percent / 100))


def agrees(line: Line) -> bool:
    """Whether the sum of a row follows from the rest of it, as far as a price and a percentage of two places say it."""
    full = line.quantity * line.price
    by_price, by_percent = line.quantity * CENT / 2, full * CENT / 200 if line.discount_percent else ZERO
    return abs(line.amount - sum_of(line)) <= max(CENT, by_price if not line.discount_percent else by_percent)


def headed(world: World, document: Document) -> None:
    """Fills what the form fills by the counterparty: contract, price type, organisation and the rest."""
    client = world.counterparties.get(document.counterparty)
    document.contract = document.contract or (client.contract if client else "")
    document.manager = document.manager or (client.manager if client else "")
    document.price_type = document.price_type or world.price_type_of(document.counterparty)
    document.organisation = document.organisation or first(world.organisations)
    document.warehouse = document.warehouse or first(world.warehouses)
    document.currency = document.currency or first(world.currencies)


def enter_order(
    world: World,
    counterparty: str,
    lines: Iterable[tuple[str, Decimal, Decimal | None]],
    *,
    delivery_date: datetime | None = None,
    comment: str = "",
) -> Order:
    """A posted order taken by phone: rows are article, quantity and price (None: by the client's price type)."""
    if counterparty not in world.counterparties:
        raise Refusal("Контрагента не знайдено")
    order = Order(counterparty=counterparty, delivery_date=delivery_date, comment=comment)
    headed(world, order)
    for article, quantity, price in lines:
        if article not in world.articles:
            raise Refusal("Номенклатуру не знайдено")
        known = price if price is not None else world.price(order.price_type, article)
        if known is None:
            raise Refusal(f"Не встановлено ціну: {world.articles[article].name}")
        order.lines.append(line_of(world, article, quantity, known))
    order.total = sum((line.amount for line in order.lines), ZERO)
    world.add(order)
    post(world, order.ref)
    return order


def require_document(world: World, ref: str) -> Document:
    found = world.document(ref)
    if found is None:
        raise Refusal("Документ не знайдено")
    return found


def post(world: World, ref: str, by: str = "base") -> Document:
    """Posts: a shipment takes the stock and makes a debt, a payment closes debts. A repeat re-posts."""
    document = require_document(world, ref)
    if document.marked:
        raise Refusal("Помічений на вилучення документ не може бути проведений!")
    withdraw(world, document)
    document.posted = True
    if isinstance(document, Order) and document.state == "new" and world.posting_accepts:
        document.state = "accepted"
    move(world, document)
    world.changed(document, "posted", by)
    return document


def unpost(world: World, ref: str, by: str = "base") -> Document:
    """Takes the document's movements back."""
    document = require_document(world, ref)
    if document.posted:
        withdraw(world, document)
        document.posted = False
        if isinstance(document, Order) and document.state == "accepted" and world.posting_accepts:
            document.state = "new"
    world.changed(document, "unposted", by)
    return document


def mark(world: World, ref: str, marked: bool, by: str = "base") -> Document:
    """Sets or takes off the deletion mark; as in the program's lists, a posted document is unposted first."""
    document = require_document(world, ref)
    if marked and document.posted:
        unpost(world, ref, by)
    document.marked = marked
    world.changed(document, "marked" if marked else "unmarked", by)
    return document


def set_state(world: World, ref: str, state: str, by: str = "base") -> Order:
    """Moves an order on; `shipped` makes and posts the shipment of the whole order once."""
    order = world.orders.get(ref)
    if order is None:
        raise Refusal("Замовлення не знайдено")
    if state not in STATES:
        raise Refusal(f"Стан: {', '.join(STATES)}")
    if state in ("accepted", "shipped", "closed") and not order.posted:
        post(world, ref, by)
    if state == "shipped" and not shipments_of(world, ref):
        ship(world, order, by)
    order.state = state
    for line in order.lines if state == "cancelled" else ():
        line.extra["Отменено"] = True
    world.changed(order, "state", by)
    return order


def shipments_of(world: World, order: str) -> list[Shipment]:
    """The shipments by an order that are not marked for deletion."""
    return [one for one in world.shipments.values() if one.order == order and not one.marked]


def ship(world: World, order: Order, by: str = "base") -> Shipment:
    """A posted shipment with all rows of the order, due by the contract."""
    shipment = Shipment(
        counterparty=order.counterparty, contract=order.contract, order=order.ref, organisation=order.organisation,
        warehouse=order.warehouse, currency=order.currency, manager=order.manager, price_type=order.price_type,
        total=order.total, lines=[copied(line) for line in order.lines],
    )  # fmt: skip
    headed(world, shipment)
    contract = world.contracts.get(shipment.contract)
    shipment.due = world.now() + timedelta(days=contract.payment_days if contract else 0)
    world.add(shipment, by)
    post(world, shipment.ref, by)
    return shipment


def invoice(world: World, order: Order) -> Invoice:
    """A posted invoice for the whole order."""
    made = Invoice(
        counterparty=order.counterparty, contract=order.contract, order=order.ref, total=order.total,
        lines=[copied(line) for line in order.lines],
    )  # fmt: skip
    headed(world, made)
    world.add(made)
    post(world, made.ref)
    return made


def copied(line: Line) -> Line:
    return replace(line, extra={})


def take_payment(
    world: World,
    counterparty: str,
    amount: Decimal,
    *,
    documents: Iterable[str] = (),
    purpose: str = "",
    incoming_number: str = "",
) -> Payment:
    """A posted bank receipt; it closes `documents` in turn, or the oldest debts."""
    named = list(documents)
    debts = [one for one in world.receivables.values() if one.counterparty == counterparty and one.left > 0]
    chosen = [world.receivables[ref] for ref in named] if named else sorted(debts, key=lambda one: one.date)
    payment = Payment(counterparty=counterparty, total=amount, purpose=purpose, incoming_number=incoming_number)
    headed(world, payment)
    payment.incoming_date = world.now()
    rest = amount
    for debt in chosen:
        part = min(rest, debt.left)
        if part > 0:
            payment.rows.append(PaymentRow(debt.document, debt.order, debt.contract, part))
            rest -= part
    if rest > 0:
        payment.rows.append(PaymentRow(contract=payment.contract, amount=rest))
    world.add(payment)
    post(world, payment.ref)
    return payment


def change_line(
    world: World, ref: str, line: int, quantity: Decimal | None, price: Decimal | None, by: str = "base"
) -> Document:
    """Changes row number `line` (from 1); sums follow, and a posted document is re-posted."""
    document = require_document(world, ref)
    if not 1 <= line <= len(document.lines):
        raise Refusal(f"Рядка {line} немає")
    withdraw(world, document)
    row = document.lines[line - 1]
    row.quantity = row.quantity if quantity is None else quantity
    row.price = row.price if price is None else price
    if row.discount:
        row.discount = rounded(row.quantity * row.price * row.discount_percent / 100)
    row.amount = sum_of(row)
    row.vat_amount = vat_inside(row.amount, row.vat)
    document.total = sum((one.amount for one in document.lines), ZERO)
    move(world, document)
    world.changed(document, "changed", by)
    return document


def move(world: World, document: Thing) -> None:
    """Makes the movements of a posted document; nothing for others."""
    if isinstance(document, Shipment) and document.posted:
        _ship(world, document)
    if isinstance(document, Payment) and document.posted:
        settling.settle(world, document)


def withdraw(world: World, document: Thing) -> None:
    """Takes the movements of a posted document back; nothing for others."""
    if isinstance(document, Shipment) and document.posted:
        for line in document.lines:
            world.move_stock(document.warehouse, line.article, world.pack_units(line))
        settling.forget(world, document)
    if isinstance(document, Payment) and document.posted:
        settling.unsettle(world, document)


def _ship(world: World, document: Shipment) -> None:
    for line in document.lines:
        world.move_stock(document.warehouse, line.article, -world.pack_units(line))
    settling.owe(world, document)
