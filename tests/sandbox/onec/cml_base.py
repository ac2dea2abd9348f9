"""A base small enough to be made for every test."""

from decimal import Decimal

from sandbox.horeca.wholesaler.guid import guid
from sandbox.onec.entering import add_article, add_counterparty
from sandbox.onec.things import Currency, Organisation, PriceType, Unit, Warehouse
from sandbox.onec.world import World

MILK = guid("item", "10661")
HOTEL = guid("client", "C-002")
BISTRO = guid("client", "C-003")


def small_base() -> World:
    """Milk at one price, a hotel and a bistro."""
    world = World()
    with world.filling():
        world.add(Currency(code="980", name="UAH"))
        world.add(Organisation(name="ТОВ «ГастроОпт Демо»", edrpou="37000006"))
        unit = world.add(Unit(code="796", name="шт"))
        price_type = world.add(PriceType(name="Оптова"))
        world.add(Warehouse(name="Основний склад"))
        add_article(world, ref=MILK, sku="10661", name="Молоко 2,6%", unit=unit.ref)
        world.set_price(price_type.ref, MILK, Decimal("47.90"))
        for ref, name, code in ((HOTEL, "ТОВ «Готель»", "31451288"), (BISTRO, "ТОВ «Бістро»", "32855961")):
            add_counterparty(world, ref=ref, name=name, edrpou=code, price_type=price_type.ref)
    return world
