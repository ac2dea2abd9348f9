"""offers.xml: price types, warehouses, and the prices and stock of articles; from 2.08 on perhaps in three files."""

from decimal import Decimal

from sandbox.onec.commerceml.catalogue import CATALOGUE, CLASSIFIER, Whole, named, owner
from sandbox.onec.commerceml.pen import Pen, number
from sandbox.onec.commerceml.versions import Version
from sandbox.onec.things import ZERO, Article
from sandbox.onec.world import World

ALL = frozenset(("offers", "prices", "rests"))


def write_offers(pen: Pen, world: World, version: Version, chosen: Whole, parts: frozenset[str] = ALL) -> None:
    """`parts` says which of offers, prices and rests stand in this file."""
    changes = {"СодержитТолькоИзменения": "true" if chosen.only_changes else "false"}
    with pen.root(version, world.now()), pen.inside("ПакетПредложений", changes):
        pen.put_many(Ид=f"{CATALOGUE}#", Наименование="Пакет пропозицій (Основний каталог товарів)")
        pen.put_many(ИдКаталога=CATALOGUE, ИдКлассификатора=CLASSIFIER)
        owner(pen, world)
        if "offers" in parts:
            _price_types(pen, world)
            if version.stock != "total":
                _warehouses(pen, world)
        with pen.inside("Предложения"):
            for article in chosen.articles:
                _offer(pen, world, version, article, parts)


def _price_types(pen: Pen, world: World) -> None:
    with pen.inside("ТипыЦен"):
        for one in world.price_types.values():
            with pen.inside("ТипЦены"):
                pen.put_many(Ид=one.ref, Наименование=one.name, Валюта=currency(world))
                with pen.inside("Налог"):
                    pen.put_many(Наименование="НДС", УчтеноВСумме=one.includes_vat, Акциз=False)


def currency(world: World) -> str:
    return next((one.name for one in world.currencies.values()), "UAH")


def _warehouses(pen: Pen, world: World) -> None:
    with pen.inside("Склады"):
        for one in world.warehouses.values():
            with pen.inside("Склад"):
                pen.put_many(Ид=one.ref, Наименование=one.name)


def _offer(pen: Pen, world: World, version: Version, article: Article, parts: frozenset[str]) -> None:
    with pen.inside("Предложение"):
        pen.put("Ид", article.ref)
        if "offers" in parts:
            named(pen, world, version, article)
        if "prices" in parts:
            _prices(pen, world, article)
        if "rests" in parts:
            _stock(pen, world, version, article)


def _prices(pen: Pen, world: World, article: Article) -> None:
    """One Цена for each price type that has one, for the base unit."""
    unit = world.units[article.unit].name if article.unit in world.units else ""
    money = currency(world)
    with pen.inside("Цены"):
        for one in world.price_types.values():
            price = world.price(one.ref, article.ref)
            if price is None:
                continue
            with pen.inside("Цена"):
                words = f"{price:.2f}".replace(".", ",")
                pen.put_many(Представление=f"{words} {money} за {unit}", ИдТипаЦены=one.ref)
                pen.put_many(ЦенаЗаЕдиницу=f"{price:.2f}", Валюта=money, Единица=unit, Коэффициент=1)


def _stock(pen: Pen, world: World, version: Version, article: Article) -> None:
    held = {ref: _held(world, ref, article.ref) for ref in world.warehouses}
    if version.stock != "rests":
        pen.put("Количество", number(sum(held.values(), ZERO)))
    if version.stock == "attributes":
        for ref, quantity in held.items():
            pen.put("Склад", "", {"ИдСклада": ref, "КоличествоНаСкладе": number(quantity)})
    if version.stock == "rests":
        with pen.inside("Остатки"):
            for ref, quantity in held.items():
                with pen.inside("Остаток"), pen.inside("Склад"):
                    pen.put_many(Ид=ref, Количество=number(quantity))


def _held(world: World, warehouse: str, article: str) -> Decimal:
    found = world.stock.get((warehouse, article))
    return found.quantity if found else ZERO
