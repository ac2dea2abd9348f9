"""Small CommerceML documents of every dialect, made to measure."""

from pathlib import Path

NAMESPACE = "urn:1C.ru:commerceml_2"
MILK = "11111111-1111-4111-8111-111111111111"
CHEESE = "22222222-2222-4222-8222-222222222222"
DAIRY = "33333333-3333-4333-8333-333333333333"
DRINKS = "44444444-4444-4444-8444-444444444444"
RETAIL = "55555555-5555-4555-8555-555555555555"
WHOLESALE = "66666666-6666-4666-8666-666666666666"
DRY = "77777777-7777-4777-8777-777777777777"
COLD = "88888888-8888-4888-8888-888888888888"
RED = "99999999-9999-4999-8999-999999999999"


def document(body: str, *, namespace: str = NAMESPACE, version: str = "2.08", prolog: str = "") -> str:
    declared = f' xmlns="{namespace}"' if namespace else ""
    prolog = prolog or '<?xml version="1.0" encoding="UTF-8"?>'
    return (
        f'{prolog}\n<КоммерческаяИнформация{declared} ВерсияСхемы="{version}"'
        f' ДатаФормирования="2026-11-20T06:15:42">\n{body}\n</КоммерческаяИнформация>'
    )


def group(id: str, name: str, *inner: str) -> str:
    groups = f"<Группы>{''.join(inner)}</Группы>" if inner else ""
    return f"<Группа><Ид>{id}</Ид><Наименование>{name}</Наименование>{groups}</Группа>"


def classifier(*groups: str, properties: str = "") -> str:
    return f"<Классификатор><Ид>k</Ид><Группы>{''.join(groups)}</Группы>{properties}</Классификатор>"


def product(id: str, name: str = "Молоко 2,5% 1 л", sku: str = "10661", *more: str, attributes: str = "") -> str:
    named = f"<Наименование>{name}</Наименование>" if name else ""
    article = f"<Артикул>{sku}</Артикул>" if sku else ""
    return f"\n<Товар{attributes}>\n<Ид>{id}</Ид>{article}{named}{''.join(more)}</Товар>"


def requisites(**values: str) -> str:
    return "<ЗначенияРеквизитов>{}</ЗначенияРеквизитов>".format(
        "".join(
            f"<ЗначениеРеквизита><Наименование>{name.replace('_', ' ')}</Наименование><Значение>{value}</Значение>"
            "</ЗначениеРеквизита>"
            for name, value in values.items()
        )
    )


def catalogue(*products: str, changes: str = "true") -> str:
    return f'<Каталог СодержитТолькоИзменения="{changes}"><Ид>c</Ид><Товары>{"".join(products)}</Товары></Каталог>'


def price_type(id: str = WHOLESALE, name: str = "Оптова", currency: str = "UAH") -> str:
    return (
        f"<ТипЦены><Ид>{id}</Ид><Наименование>{name}</Наименование><Валюта>{currency}</Валюта>"
        "<Налог><Наименование>НДС</Наименование><УчтеноВСумме>true</УчтеноВСумме></Налог></ТипЦены>"
    )


def warehouse(id: str = DRY, name: str = "Сухий склад") -> str:
    return f"<Склад><Ид>{id}</Ид><Наименование>{name}</Наименование></Склад>"


def price(value: str, kind: str = WHOLESALE, currency: str = "UAH", unit: str = "шт", per: str = "1") -> str:
    return (
        f"\n<Цена><Представление>9 999 RUB за пара</Представление><ИдТипаЦены>{kind}</ИдТипаЦены>"
        f"<ЦенаЗаЕдиницу>{value}</ЦенаЗаЕдиницу><Валюта>{currency}</Валюта><Единица>{unit}</Единица>"
        f"<Коэффициент>{per}</Коэффициент></Цена>"
    )


def offer(id: str, *prices: str, more: str = "", attributes: str = "") -> str:
    priced = f"<Цены>{''.join(prices)}</Цены>" if prices else ""
    return f"\n<Предложение{attributes}>\n<Ид>{id}</Ид>{priced}{more}</Предложение>"


def characteristic(value: str, name: str = "Колір") -> str:
    return (
        f"<ХарактеристикиТовара><ХарактеристикаТовара><Наименование>{name}</Наименование><Значение>{value}</Значение>"
        "</ХарактеристикаТовара></ХарактеристикиТовара>"
    )


def package(*offers: str, types: str = "", places: str = "", changes: str = "true") -> str:
    return (
        f'<ПакетПредложений СодержитТолькоИзменения="{changes}"><Ид>c#</Ид>'
        f"<ТипыЦен>{types or price_type()}</ТипыЦен><Склады>{places or warehouse()}</Склады>"
        f"<Предложения>{''.join(offers)}</Предложения></ПакетПредложений>"
    )


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path
