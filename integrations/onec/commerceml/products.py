"""Groups, properties and products of a catalogue (Классификатор, Каталог)."""

from collections.abc import Iterator
from typing import Any

from bot.domain.pricelist import ArticleRecord, CategoryRecord, Problem
from integrations.onec.commerceml.names import DELETED, REQUISITES, YES, number, unit

PROPERTY_VALUES = 200_000
Texts = dict[str, str | None]


class LocalNames(dict[Any, str]):
    """Names without a namespace, whatever it is."""

    def __missing__(self, tag: Any) -> str:
        name = str(tag).rpartition("}")[2]
        if len(self) < 10_000:
            self[tag] = name
        return name


NAMES = LocalNames()


def texts(element: Any) -> Texts:
    """The texts of the children; the first of a name counts."""
    said: Texts = {}
    for child in element:
        name = NAMES[child.tag]
        if name not in said:
            said[name] = child.text
    return said


def groups(element: Any, parent: str | None = None) -> Iterator[CategoryRecord | Problem]:
    """A group and all beneath it, parents first."""
    said = texts(element)
    own, name = _bare(said.get("Ид")), _bare(said.get("Наименование"))
    if not own or not name:
        yield Problem("category", "no_id" if not own else "no_name", element.sourceline or 0, name or own)
        return
    yield CategoryRecord(own, name, parent, element.sourceline or 0)
    for child in element:
        if NAMES[child.tag] == "Группы":
            for group in child:
                yield from groups(group, own)


class Properties:
    """The properties that say a brand or a country, with the names of their values."""

    def __init__(self) -> None:
        self._fields: dict[str, str] = {}
        self._values: dict[str, str] = {}

    def learn(self, element: Any) -> None:
        said = texts(element)
        field = REQUISITES.get(_bare(said.get("Наименование")).lower())
        if field is None:
            return
        self._fields[_bare(said.get("Ид"))] = field
        for child in element.iter("{*}Справочник"):
            value = texts(child)
            if len(self._values) < PROPERTY_VALUES:
                self._values[_bare(value.get("ИдЗначения"))] = _bare(value.get("Значение"))

    def read(self, element: Any) -> Iterator[tuple[str, str]]:
        """The known fields among the values of a product."""
        for child in element:
            said = texts(child)
            field = self._fields.get(_bare(said.get("Ид")))
            value = _bare(said.get("Значение"))
            if field and value:
                yield field, self._values.get(value, value)


def article(element: Any, properties: Properties) -> ArticleRecord | Problem:
    """One Товар."""
    line = element.sourceline or 0
    said: Texts = {}
    fields: Texts = {}
    barcodes: list[str] = []
    for child in element:
        name = NAMES[child.tag]
        if name == "ЗначенияРеквизитов":
            fields.update(requisites(child))
        elif name == "ЗначенияСвойств":
            fields.update(properties.read(child))
        elif name == "БазоваяЕдиница":
            fields.update(base_unit(child))
        elif name == "Группы":
            fields["category"] = texts(child).get("Ид")
        elif name == "СтавкиНалогов":
            fields["vat"] = tax(child)
        elif name == "ХарактеристикиТовара":
            fields["characteristic"] = characteristic(child)
        elif name in ("Изготовитель", "ТорговаяМарка") and len(child):
            said[name] = texts(child).get("Наименование")
        elif name == "Штрихкод":
            barcodes.extend(bar_codes(child.text))
        elif name not in said:
            said[name] = child.text
    own, name = identity(said.get("Ид")), _bare(said.get("Наименование")) or _bare(fields.get("full_name"))
    active = (said.get("ПометкаУдаления") or "").strip().lower() not in YES and element.get("Статус") not in DELETED
    if not own or (active and not name):
        code = "no_name" if own else "no_id"
        return Problem("article", code, line, name or _bare(said.get("Артикул")), article=own or None)
    shelf = number(fields.get("shelf_life_days"))
    return ArticleRecord(
        own,
        _bare(said.get("Артикул")) or _bare(fields.get("code")) or None,
        with_characteristic(name, fields.get("characteristic")),
        line,
        parent=own.partition("#")[0] if "#" in own else None,
        name_ru=_bare(fields.get("name_ru")) or None,
        brand=_bare(said.get("ТорговаяМарка")) or _bare(fields.get("brand")) or _bare(said.get("Изготовитель")) or None,
        category=_bare(fields.get("category")) or None,
        base_unit=fields.get("base_unit"),
        pack_unit=fields.get("pack_unit"),
        pack_size=number(fields.get("pack_size")) if fields.get("pack_unit") else None,
        multiple=number(fields.get("multiple")),
        vat=vat(fields.get("vat")),
        description=_bare(said.get("Описание")) or None,
        photo=_bare(said.get("Картинка")) or None,
        weight_kg=number(fields.get("weight_kg")),
        country=_bare(said.get("Страна")) or _bare(fields.get("country")) or None,
        shelf_life_days=shelf // 1000 if shelf else None,
        active=active,
        barcodes=tuple(barcodes),
    )


def requisites(element: Any) -> Iterator[tuple[str, str | None]]:
    for child in element:
        name = value = None
        for part in child:
            if NAMES[part.tag] == "Наименование":
                name = part.text
            else:
                value = part.text
        field = REQUISITES.get((name or "").lower())
        if field and value:
            yield field, value


def base_unit(element: Any) -> Iterator[tuple[str, str | None]]:
    """The base unit, and the pack counted in it (Пересчет with a coefficient above one)."""
    base = unit(element.text, element.get("НаименованиеПолное"))
    yield "base_unit", base
    for child in element:
        if NAMES[child.tag] == "Пересчет":
            said = texts(child)
            pack, size = unit(said.get("Единица")), number(said.get("Коэффициент"))
            if pack and size and size != 1000 and pack != base and not pack.isdigit():
                yield "pack_unit", pack
                yield "pack_size", said.get("Коэффициент")
                return


def tax(element: Any) -> str | None:
    for child in element:
        return texts(child).get("Ставка")
    return None


def vat(text: str | None) -> int | None:
    """A rate in thousandths of a per cent point: '20' is 20000, 'Без НДС' is 0."""
    said = (text or "").strip().rstrip("%").strip()
    if not said:
        return None
    if said.lower().startswith(("без", "не ")):
        return 0
    return 0 if said == "0" else number(said)


def characteristic(element: Any) -> str | None:
    values = [_bare(texts(child).get("Значение")) for child in element]
    return ", ".join(value for value in values if value) or None


def with_characteristic(name: str, said: str | None) -> str:
    """The product's name with its characteristic, unless the name says it already."""
    return name if not said or not name or said.lower() in name.lower() else f"{name} ({said})"


def identity(text: str | None) -> str:
    """An id as it is kept: in lower case, without an empty characteristic."""
    own, _, variant = (text or "").strip().lower().partition("#")
    return f"{own}#{variant}" if own and variant.strip("0-") else own


def bar_codes(text: str | None) -> list[str]:
    codes = (code.strip() for code in (text or "").replace(";", ",").split(","))
    return [code for code in codes if code.isascii() and code.isdigit() and 6 <= len(code) <= 18]


def _bare(text: str | None) -> str:
    return text.strip() if text else ""
