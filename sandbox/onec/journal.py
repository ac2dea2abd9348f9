"""Documents, articles and clients as the control side shows them."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sandbox.onec import business
from sandbox.onec.documents import Receivable
from sandbox.onec.things import ZERO, Article, Counterparty, Document, Order, Payment
from sandbox.onec.world import World

SHOWN = 200
FOUND = 50
KINDS = ("order", "invoice", "shipment", "payment")
Json = dict[str, Any]


def documents(world: World, after: int = 0, kind: str = "") -> list[Json]:
    """The documents changed after that event, newest first, by their latest event (0 for those filled in)."""
    latest = {one.ref: one.id for one in world.changes.after(after) if one.kind in KINDS}
    chosen = [one for one in world.documents() if kind in ("", one.KIND) and (one.ref in latest or not after)]
    chosen.sort(key=lambda one: (latest.get(one.ref, 0), one.version), reverse=True)
    return [document(world, one, latest.get(one.ref, 0)) for one in chosen[:SHOWN]]


def debts(world: World) -> list[Json]:
    """What is owed by each document, the oldest first."""
    owed = sorted((one for one in world.receivables.values() if one.left > 0), key=lambda one: (one.date, one.number))
    return [_debt(one, world.counterparties.get(one.counterparty)) for one in owed]


def _debt(one: Receivable, client: Counterparty | None) -> Json:
    due = one.due.date().isoformat() if one.due else ""
    told = {"number": one.number, "date": one.date.date().isoformat(), "due": due, "left": money(one.left)}
    if client is None:
        return told | {"client": "", "name": "", "code": ""}
    return told | {"client": client.name, "name": client.full_name or client.name, "code": client.edrpou}


def document(world: World, one: Document, event: int = 0) -> Json:
    """One document; money and quantities are text."""
    client = world.counterparties.get(one.counterparty)
    return {
        "id": event, "kind": one.KIND, "ref": one.ref, "number": one.number,
        "date": one.date.isoformat(timespec="seconds") if one.date else "",
        "counterparty": client.name if client else "", "counterparty_ref": one.counterparty, "total": money(one.total),
        "posted": one.posted, "marked": one.marked, "state": one.state if isinstance(one, Order) else "",
        "comment": one.comment, "external_number": one.external_number if isinstance(one, Order) else "",
        "lines": [_line(world, line) for line in one.lines],
        "agrees": one.total == sum((line.amount for line in one.lines), ZERO),
        "from_site": one.from_site,
        **(_money_of(world, one) if isinstance(one, Payment) else {}),
    }  # fmt: skip


def _money_of(world: World, one: Payment) -> Json:
    """How the money came, and what each part of it is for."""
    rows = [(world.document(row.document) or world.document(row.order), row.amount) for row in one.rows]
    return {
        "channel": one.channel, "refund": one.sign < 0, "purpose": one.purpose,
        "parts": [
            {"kind": paid.KIND if paid else "", "number": paid.number if paid else "", "amount": money(amount)}
            for paid, amount in rows
        ],
    }  # fmt: skip


def _line(world: World, line: Any) -> Json:
    article = world.articles.get(line.article)
    pack = world.packs.get(line.pack)
    unit = world.units.get(article.unit) if article else None
    return {
        "article": line.article, "name": article.name if article else "", "sku": article.sku if article else "",
        "unit": pack.name if pack else unit.name if unit else "", "quantity": quantity(line.quantity),
        "price": money(line.price), "amount": money(line.amount),
        "discount_percent": money(line.discount_percent), "agrees": business.agrees(line),
    }  # fmt: skip


def articles(world: World, text: str) -> list[Json]:
    """The first articles whose name or sku holds the text."""
    wanted = text.casefold()
    found = (one for one in world.goods() if wanted in one.name.casefold() or wanted in one.sku.casefold())
    return [article(world, one) for one in _first(found)]


def article(world: World, one: Article) -> Json:
    unit = world.units.get(one.unit)
    prices = {kind.name: world.price(kind.ref, one.ref) for kind in world.price_types.values()}
    return {
        "ref": one.ref, "sku": one.sku, "name": one.name, "unit": unit.name if unit else "", "marked": one.marked,
        "prices": {name: money(amount) for name, amount in prices.items() if amount is not None},
        "stock": quantity(world.stock_of(one.ref)),
    }  # fmt: skip


def counterparties(world: World, text: str) -> list[Json]:
    """The first clients whose name or code holds the text."""
    wanted = text.casefold()
    found = (one for one in world.counterparties.values() if wanted in one.name.casefold() or wanted in one.edrpou)
    return [counterparty(world, one) for one in _first(found)]


def counterparty(world: World, one: Counterparty) -> Json:
    price_type = world.price_types.get(world.price_type_of(one.ref))
    contract, manager = world.contracts.get(one.contract), world.users.get(one.manager)
    people = [world.people[ref] for ref in one.people if ref in world.people]
    return {
        "ref": one.ref, "code": one.code, "name": one.name, "edrpou": one.edrpou, "marked": one.marked,
        "price_type": price_type.name if price_type else "", "manager": manager.name if manager else "",
        "payment_days": contract.payment_days if contract else 0,
        "credit_limit": money(contract.credit_limit) if contract else "0.00",
        "debt": money(world.owed_by(one.ref)),
        "people": [{"ref": person.ref, "name": person.name, "phones": person.phones} for person in people],
    }  # fmt: skip


def _first(found: Iterator[Any]) -> list[Any]:
    return [one for one, _ in zip(found, range(FOUND), strict=False)]


def money(amount: Decimal) -> str:
    return f"{amount:.2f}"


def quantity(amount: Decimal) -> str:
    return f"{amount:.3f}"
