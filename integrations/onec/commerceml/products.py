"""Groups, properties and products of a catalogue (Классификатор, Каталог)."""

import re
from collections.abc import Iterator
from typing import Any

from bot.domain.pricelist import ArticleRecord, CategoryRecord, Problem
from integrations.onec.commerceml.names import DELETED, YES, number, requisite, unit, vat

PROPERTY_VALUES = 200_000
LONGEST_ID = 200
Texts = dict[str, str | None]
_GUIDS = re.compile(r"[0-9A-Fa-f-]{36}(?:#[0-9A-Fa-f-]{36})?")
_LEADS_OUT = ("..", ":", "\\", "\0")


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
        said.setdefault(NAMES[child.tag], child.text)
    return said


def groups(element: Any, parent: str | None = None) -> Iterator[CategoryRecord | Problem]:
    """A group and all beneath it, parents first."""
    said = texts(element)
    own, name = key(said.get("Ид")), bare(said.get("Наименование"))
    if not own or not name:
        yield Problem("category", "no_name" if own else "no_id", element.sourceline or 0, name or own)
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
        field = requisite(said.get("Наименование"))
        if field is None:
            return
        self._fields[bare(said.get("Ид"))] = field
        for child in element.iter("{*}Справочник"):
            value = texts(child)
            if len(self._values) < PROPERTY_VALUES:
                self._values[bare(value.get("ИдЗначения"))] = bare(value.get("Значение"))

    def read(self, element: Any, fields: Texts) -> None:
        """Put the known ones among the values of a product into its fields."""
        for child in element if self._fields else ():
            said = texts(child)
            field = self._fields.get(bare(said.get("Ид")))
            value = bare(said.get("Значение"))
            if field and value:
                fields[field] = self._values.get(value, value)


def article(element: Any, properties: Properties) -> ArticleRecord | Problem:
    """One Товар."""
    said, barcodes = _said(element, properties)
    own = identity(said.get("Ид"))
    name = bare(said.get("Наименование")) or bare(said.get("full_name"))
    sku = bare(said.get("Артикул")) or bare(said.get("code"))
    active = element.get("Статус") not in DELETED and bare(said.get("ПометкаУдаления")).lower() not in YES
    if not own or (active and not name):
        code = "no_name" if own else "no_id"
        return Problem("article", code, element.sourceline or 0, name or sku, article=own or None)
    shelf = number(said.get("shelf_life_days"))
    return ArticleRecord(
        own,
        sku or None,
        with_characteristic(name, said.get("characteristic")),
        element.sourceline or 0,
        own.partition("#")[0] if "#" in own else None,
        name_ru=bare(said.get("name_ru")) or None,
        brand=bare(said.get("ТорговаяМарка") or said.get("brand") or said.get("Изготовитель")) or None,
        category=key(said.get("category")) or None,
        base_unit=said.get("base_unit"),
        pack_unit=said.get("pack_unit"),
        pack_size=number(said.get("pack_size")),
        multiple=number(said.get("multiple")),
        vat=vat(said.get("vat")),
        description=bare(said.get("Описание")) or None,
        photo=_inside(said.get("Картинка")),
        weight_kg=number(said.get("weight_kg")),
        country=bare(said.get("Страна") or said.get("country")) or None,
        shelf_life_days=shelf // 1000 if shelf else None,
        active=active,
        barcodes=barcodes,
    )


def _said(element: Any, properties: Properties) -> tuple[Texts, tuple[str, ...]]:
    """The product's texts by their element, and by our names what lies deeper."""
    said: Texts = {}
    barcodes: tuple[str, ...] = ()
    for child in element:
        name = NAMES[child.tag]
        if name == "ЗначенияРеквизитов":
            _requisites(child, said)
        elif name == "ЗначенияСвойств":
            properties.read(child, said)
        elif name == "БазоваяЕдиница":
            base_unit(child, said)
        elif name == "Группы":
            said["category"] = next((part.text for part in child), None)
        elif name == "СтавкиНалогов":
            said["vat"] = next((texts(part).get("Ставка") for part in child), None)
        elif name == "ХарактеристикиТовара":
            said["characteristic"] = characteristic(child)
        elif name in ("Изготовитель", "ТорговаяМарка"):
            said[name] = texts(child).get("Наименование") if len(child) else child.text
        elif name == "Штрихкод":
            barcodes += bar_codes(child.text)
        elif name not in said:
            said[name] = child.text
    return said, barcodes


def _requisites(element: Any, said: Texts) -> None:
    for child in element:
        field = None
        for part in child:
            if NAMES[part.tag] == "Наименование":
                field = requisite(part.text)
            elif field:
                said[field] = part.text


def base_unit(element: Any, said: Texts) -> None:
    """The base unit, and the pack counted in it (Пересчет with a coefficient other than one)."""
    said["base_unit"] = base = unit(element.text, element.get("НаименованиеПолное"))
    for child in element:
        if NAMES[child.tag] == "Пересчет":
            inner = texts(child)
            pack, size = unit(inner.get("Единица")), number(inner.get("Коэффициент"))
            if pack and size and size != 1000 and pack != base and not pack.isdigit():
                said["pack_unit"], said["pack_size"] = pack, inner["Коэффициент"]
                return


def characteristic(element: Any) -> str | None:
    values = [bare(texts(child).get("Значение")) for child in element]
    return ", ".join(value for value in values if value) or None


def with_characteristic(name: str, said: str | None) -> str:
    """The product's name with its characteristic, unless the name says it already."""
    return name if not said or not name or said.lower() in name.lower() else f"{name} ({said})"


def key(text: str | None) -> str:
    """An id as it is kept and sent back: a GUID in lower case, anything else as it is; an endless one is none."""
    said = text.strip() if text else ""
    if len(said) > LONGEST_ID:
        return ""
    return said.lower() if not said.islower() and _GUIDS.fullmatch(said) else said


def identity(text: str | None) -> str:
    """An article's id, without an empty characteristic."""
    own = key(text)
    if "#" not in own:
        return own
    product, _, variant = own.partition("#")
    return own if variant.strip("0-") else product


def bar_codes(text: str | None) -> tuple[str, ...]:
    if not text:
        return ()
    codes = [text] if text.isdigit() else [code.strip() for code in text.replace(";", ",").split(",")]
    return tuple(code for code in codes if 6 <= len(code) <= 18 and code.isascii() and code.isdigit())


def bare(text: str | None) -> str:
    return text.strip() if text else ""


def _inside(path: str | None) -> str | None:
    """A picture's path, if it stays inside the folder of pictures."""
    photo = bare(path)
    return None if not photo or photo.startswith("/") or any(part in photo for part in _LEADS_OUT) else photo
