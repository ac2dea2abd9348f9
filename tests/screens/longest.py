"""A wholesaler with the longest names there are: articles, categories, clients and addresses of the sample data."""

import csv
import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from bot.db.models import (
    Article,
    Assortment,
    Category,
    Client,
    DeliveryPoint,
    Manager,
    Membership,
    Person,
    Price,
    PriceType,
    Revision,
    Stock,
    Warehouse,
)
from bot.db.tx import Tx
from bot.domain.money import Money
from handlers.preview import Cast
from tests.screens.history import past_orders
from tests.support.wholesaler import FILLED_AT, uid

HORECA = Path(__file__).parents[2] / "sandbox" / "horeca"
PICTURES = HORECA / "pictures"
ARTICLES = 230
SHELF = 24
DESCRIPTION = "Зберігати за температури від +2 до +6 °C; після відкриття спожити протягом доби. " * 8
FULL_FORM = "Товариство з обмеженою відповідальністю"

CAST = Cast(
    buyer="+380671112233", regular="+380671112244", single="+380671112255", newcomer="+380671112266",
    several="+380671112277", bookkeeper="+380671112288", barred="+380671112299", unknown="+380671119999",
    packed="12109", loose="16770", unpriced="82241", absent="23671", scarce="11310", withdrawn="19533",
    widespread="сир", misspelt="чіабата", nonsense="щщщщщщщ",
)  # fmt: skip
SPECIAL: dict[str, dict[str, Any]] = {
    CAST.packed: {"photo": "molochni-produkty.png", "description": DESCRIPTION, "country": "Нова Зеландія"},
    CAST.loose: {"pack_unit": None, "pack_size": None, "multiple": "0.5", "stock": "42.5"},
    CAST.unpriced: {"price": None},
    CAST.absent: {"stock": "0"},
    CAST.scarce: {"stock": "0.5"},
    CAST.withdrawn: {},
}
Row = dict[str, str]


def fill(tx: Tx) -> None:
    """Into empty books."""
    connection = tx._connection
    _categories(connection)
    connection.execute(insert(PriceType).values(id=uid("wholesale"), name="Оптова", currency="UAH", vat_included=True))
    connection.execute(insert(Warehouse).values(id=uid("warehouse"), name="Основний"))
    for row in longest_articles():
        _article(connection, row)
    connection.execute(insert(Revision).values(subject="catalogue", value=1))
    _clients(connection)
    past_orders(tx, CAST, [row["sku"] for row in ordinary()])


@cache
def longest_articles() -> list[Row]:
    """The articles with the longest names in either language, the longest first."""
    return sorted(_catalogue(), key=lambda row: -max(len(row["name_uk"]), len(row["name_ru"])))[:ARTICLES]


def ordinary() -> list[Row]:
    """The longest names among articles about which there is nothing special."""
    return [row for row in longest_articles() if row["sku"] not in SPECIAL]


@cache
def _catalogue() -> list[Row]:
    with (HORECA / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _categories(connection: Connection) -> None:
    """The whole tree; shelves with the longest names first."""
    with (HORECA / "pictures.csv").open(encoding="utf-8", newline="") as file:
        pictures = {row["category_path"]: row["file"] for row in csv.DictReader(file)}
    paths = sorted(pictures, key=lambda path: (path.count("/"), -len(path.rpartition("/")[2]), path))
    for position, path in enumerate(paths):
        parent, _, name = path.rpartition("/")
        connection.execute(
            insert(Category).values(
                id=uid(path), parent_id=uid(parent) if parent else None, name=name, position=position,
                picture=pictures[path],
            )
        )  # fmt: skip


def _longest_shelf() -> str:
    """The first leaf one meets: the longest name on the shelf with the longest name."""
    tops = {row["category_path"].partition("/")[0] for row in _catalogue()}
    top = min(tops, key=lambda name: (-len(name), name))
    leaves = {row["category_path"] for row in _catalogue() if row["category_path"].startswith(f"{top}/")}
    return min(leaves, key=lambda path: (-len(path), path))


def _article(connection: Connection, row: Row) -> None:
    special = SPECIAL.get(row["sku"], {})
    values = {
        "pack_unit": row["pack_unit"] or None,
        "pack_size": row["pack_size"] or None,
        "multiple": row["min_multiple"],
        "price": row["price_base"],
        "stock": "100000",
        "country": row["country"],
    } | special
    on_shelf = row["sku"] in {each["sku"] for each in longest_articles()[:SHELF]}
    price, stock = values.pop("price"), values.pop("stock")
    connection.execute(
        insert(Article).values(
            id=uid(row["sku"]), sku=row["sku"], name=row["name_uk"], name_ru=row["name_ru"], base_unit=row["base_unit"],
            category_id=uid(_longest_shelf() if on_shelf else row["category_path"]), active=True,
            shelf_life_days=int(row["shelf_life_days"]) if row["shelf_life_days"] else None,
            **(values | {key: Decimal(values[key]) for key in ("pack_size", "multiple") if values[key]}),
        )
    )  # fmt: skip
    article = {"article_id": uid(row["sku"])}
    if price is not None:
        of_price = {"price_type_id": uid("wholesale"), "price": Money.of(price), "since": FILLED_AT}
        connection.execute(insert(Price).values(**article, **of_price))
    connection.execute(
        insert(Stock).values(
            **article, warehouse_id=uid("warehouse"), quantity=Decimal(stock), updated_at=FILLED_AT
        )
    )  # fmt: skip


def _clients(connection: Connection) -> None:
    connection.execute(insert(Assortment).values(id=uid("nothing"), name="Нічого"))
    connection.execute(insert(Manager).values(id=uid("with phone"), name=_longest("manager"), phone="+380441234501"))
    connection.execute(insert(Manager).values(id=uid("without phone"), name=_longest("manager"), phone=None))
    full = f"{FULL_FORM} {_longest('name').removeprefix('ТОВ ')}"
    _client(connection, CAST.buyer, full, points=9)
    _client(connection, CAST.regular, _longest("name"), points=2)
    _client(connection, CAST.single, _longest("name"), points=1, manager="without phone")
    _client(connection, CAST.newcomer, _longest("name"), points=0, manager=None)
    _client(connection, CAST.barred, _longest("name"), points=0, assortment="nothing")
    for number in range(9):
        _client(connection, f"{CAST.several} {number}", f"{full} № {number + 1}", points=1)
    for phone in (CAST.buyer, CAST.regular, CAST.single, CAST.newcomer, CAST.barred):
        _person(connection, phone, [phone])
    _person(connection, CAST.several, [f"{CAST.several} {number}" for number in range(9)])
    _person(connection, CAST.bookkeeper, [CAST.buyer], orders=False)


def _client(
    connection: Connection, key: str, name: str, *, points: int, manager: str | None = "with phone",
    assortment: str | None = None,
) -> None:  # fmt: skip
    connection.execute(
        insert(Client).values(
            id=uid(key), name=name, kind="legal", tax_code="14360570", price_type_id=uid("wholesale"), payment_days=14,
            assortment_id=uid(assortment) if assortment else None, manager_id=uid(manager) if manager else None,
            minimum_order=Money.of(3000), active=True,
        )
    )  # fmt: skip
    for position in range(points):
        connection.execute(
            insert(DeliveryPoint).values(
                id=uid(f"{key}, point {position}"), client_id=uid(key), name=f"{_longest_point('name')} № {position + 1}",
                address=f"{_longest_point('address')}, корпус {position + 1}, вхід із двору", position=position,
                active=True,
            )
        )  # fmt: skip


def _person(connection: Connection, phone: str, clients: list[str], *, orders: bool = True) -> None:
    names = [person["name"] for client in _sample_clients() for person in client["people"]]
    connection.execute(insert(Person).values(id=uid(f"person {phone}"), name=max(names, key=len), phone=phone, active=True))
    for key in clients:
        connection.execute(
            insert(Membership).values(
                person_id=uid(f"person {phone}"), client_id=uid(key), orders=orders, pays=True, signs=False
            )
        )


def _longest(field: str) -> str:
    return max((str(client[field]) for client in _sample_clients()), key=len)


def _longest_point(field: str) -> str:
    return max((str(point[field]) for client in _sample_clients() for point in client["points"]), key=len)


@cache
def _sample_clients() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((HORECA / "clients.json").read_text("utf-8"))
    return found
