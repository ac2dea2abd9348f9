"""Fills a base with the invented wholesaler: catalogue, prices, stock, managers, clients, and their documents."""

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sandbox.horeca.wholesaler.guid import guid
from sandbox.onec.demo_documents import add_documents
from sandbox.onec.things import (
    Address,
    Article,
    Contract,
    Counterparty,
    Currency,
    Organisation,
    Pack,
    Person,
    PriceType,
    Unit,
    User,
    Warehouse,
)
from sandbox.onec.world import World

PRICE_TYPES = {"retail": "Роздрібна", "wholesale": "Оптова", "horeca_vip": "HoReCa VIP"}
WAREHOUSES = {"main": "Основний склад (сухий)", "cold": "Холодний склад"}
UNITS = {
    "шт": ("796", "Штука", "PCE"), "уп": ("778", "Упаковка", "PA"), "кг": ("166", "Кілограм", "KGM"),
    "бан": ("", "Банка", "CA"), "пач": ("728", "Пачка", "PK"), "пляш": ("868", "Пляшка", "BO"),
    "л": ("112", "Літр", "LTR"), "рул": ("736", "Рулон", "NPL"), "ящ": ("812", "Ящик", "BX"),
    "міш": ("", "Мішок", "SA"), "кор": ("", "Коробка", "CT"), "бл": ("", "Блок", "PK"),
    "рук": ("", "Рукав", "TU"), "лот": ("", "Лоток", "TR"),
}  # fmt: skip
EARLIER = Decimal("0.97")
"""Of today's price, before the latest price list came into force."""

Row = dict[str, Any]


def load(world: World, folder: Path, today: date) -> None:
    """Fills an empty `world` from `folder` (`sandbox/horeca/wholesaler`) and the price list beside it
    (`catalogue.csv`, `price_types.csv`); documents are dated back from `today`. References are always the same."""
    with world.filling():
        _frame(world, folder)
        refs = _articles(world, folder, today)
        clients = _clients(world, _rows(folder / "counterparties.json"))
        add_documents(world, folder, today, clients, refs)


def _rows(path: Path) -> list[Row]:
    return json.loads(path.read_text("utf-8"))  # type: ignore[no-any-return]


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def _frame(world: World, folder: Path) -> None:
    """What everything else points at."""
    world.add(Currency(ref=guid("currency", "980"), code="980", name="UAH", full_name="Українська гривня"))
    world.add(
        Organisation(
            ref=guid("organisation", "main"), code="000000001", name="ТОВ «ГастроОпт Демо»", edrpou="37000006",
            full_name="Товариство з обмеженою відповідальністю «ГастроОпт Демо»", tax_number="370000026508",
            iban="UA723003350000002600900000123",
        )
    )  # fmt: skip
    for unit, (code, full_name, international) in UNITS.items():
        world.add(Unit(ref=guid("unit", unit), code=code, name=unit, full_name=full_name, international=international))
    for key, name in PRICE_TYPES.items():
        world.add(PriceType(ref=guid("price", key), name=name, currency=guid("currency", "980")))
    for key, name in WAREHOUSES.items():
        world.add(Warehouse(ref=guid("wh", key), name=name))
    for row in _rows(folder / "managers.json"):
        ref = guid("user", row["name"])
        world.add(User(ref=ref, code=row["code"], name=row["name"], phone=row["phone"], email=row["mail"]))


def _articles(world: World, folder: Path, today: date) -> dict[str, Article]:
    """Folders, articles, prices and stock; the articles come back by sku."""
    prices = {row["sku"]: row for row in _table(folder.parent / "price_types.csv")}
    stock = {row["sku"]: row for row in _rows(folder / "stock.json")}
    list_of = datetime.combine(today - timedelta(days=20), time())
    articles = {}
    for row in _table(folder.parent / "catalogue.csv"):
        sku = row["sku"]
        article = articles[sku] = _article(world, row)
        for key in PRICE_TYPES:
            if prices[sku][key]:
                amount = Decimal(prices[sku][key])
                before = (amount * EARLIER).quantize(Decimal("0.01"))
                world.set_price(guid("price", key), article.ref, before, list_of - timedelta(days=345))
                world.set_price(guid("price", key), article.ref, amount, list_of)
        for key in WAREHOUSES:
            world.set_stock(guid("wh", key), article.ref, Decimal(stock[sku][key]))
    return articles


def _article(world: World, row: dict[str, str]) -> Article:
    sku = row["sku"]
    base = Pack(
        ref=guid("pack", sku), name=row["base_unit"], owner=guid("item", sku), unit=guid("unit", row["base_unit"])
    )
    world.add(base)
    pack = base
    if row["pack_unit"]:
        pack = Pack(
            ref=guid("pack", f"{sku}/{row['pack_unit']}"), name=row["pack_unit"], owner=base.owner,
            unit=guid("unit", row["pack_unit"]), coefficient=Decimal(row["pack_size"]),
        )  # fmt: skip
        world.add(pack)
    extra = {"Кратность": row["min_multiple"], "СрокГодности": row["shelf_life_days"]}
    return world.add(
        Article(
            ref=base.owner, code=f"00-{sku:0>8}", sku=sku, name=row["name_uk"], full_name=row["name_uk"],
            parent=_folder(world, row["category_path"]), unit=base.unit, base_pack=base.ref, pack=pack.ref,
            vat=row["vat"], barcode=row["barcode"], marked=row["active"] == "0",
            weight=Decimal(row["weight_kg"] or 0), extra={name: value for name, value in extra.items() if value},
        )
    )  # fmt: skip


def _folder(world: World, path: str) -> str:
    """The reference of a folder of articles, made with those above it."""
    above, _, name = path.rpartition("/")
    ref = guid("group", path)
    if ref not in world.articles:
        world.add(Article(ref=ref, name=name, parent=_folder(world, above) if above else "", folder=True))
    return ref


def _clients(world: World, rows: list[Row]) -> dict[str, tuple[Row, Counterparty]]:
    """Clients by their external ids."""
    keys = {name: guid("price", key) for key, name in PRICE_TYPES.items()}
    return {row["external_id"]: (row, _client(world, row, keys[row["price_type"]])) for row in rows}


def _client(world: World, row: Row, price_type: str) -> Counterparty:
    key = row["external_id"]
    client = Counterparty(
        ref=guid("client", key), code=row["code"], name=row["name"], full_name=row["full_name"], kind=row["kind"],
        edrpou=row["edrpou"], tax_number=row["tax_number"], marked=row["marked"], manager=guid("user", row["manager"]),
        contract=guid("contract", key), legal_address=row["legal_address"], phones=row["phones"], emails=row["mails"],
        addresses=[Address(one["address"], one["name"], guid("point", one["external_id"])) for one in row["points"]],
        people=[person.ref for person in _people(world, row)],
        comment=f"Мінімальне замовлення {row['minimum_order']} грн" if row["minimum_order"] else "",
    )  # fmt: skip
    signed = row["contract"]
    world.add(
        Contract(
            ref=client.contract, name=f"Договір {signed['number']}".strip(), owner=client.ref, number=signed["number"],
            date=datetime.fromisoformat(signed["date"]), price_type=price_type, payment_days=row["payment_days"],
            credit_limit=Decimal(row["credit_limit"]), currency=guid("currency", "980"),
            organisation=guid("organisation", "main"),
        )
    )  # fmt: skip
    return world.add(client)


def _people(world: World, row: Row) -> Iterator[Person]:
    """Contact persons; one who acts for two clients stands in the base twice, as in 1C."""
    for one in row["people"]:
        yield world.add(
            Person(
                ref=guid("person", f"{row['external_id']}/{one['external_id']}"), name=one["name"],
                owner=guid("client", row["external_id"]), position=one["position"], phones=[one["phone"]],
                emails=[one["mail"]] if one["mail"] else [],
            )
        )  # fmt: skip
