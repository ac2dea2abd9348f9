"""The words of CommerceML that carry what a price list needs."""

from functools import lru_cache

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


REMEMBERED = 4096


@lru_cache(REMEMBERED)
def requisite(name: str | None) -> str | None:
    """The field that a requisite or a property of this name fills, if any."""
    return REQUISITES.get(name.strip().lower()) if name else None


@lru_cache(REMEMBERED)
def unit(text: str | None, full_name: str | None = None) -> str | None:
    """A unit as people write it: 'шт.' is 'шт'; by its full name where the element is empty."""
    said = (text or "").strip().rstrip(".").strip()
    if said:
        return said
    full = (full_name or "").strip()
    return UNITS.get(full.lower(), full.lower()) or None


@lru_cache(REMEMBERED)
def number(text: str | None) -> int | None:
    """A number above zero in thousandths, or None."""
    try:
        value = thousandths(text) if text else 0
    except ValueError:
        return None
    return value if value > 0 else None


@lru_cache(REMEMBERED)
def vat(text: str | None) -> int | None:
    """A rate in thousandths of a per cent point: '20' is 20000, 'Без НДС' is 0."""
    said = (text or "").strip().rstrip("%").strip()
    if said.lower().startswith(("без", "не ")) or said == "0":
        return 0
    return number(said)


def is_hryvnia(currency: str) -> bool:
    return currency == "UAH" or currency.strip().lower() in HRYVNIA
