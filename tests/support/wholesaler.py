"""A small wholesaler: a few shelves, two price types, two clients and the people who act for them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID, uuid5

from sqlalchemy import Connection, insert

from bot.db.books import Books
from bot.db.models import (
    Article,
    Assortment,
    AssortmentItem,
    Barcode,
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

SPACE = UUID("7e57ab1e-0000-4000-8000-000000000000")
FILLED_AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
OLENA_PHONE = "+380671112233"
ANDRII_PHONE = "+380501112233"
IRYNA_PHONE = "+380631112233"


def uid(name: str) -> UUID:
    return uuid5(SPACE, name)


@dataclass(frozen=True)
class Sort:
    """An article of the test's price list."""

    sku: str
    name: str
    name_ru: str
    category: str
    unit: str
    price: str
    vip: str | None = None
    pack: tuple[str, str] | None = None
    multiple: str = "1"
    stock: str = "100"


MILK = "Молоко 2,6% 1 л «Молочна Криниця»"
BURRATA = "Моцарела бурата 125 г"
CREAM = "Вершки 33% 1 л «Молочна Криниця»"
FLOUR = "Борошно пшеничне в/с 25 кг"
SORTS = (
    Sort("10661", MILK, "Молоко 2,6% 1 л", "Молоко", "шт", "47.90", "45.95", ("ящ", "12")),
    Sort("11011", CREAM, "Сливки 33% 1 л", "Молоко", "шт", "189.50", "180.00", ("ящ", "12")),
    Sort("15662", BURRATA, "Моцарелла бурата 125 г", "Сири", "шт", "92.00", pack=("ящ", "10"), stock="0"),
    Sort("15700", "Сир гауда брус", "Сыр гауда брус", "Сири", "кг", "312.00", "300.00", None, "0.5", "42.5"),
    Sort("60010", FLOUR, "Мука пшеничная в/с 25 кг", "Борошно", "кг", "18.40", "17.90", ("міш", "25"), "25", "2000"),
    Sort("60020", "Борошно рисове 1 кг", "Мука рисовая 1 кг", "Борошно", "шт", "74.00", None, ("ящ", "10")),
)  # fmt: skip


async def open_shop(books: Books) -> None:
    """Fill empty books."""
    await books.write(fill)


def fill(tx: Tx) -> None:
    connection = tx._connection
    _catalogue(connection)
    _clients(connection)


def _catalogue(connection: Connection) -> None:
    connection.execute(
        insert(Category),
        [
            {"id": uid(name), "name": name, "name_ru": ru, "parent_id": uid(parent) if parent else None, "position": n}
            for n, (name, ru, parent) in enumerate(
                (
                    ("Молочні продукти", "Молочные продукты", None),
                    ("Молоко", "Молоко", "Молочні продукти"),
                    ("Сири", "Сыры", "Молочні продукти"),
                    ("Борошно", "Мука", None),
                )
            )
        ],
    )
    connection.execute(
        insert(PriceType),
        [
            {"id": uid("wholesale"), "name": "Оптова", "currency": "UAH", "vat_included": True},
            {"id": uid("vip"), "name": "HoReCa VIP", "currency": "UAH", "vat_included": True},
        ],
    )
    connection.execute(insert(Warehouse).values(id=uid("warehouse"), name="Основний"))
    for sort in SORTS:
        _add(connection, sort)
    connection.execute(insert(Revision).values(subject="catalogue", value=1))


def _add(connection: Connection, sort: Sort) -> None:
    pack_unit, pack_size = (sort.pack[0], Decimal(sort.pack[1])) if sort.pack else (None, None)
    connection.execute(
        insert(Article).values(
            id=uid(sort.sku), sku=sort.sku, name=sort.name, name_ru=sort.name_ru, category_id=uid(sort.category),
            base_unit=sort.unit, pack_unit=pack_unit, pack_size=pack_size, multiple=Decimal(sort.multiple),
            vat=Decimal(20), active=True,
        )
    )  # fmt: skip
    connection.execute(insert(Barcode).values(article_id=uid(sort.sku), barcode=f"48200000{sort.sku}"))
    prices = {"wholesale": sort.price} | ({"vip": sort.vip} if sort.vip else {})
    for kind, price in prices.items():
        connection.execute(
            insert(Price).values(
                article_id=uid(sort.sku), price_type_id=uid(kind), price=Money.of(price), since=FILLED_AT
            )
        )
    connection.execute(
        insert(Stock).values(
            article_id=uid(sort.sku), warehouse_id=uid("warehouse"), quantity=Decimal(sort.stock), updated_at=FILLED_AT
        )
    )


def _clients(connection: Connection) -> None:
    connection.execute(insert(Manager).values(id=uid("manager"), name="Оксана Менеджер", phone="+380441234567"))
    connection.execute(insert(Assortment).values(id=uid("no rice"), name="Без рисового борошна"))
    connection.execute(
        insert(AssortmentItem),
        [{"assortment_id": uid("no rice"), "article_id": uid(s.sku)} for s in SORTS if s.sku != "60020"],
    )
    for name, kind, code, price_type, assortment in (
        ("Кафе «Ранок»", "fop", "1759013776", "wholesale", None),
        ("Готель «Дніпро»", "legal", "14360570", "vip", "no rice"),
    ):
        connection.execute(
            insert(Client).values(
                id=uid(name), name=name, kind=kind, tax_code=code, price_type_id=uid(price_type),
                assortment_id=uid(assortment) if assortment else None, manager_id=uid("manager"), payment_days=7,
                minimum_order=Money.of(500), active=True,
            )
        )  # fmt: skip
    for place, client in (
        ("Ранок на Подолі", "Кафе «Ранок»"),
        ("Ранок на Печерську", "Кафе «Ранок»"),
        ("Готель", "Готель «Дніпро»"),
    ):
        connection.execute(
            insert(DeliveryPoint).values(
                id=uid(place), client_id=uid(client), name=place, address=f"Київ, вул. {place}, 1", position=0,
                active=True,
            )
        )  # fmt: skip
    for name, phone, clients in (
        ("Олена", OLENA_PHONE, ("Кафе «Ранок»",)),
        ("Андрій", ANDRII_PHONE, ("Кафе «Ранок»",)),
        ("Ірина", IRYNA_PHONE, ("Готель «Дніпро»", "Кафе «Ранок»")),
    ):
        connection.execute(insert(Person).values(id=uid(name), name=name, phone=phone, active=True))
        for client in clients:
            connection.execute(
                insert(Membership).values(
                    person_id=uid(name), client_id=uid(client), orders=True, pays=True, signs=False
                )
            )
