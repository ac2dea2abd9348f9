"""Writes the wholesaler's files anew; the same every time."""

import csv
import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from lxml import etree

from sandbox.horeca.wholesaler.counterparties import counterparties
from sandbox.horeca.wholesaler.debts import debts
from sandbox.horeca.wholesaler.guid import guid
from sandbox.horeca.wholesaler.history import Shelf, orders
from sandbox.horeca.wholesaler.managers import managers

HORECA = Path(__file__).parents[1]
COLUMNS = {"retail": "Роздрібна", "wholesale": "Оптова", "horeca_vip": "HoReCa VIP"}
WAREHOUSES = ("main", "cold")


def write(folder: Path) -> None:
    """The five JSON files, one object a line."""
    first = json.loads((HORECA / "clients.json").read_text("utf-8"))
    people = json.loads((HORECA / "people.json").read_text("utf-8"))
    articles = _table("catalogue.csv")
    prices = {
        row["sku"]: {name: Decimal(row[column]) for column, name in COLUMNS.items() if row[column]}
        for row in _table("price_types.csv")
    }
    clients = counterparties(first, {f"+{person['phone']}" for person in people})
    told = orders(clients, {client["external_id"]: client["history"] for client in first}, Shelf(articles, prices))
    unpaid, advances = debts(clients, told)
    _put(folder / "managers.json", managers())
    _put(folder / "counterparties.json", clients)
    _put(folder / "orders.json", told)
    _put(folder / "receivables.json", unpaid)
    _put(folder / "advances.json", advances)
    _put(folder / "stock.json", _stock(articles))


def _table(name: str) -> list[dict[str, str]]:
    with (HORECA / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def _stock(articles: list[dict[str, str]]) -> list[dict[str, str]]:
    """How `offers.xml` shares the stock between the two warehouses."""
    root = etree.parse(str(HORECA / "commerceml" / "offers.xml")).getroot()
    refs = {guid("wh", name): name for name in WAREHOUSES}
    shares = {
        offer.findtext("{*}Ид"): {
            refs[one.findtext("{*}Ид") or ""]: one.findtext("{*}Количество") or "0"
            for one in offer.iterfind("{*}Остатки/{*}Остаток/{*}Склад")
        }
        for offer in root.iter("{*}Предложение")
    }
    return [{"sku": one["sku"], **shares[guid("item", one["sku"])]} for one in articles]


def _put(path: Path, rows: Iterable[Any]) -> None:
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(__file__).parent)
