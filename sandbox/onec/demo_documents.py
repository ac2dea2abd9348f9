"""Documents of the invented wholesaler: orders, what was shipped, what was paid, what is still owed."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from sandbox.horeca.wholesaler.guid import guid
from sandbox.onec.things import Article, Counterparty, Document, Line, Order, Payment, PaymentRow, Receivable, Shipment
from sandbox.onec.world import World

CENT = Decimal("0.01")
SHIPPED = ("shipped", "closed")

Row = dict[str, Any]
Clients = dict[str, tuple[Row, Counterparty]]


@dataclass
class _Books:
    """Where the documents go and from which day their days are counted back."""

    world: World
    today: date
    clients: Clients
    articles: dict[str, Article]
    unpaid: dict[int, Decimal]
    """The part paid of every order that is not paid in full, by the order's number."""

    def at(self, days_ago: int, hour: int = 12, minute: int = 0) -> datetime:
        return datetime.combine(self.today - timedelta(days=days_ago), time(hour, minute))

    def head(self, key: str) -> Row:
        """What every document of a client says at its top."""
        client = self.clients[key][1]
        contract = self.world.contracts[client.contract]
        return {
            "counterparty": client.ref, "contract": contract.ref, "organisation": contract.organisation,
            "warehouse": guid("wh", "main"), "currency": contract.currency, "manager": client.manager,
            "price_type": contract.price_type,
        }  # fmt: skip


def add_documents(world: World, folder: Path, today: date, clients: Clients, articles: dict[str, Article]) -> None:
    """`clients` by external id and `articles` by sku are in the base already."""
    unpaid = {row["order"]: Decimal(row["paid"]) for row in _rows(folder / "receivables.json")}
    books = _Books(world, today, clients, articles, unpaid)
    money: list[Payment] = []
    for row in _rows(folder / "orders.json"):
        order = _order(books, row)
        if row["state"] in SHIPPED:
            money += _shipment(books, row, order)
    money += [_advance(books, row) for row in _rows(folder / "advances.json")]
    for number, payment in enumerate(sorted(money, key=lambda one: (one.date, one.ref)), 1):
        payment.incoming_number = str(number)
        world.add(payment)


def _rows(path: Path) -> list[Row]:
    return json.loads(path.read_text("utf-8"))  # type: ignore[no-any-return]


def _order(books: _Books, row: Row) -> Order:
    hour, minute = map(int, row["time"].split(":"))
    placed = books.at(row["days_ago"], hour, minute)
    client = books.clients[row["client"]][1]
    order = Order(
        ref=guid("order", str(row["number"])), date=placed, posted=row["state"] in ("accepted", *SHIPPED),
        state=row["state"], comment=row["comment"], delivery_date=datetime.combine(placed + timedelta(days=1), time()),
        delivery_address=client.addresses[row["point"]].text, **books.head(row["client"]),
    )  # fmt: skip
    _fill(books, order, row)
    return books.world.add(order)


def _fill(books: _Books, document: Document, row: Row) -> None:
    document.lines = [
        _line(books.articles[sku], Decimal(quantity), Decimal(price)) for sku, quantity, price in row["lines"]
    ]
    document.total = sum((line.amount for line in document.lines), Decimal())


def _line(article: Article, quantity: Decimal, price: Decimal) -> Line:
    amount = (quantity * price).quantize(CENT, ROUND_HALF_UP)
    rate = Decimal(article.vat or 0)
    inside = (amount * rate / (100 + rate)).quantize(CENT, ROUND_HALF_UP)
    return Line(article.ref, quantity, price, amount, article.vat, inside, article.base_pack)


def _shipment(books: _Books, row: Row, order: Order) -> list[Payment]:
    """The shipment of the next morning, what the client owes by it, and what has been paid."""
    client = books.clients[row["client"]][0]
    shipped = min(books.at(row["days_ago"] - 1, 7, row["number"] % 60), books.world.now())
    shipment = Shipment(
        ref=guid("shipment", str(row["number"])), date=shipped, posted=True, order=order.ref,
        due=shipped + timedelta(days=client["payment_days"]), **books.head(row["client"]),
    )  # fmt: skip
    _fill(books, shipment, row)
    books.world.add(shipment)
    paid = books.unpaid.get(row["number"], shipment.total)
    books.world.owes(_debt(shipment, paid))
    return [_payment(books, row, shipment, paid)] if paid else []


def _debt(shipment: Shipment, paid: Decimal) -> Receivable:
    assert shipment.date and shipment.due
    return Receivable(
        document=shipment.ref, kind=shipment.KIND, number=shipment.number, date=shipment.date, paid=paid,
        counterparty=shipment.counterparty, contract=shipment.contract, total=shipment.total, order=shipment.order,
        due=shipment.due,
    )  # fmt: skip


def _payment(books: _Books, row: Row, shipment: Shipment, paid: Decimal) -> Payment:
    """Money came on the day it was due, but never later than yesterday's statement."""
    assert shipment.due
    came = min(shipment.due.replace(hour=15), books.at(1, 15))
    return Payment(
        ref=guid("payment", str(row["number"])), date=came, posted=True, total=paid, incoming_date=came,
        purpose=f"Оплата за товар згідно накладної {shipment.number}",
        rows=[PaymentRow(shipment.ref, shipment.order, shipment.contract, paid)], **books.head(row["client"]),
    )  # fmt: skip


def _advance(books: _Books, row: Row) -> Payment:
    amount, came = Decimal(row["sum"]), books.at(row["days_ago"] + 1, 15)
    head = books.head(row["client"])
    return Payment(
        ref=guid("payment", f"advance/{row['client']}"), date=came, posted=True, total=amount, incoming_date=came,
        purpose="Передоплата за товар", rows=[PaymentRow(contract=head["contract"], amount=amount)], **head,
    )  # fmt: skip
