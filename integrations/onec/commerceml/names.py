"""The words of CommerceML that carry what a price list needs."""

from collections.abc import Callable

from bot.domain.pricelist import thousandths

HRYVNIA = {"uah", "грн", "грн.", "980", "гривня", "гривна"}
YES = {"true", "1", "да", "так", "истина"}
NO = {"false", "0", "нет", "ні", "ложь"}
DELETED = {"Удален", "Удалён"}

REQUISITES = {
    "код": "code",
    "полное наименование": "full_name",
    "полноенаименование": "full_name",
    "наименование (рос.)": "name_ru",
    "наименование (рус.)": "name_ru",
    "наименованиерус": "name_ru",
    "name_ru": "name_ru",
    "вес": "weight_kg",
    "вага": "weight_kg",
    "кратность": "multiple",
    "кратність": "multiple",
    "срокгодности": "shelf_life_days",
    "срок годности": "shelf_life_days",
    "термін придатності": "shelf_life_days",
    "бренд": "brand",
    "торговая марка": "brand",
    "торговаямарка": "brand",
    "торгова марка": "brand",
    "марка": "brand",
    "производитель": "brand",
    "изготовитель": "brand",
    "виробник": "brand",
    "страна": "country",
    "страна происхождения": "country",
    "странапроисхождения": "country",
    "країна": "country",
    "країна походження": "country",
}

UNITS = {
    "штука": "шт",
    "килограмм": "кг",
    "кілограм": "кг",
    "литр": "л",
    "літр": "л",
    "упаковка": "уп",
    "метр": "м",
    "пара (2 шт.)": "пара",
    "ящик": "ящ",
}


def unit(text: str | None, full_name: str | None = None) -> str | None:
    """A unit as people write it: 'шт.' is 'шт'; by its full name where the element is empty."""
    said = (text or "").strip().rstrip(".").strip()
    if said:
        return said
    full = (full_name or "").strip()
    return UNITS.get(full.lower(), full.lower()) or None


def number(text: str | None, read: Callable[[str], int] = thousandths) -> int | None:
    """A number above zero, or None."""
    try:
        value = read(text) if text else 0
    except ValueError:
        return None
    return value if value > 0 else None
