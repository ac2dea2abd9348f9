"""The JSON of call-backs, plain and with the oddities of hand-written 1C code."""

from datetime import datetime
from typing import Any

from sandbox.onec.changes import Event
from sandbox.onec.infobase import Base
from sandbox.onec.things import Document, Named
from sandbox.onec.values import data_version, moment

TYPES = {
    "order": "order.changed", "shipment": "order.changed", "price": "price.changed", "stock": "stock.changed",
    "counterparty": "counterparty.changed", "contract": "counterparty.changed", "person": "counterparty.changed",
    "payment": "payment.received",
}  # fmt: skip
NBSP = "\u00a0"


def message(base: Base, event: Event, message_id: str) -> dict[str, Any]:
    """What is told of an event; a price or a stock is told by its article."""
    kind = "article" if event.kind in ("price", "stock") else event.kind
    found = base.world.find(event.ref)
    told: dict[str, Any] = {
        "ref": event.ref, "entity": base.configuration.entity_of(kind),
        "version": data_version(found.version) if found else "", "number": "", "date": moment(None),
        "posted": False, "deleted": found is None or found.marked,
    }  # fmt: skip
    if isinstance(found, Document):
        told |= {"number": found.number, "date": moment(found.date), "posted": found.posted}
    elif isinstance(found, Named):
        told["number"] = found.code
    return {
        "message_id": message_id, "sent_at": moment(base.world.now()), "type": TYPES[event.kind], "object": told,
        "data": _data(base, event, found),
    }  # fmt: skip


def _data(base: Base, event: Event, found: object) -> dict[str, Any]:
    if isinstance(found, Document):
        order = getattr(found, "order", "")
        return {"total": float(found.total)} | ({"order": order} if order else {})
    if event.kind == "price":
        prices = {one.ref: base.world.price(one.ref, event.ref) for one in base.world.price_types.values()}
        return {"prices": {ref: float(amount) for ref, amount in prices.items() if amount is not None}}
    if event.kind == "stock":
        return {"quantity": float(base.world.stock_of(event.ref))}
    return {}


def oddly(value: Any, name: str = "") -> Any:
    """The same as some bases write it: upper-case GUIDs, words for booleans, numbers as text, dates without T."""
    if isinstance(value, dict):
        return {key: oddly(one, key) for key, one in value.items()}
    if isinstance(value, bool):
        return "Истина" if value else "Ложь"
    if isinstance(value, int | float):
        return f"{value:,.2f}".replace(",", NBSP).replace(".", ",")
    if name in ("message_id", "ref"):
        return value.upper()
    return datetime.fromisoformat(value).strftime("%d.%m.%Y %H:%M:%S") if name == "sent_at" else value
