"""A wholesaler with the longest names there are: articles, categories, clients and addresses of the sample data."""

from decimal import Decimal
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
from tests.screens.sample import (
    Row,
    address,
    longest,
    longest_articles,
    longest_of_person,
    longest_shelf,
    pictures,
    place,
)
from tests.support.wholesaler import FILLED_AT, uid

ARTICLES = 230
SHELF = 24
CLIENTS = 8
POINTS = 9
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
    CAST.unpriced: {"price": None, "stock": None},
    CAST.absent: {"stock": "0"},
    CAST.scarce: {"stock": "3"},
    CAST.withdrawn: {},
}


def fill(tx: Tx) -> None:
    """Into empty books."""
    connection = tx._connection
    for position, (path, picture) in enumerate(pictures().items()):
        _category(connection, path, picture, position)
    connection.execute(insert(PriceType).values(id=uid("wholesale"), name="Оптова", currency="UAH", vat_included=True))
    connection.execute(insert(Warehouse).values(id=uid("warehouse"), name="Основний"))
    for rank, row in enumerate(longest_articles(ARTICLES)):
        _article(connection, row, longest_shelf() if rank < SHELF else row["category_path"])
    connection.execute(insert(Revision).values(subject="catalogue", value=1))
    _clients(connection)
    past_orders(tx, CAST, [row["sku"] for row in ordinary()])


def ordinary() -> list[Row]:
    """The longest names among articles about which there is nothing special."""
    return [row for row in longest_articles(ARTICLES) if row["sku"] not in SPECIAL]


def _category(connection: Connection, path: str, picture: str, position: int) -> None:
    parent, _, name = path.rpartition("/")
    connection.execute(
        insert(Category).values(
            id=uid(path), parent_id=uid(parent) if parent else None, name=name, position=position, picture=picture
        )
    )


def _article(connection: Connection, row: Row, shelf: str) -> None:
    sold = {
        "pack_unit": row["pack_unit"] or None, "pack_size": row["pack_size"] or None, "multiple": row["min_multiple"],
        "price": row["price_base"], "stock": "100000", "country": row["country"], "photo": None, "description": None,
    } | SPECIAL.get(row["sku"], {})  # fmt: skip
    id = uid(row["sku"])
    connection.execute(
        insert(Article).values(
            id=id, sku=row["sku"], external_id=row["sku"], name=row["name_uk"], name_ru=row["name_ru"],
            base_unit=row["base_unit"],
            category_id=uid(shelf), active=True, multiple=Decimal(sold["multiple"]), pack_unit=sold["pack_unit"],
            pack_size=Decimal(sold["pack_size"]) if sold["pack_size"] else None, photo=sold["photo"],
            shelf_life_days=int(row["shelf_life_days"] or 0) or None, country=sold["country"],
            description=sold["description"],
        )
    )  # fmt: skip
    if sold["price"]:
        price = {"price_type_id": uid("wholesale"), "price": Money.of(sold["price"]), "since": FILLED_AT}
        connection.execute(insert(Price).values(article_id=id, **price))
    if sold["stock"]:
        stock = {"warehouse_id": uid("warehouse"), "quantity": Decimal(sold["stock"]), "updated_at": FILLED_AT}
        connection.execute(insert(Stock).values(article_id=id, **stock))


def _clients(connection: Connection) -> None:
    connection.execute(insert(Assortment).values(id=uid("nothing"), name="Нічого"))
    connection.execute(insert(Manager).values(id=uid("with phone"), name=longest("manager"), phone="+380441234501"))
    connection.execute(insert(Manager).values(id=uid("without phone"), name=longest("manager"), phone=None))
    full = f"{FULL_FORM} {longest('name').removeprefix('ТОВ ')}"
    _client(connection, CAST.buyer, full, points=POINTS)
    _client(connection, CAST.regular, longest("name"), points=2)
    _client(connection, CAST.single, longest("name"), points=1, manager="without phone")
    _client(connection, CAST.newcomer, longest("name"), points=0, manager=None)
    _client(connection, CAST.barred, longest("name"), points=0, assortment="nothing")
    of_several = [f"{CAST.several}, client {number}" for number in range(1, CLIENTS + 1)]
    for number, key in enumerate(of_several, 1):
        _client(connection, key, f"{full} № {number}", points=1)
    for phone in (CAST.buyer, CAST.regular, CAST.single, CAST.newcomer, CAST.barred):
        _person(connection, phone, [phone])
    _person(connection, CAST.several, of_several)
    _person(connection, CAST.bookkeeper, [CAST.buyer], orders=False)


def _client(
    connection: Connection,
    key: str,
    name: str,
    *,
    points: int,
    manager: str | None = "with phone",
    assortment: str | None = None,
) -> None:
    connection.execute(
        insert(Client).values(
            id=uid(key), external_id=key, name=name,
            kind="legal", tax_code="14360570", price_type_id=uid("wholesale"), payment_days=14,
            assortment_id=uid(assortment) if assortment else None, manager_id=uid(manager) if manager else None,
            minimum_order=Money.of(3000), active=True,
        )
    )  # fmt: skip
    for number in range(1, points + 1):
        connection.execute(
            insert(DeliveryPoint).values(
                id=uid(f"{key}, point {number}"), client_id=uid(key), name=place(number), address=address(number),
                position=number, active=True,
            )
        )  # fmt: skip


def _person(connection: Connection, phone: str, clients: list[str], *, orders: bool = True) -> None:
    person = uid(f"person {phone}")
    connection.execute(insert(Person).values(id=person, name=longest_of_person("name"), phone=phone, active=True))
    for key in clients:
        membership = {"person_id": person, "client_id": uid(key), "orders": orders, "pays": True, "signs": False}
        connection.execute(insert(Membership).values(**membership))
