"""import.xml: the classifier with its groups, and the catalogue of articles."""

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.horeca.wholesaler.guid import guid
from sandbox.onec.commerceml.pen import Pen, number
from sandbox.onec.commerceml.versions import Version
from sandbox.onec.things import ZERO, Article
from sandbox.onec.world import World

CLASSIFIER = guid("classifier", "main")
CATALOGUE = guid("catalog", "main")
EXTRA = ("Кратность", "СрокГодности")
"""Attributes of an article that go out as requisites."""


@dataclass(frozen=True)
class Whole:
    """What is written: these articles of the base, and whether they are only those that changed."""

    articles: list[Article]
    only_changes: bool


def write_catalogue(pen: Pen, world: World, version: Version, chosen: Whole) -> None:
    with pen.root(version, world.now()):
        with pen.inside("Классификатор"):
            pen.put_many(Ид=CLASSIFIER, Наименование="Класифікатор (Основний каталог товарів)")
            owner(pen, world)
            _groups(pen, _children(world), "")
        with pen.inside("Каталог", {"СодержитТолькоИзменения": _truth(chosen.only_changes)}):
            pen.put_many(Ид=CATALOGUE, ИдКлассификатора=CLASSIFIER, Наименование="Основний каталог товарів")
            owner(pen, world)
            with pen.inside("Товары"):
                for article in chosen.articles:
                    _article(pen, world, version, article)


def owner(pen: Pen, world: World) -> None:
    """Владелец: whose base it is."""
    for one in list(world.organisations.values())[:1]:
        with pen.inside("Владелец"):
            pen.put_many(Ид=one.ref, Наименование=one.name, ОфициальноеНаименование=one.full_name or one.name)
            pen.put("ОКПО", one.edrpou)


def _children(world: World) -> dict[str, list[Article]]:
    """Folders by the folder above."""
    found: dict[str, list[Article]] = {}
    for one in world.articles.values():
        if one.folder and not one.marked:
            found.setdefault(one.parent, []).append(one)
    return found


def _groups(pen: Pen, children: dict[str, list[Article]], parent: str) -> None:
    if parent not in children:
        return
    with pen.inside("Группы"):
        for folder in children[parent]:
            with pen.inside("Группа"):
                pen.put_many(Ид=folder.ref, Наименование=folder.name)
                _groups(pen, children, folder.ref)


def _article(pen: Pen, world: World, version: Version, article: Article) -> None:
    gone = {"Статус": "Удален"} if article.marked and version.deletion == "status" else None
    with pen.inside("Товар", gone):
        pen.put("Ид", article.ref)
        if version.deletion == "mark":
            pen.put("ПометкаУдаления", article.marked)
        named(pen, world, version, article)
        if article.parent:
            with pen.inside("Группы"):
                pen.put("Ид", article.parent)
        if article.description:
            pen.put("Описание", article.description)
        rates(pen, article.vat)
        pen.requisites(_requisites(article))


def named(pen: Pen, world: World, version: Version, article: Article) -> None:
    """What an article and its offer both begin with."""
    if article.barcode:
        pen.put("Штрихкод", article.barcode)
    pen.put_many(Артикул=article.sku, Наименование=article.name)
    base_unit(pen, world, version, article)


def base_unit(pen: Pen, world: World, version: Version, article: Article) -> None:
    """БазоваяЕдиница; from 2.05 on it holds the pack."""
    unit, pack = world.units.get(article.unit), world.packs.get(article.pack)
    if unit is None:
        pen.put("БазоваяЕдиница")
        return
    told = {
        "Код": f"{unit.code:<4}" if len(unit.code) == 3 else "",
        "НаименованиеПолное": unit.full_name,
        "МеждународноеСокращение": unit.international,
    }
    if not version.packs or pack is None or pack.coefficient == 1:
        pen.put("БазоваяЕдиница", unit.name, told)
        return
    size = number(pack.coefficient)
    pen.mixed("БазоваяЕдиница", unit.name, told, "Пересчет", Единица=pack.name, Коэффициент=size)


def rates(pen: Pen, vat: str) -> None:
    """СтавкиНалогов; without VAT the rate is a word."""
    with pen.inside("СтавкиНалогов"), pen.inside("СтавкаНалога"):
        pen.put_many(Наименование="НДС", Ставка=vat or "Без НДС")


def _requisites(article: Article) -> dict[str, object]:
    kind = "Услуга" if article.service else "Товар"
    told: dict[str, object] = {"ВидНоменклатуры": kind, "ТипНоменклатуры": kind}
    told["Полное наименование"] = article.full_name or article.name
    if article.weight != ZERO:
        told["Вес"] = number(article.weight)
    return told | {name: article.extra[name] for name in EXTRA if name in article.extra}


def _truth(value: bool) -> str:
    return "true" if value else "false"


def goods(world: World, refs: Iterable[str] | None = None) -> list[Article]:
    """The articles of the base, or those of them that are named."""
    if refs is None:
        return list(world.goods())
    return [one for one in map(world.articles.get, refs) if one and not one.folder]
