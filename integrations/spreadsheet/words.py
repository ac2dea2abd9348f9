"""The words of headers in Ukrainian, Russian and English, and how they name price types."""

import re

FIELDS: dict[str, tuple[str, ...]] = {
    "sku": (
        "артикул", "арт", "код", "код товару", "код товара", "код номенклатури", "код номенклатуры", "sku", "article",
        "item code", "item no", "code", "vendor code", "номенклатурний номер", "номенклатурный номер",
    ),
    "name": (
        "назва", "назва товару", "найменування", "найменування товару", "наименование", "наименование товара",
        "название", "название товара", "товар", "номенклатура", "позиція", "позиция", "name", "product",
        "product name", "item", "description of goods", "name uk", "назва укр",
    ),
    "name_ru": ("name ru", "назва рос", "назва російською", "наименование рус", "название рус", "название на русском"),
    "base_unit": (
        "од", "од вим", "од виміру", "одиниця", "одиниця виміру", "одиниці", "ед", "ед изм", "единица",
        "единица измерения", "unit", "uom", "base unit", "вим",
    ),
    "pack": (
        "в ящику", "в упаковці", "в упаковке", "в ящике", "упаковка", "шт в ящику", "шт в ящике",
        "кількість в упаковці", "кількість в ящику", "количество в упаковке", "норма упаковки", "pack", "pack size",
        "package", "case", "qty per case", "вкладення", "вложение", "фасування",
    ),
    "pack_unit": ("pack unit", "тип упаковки", "вид упаковки", "одиниця упаковки", "единица упаковки"),
    "multiple": (
        "кратність", "кратность", "мінімальна кратність", "минимальная кратность", "multiple", "min multiple",
        "крок", "шаг", "мін кратність",
    ),
    "stock": (
        "залишок", "залишки", "остаток", "остатки", "наявність", "наличие", "кількість", "количество", "stock", "qty",
        "quantity", "склад", "на складі", "на складе", "вільний залишок", "свободный остаток", "к сть", "кол во",
    ),
    "barcode": ("штрихкод", "штрих код", "ean", "ean13", "barcode", "gtin", "шк"),
    "category": (
        "категорія", "категория", "група", "группа", "розділ", "раздел", "група товарів", "группа товаров", "category",
        "category path", "group", "section", "товарна група", "товарная группа",
    ),
    "subcategory": ("підкатегорія", "подкатегория", "підгрупа", "подгруппа", "subcategory", "subgroup", "вид"),
    "brand": ("бренд", "тм", "торгова марка", "торговая марка", "марка", "виробник", "производитель", "brand", "maker"),
    "vat": ("пдв", "ставка пдв", "пдв %", "ндс", "ставка ндс", "ндс %", "vat", "vat %", "tax"),
    "weight": ("вага", "вага кг", "вес", "вес кг", "weight", "weight kg", "маса", "масса"),
    "country": ("країна", "країна походження", "страна", "страна происхождения", "country", "origin"),
    "shelf_life": ("термін придатності", "термін", "срок годности", "shelf life", "shelf life days"),
    "active": ("активний", "активность", "active", "в продажу", "в продаже"),
    "description": ("опис", "описание", "description", "примітка", "примечание"),
}  # fmt: skip
FIELD_OF = {word: field for field, words in FIELDS.items() for word in words}

PRICE = re.compile(r"\b(?:ціна|цена|ціни|цены|price|вартість|стоимость|прайс)\b")
PRICE_TYPES = (
    ("Роздрібна", re.compile(r"роздріб|рознич|розниц|\bretail\b|\bррц\b|\brrp\b")),
    ("HoReCa VIP", re.compile(r"horeca[ _]vip|хорека[ _]vip")),
    ("Оптова", re.compile(r"\bопт|гурт|wholesale")),
    ("VIP", re.compile(r"\bvip\b|віп")),
    ("Базова", re.compile(r"\bbase\b|базов")),
)
ONLY_PRICE = "Основна"
_NOISE = re.compile(r"[^\w%#]+|_")


def plain(text: object) -> str:
    """A header as it is compared: lower case, words apart by one space."""
    return " ".join(_NOISE.sub(" ", str(text).lower()).split())


def field_of(header: str) -> str | None:
    """What a column of this header is, but for prices."""
    bare = re.sub(r"\s(?:грн|uah|кг|днів|дней|days|шт)$", "", header)
    return FIELD_OF.get(header) or FIELD_OF.get(bare)


def price_type_of(header: str, title: str = "") -> str | None:
    """The price type that a header names; a bare 'Ціна' is of the type that the title of the sheet speaks of."""
    for name, pattern in PRICE_TYPES:
        if pattern.search(header):
            return name
    if not PRICE.search(header):
        return None
    own = re.sub(r"\b(?:грн|uah|за од|за шт|за кг|з пдв|с ндс|без пдв|без ндс)\b", " ", PRICE.sub(" ", header)).strip()
    if own:
        return " ".join(own.split()).capitalize()
    return next((name for name, pattern in PRICE_TYPES if pattern.search(title)), ONLY_PRICE)
