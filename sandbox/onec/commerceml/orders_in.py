"""Reads the site's orders, as strictly as a base does: what is missing or misspelt is a mistake of the whole file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

ROOT = "КоммерческаяИнформация"
DELIVERY = "ORDER_DELIVERY"


class Unreadable(Exception):
    """The base cannot load the file; the words say why."""


@dataclass(frozen=True)
class SiteClient:
    """A buyer by the site's id; `code` is ОКПО, ЕГРПО or ИНН."""

    id: str
    name: str
    full_name: str
    code: str
    company: bool
    phones: list[str]
    mails: list[str]
    address: str


@dataclass(frozen=True)
class SiteLine:
    """A row of goods; `quantity` in a unit of `coefficient` base units, `amount` after `discount`."""

    id: str
    sku: str
    name: str
    unit: str
    service: bool
    quantity: Decimal
    price: Decimal
    amount: Decimal
    coefficient: Decimal
    discount: Decimal


@dataclass(frozen=True)
class SiteOrder:
    """An order of the site."""

    id: str
    number: str
    date: datetime
    comment: str
    total: Decimal
    client: SiteClient
    lines: list[SiteLine]
    requisites: dict[str, str] = field(default_factory=dict)


def read_orders(body: bytes) -> list[SiteOrder]:
    """The orders of the answer to `mode=query`; raises Unreadable."""
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as trouble:
        raise Unreadable(f"не XML: {trouble}") from trouble
    if _local(root) != ROOT:
        raise Unreadable(f"корень {_local(root)}")
    documents = [one for one in root.iter() if isinstance(one.tag, str) and _local(one) == "Документ"]
    return [_order(one) for one in documents if _need(one, "ХозОперация") == "Заказ товара"]


def _order(node: etree._Element) -> SiteOrder:
    if _need(node, "Роль") != "Продавец":
        raise Unreadable("Роль документа")
    for name in ("Валюта", "Курс"):
        _need(node, name)
    return SiteOrder(
        id=_need(node, "Ид"),
        number=_need(node, "Номер"),
        date=_moment(node),
        comment=_text(node, "Комментарий"),
        total=_decimal(node, "Сумма"),
        client=_client(_only(_only(node, "Контрагенты"), "Контрагент")),
        lines=[_line(one) for one in _all(_only(node, "Товары"), "Товар")],
        requisites=_requisites(node),
    )


def _moment(node: etree._Element) -> datetime:
    written = f"{_need(node, 'Дата')}T{_text(node, 'Время') or '00:00:00'}"
    try:
        return datetime.strptime(written, "%Y-%m-%dT%H:%M:%S")  # noqa: DTZ007
    except ValueError as trouble:
        raise Unreadable(f"дата {written}") from trouble


def _client(node: etree._Element) -> SiteClient:
    if _need(node, "Роль") != "Покупатель":
        raise Unreadable("Роль контрагента")
    contacts = [
        (_text(one, "Тип"), _text(one, "Значение")) for box in _all(node, "Контакты") for one in _all(box, "Контакт")
    ]
    places = [one for name in ("АдресРегистрации", "Адрес") for one in _all(node, name)]
    legal = _text(node, "ОфициальноеНаименование")
    return SiteClient(
        id=_need(node, "Ид"),
        name=_need(node, "Наименование"),
        full_name=legal or _text(node, "ПолноеНаименование"),
        code=next((_text(node, name) for name in ("ОКПО", "ЕГРПО", "ЕДРПОУ", "ИНН") if _text(node, name)), ""),
        company=bool(legal),
        phones=[value for kind, value in contacts if kind.startswith("Телефон") and value],
        mails=[value for kind, value in contacts if kind in ("Почта", "Электронная почта") and value],
        address=_text(places[0], "Представление") if places else "",
    )


def _line(node: etree._Element) -> SiteLine:
    requisites = _requisites(node)
    unit = next(_all(node, "БазоваяЕдиница"), None)
    return SiteLine(
        id=_need(node, "Ид"),
        sku=_text(node, "Артикул"),
        name=_need(node, "Наименование"),
        unit=_text(node, "Единица") or ((unit.text or "").strip() if unit is not None else ""),
        service="Услуга" in (requisites.get("ТипНоменклатуры"), requisites.get("ВидНоменклатуры")),
        quantity=_decimal(node, "Количество"),
        price=_decimal(node, "ЦенаЗаЕдиницу"),
        amount=_decimal(node, "Сумма"),
        coefficient=_decimal(node, "Коэффициент") if _text(node, "Коэффициент") else Decimal(1),
        discount=_discount(node),
    )


def _discount(node: etree._Element) -> Decimal:
    """What is in the sum already; the base would take any other off once more."""
    found = [one for box in _all(node, "Скидки") for one in _all(box, "Скидка")]
    if any(_need(one, "УчтеноВСумме") != "true" for one in found):
        raise Unreadable("скидка не учтена в сумме")
    return sum((_decimal(one, "Сумма") for one in found), Decimal(0))


def _requisites(node: etree._Element) -> dict[str, str]:
    boxes = _all(node, "ЗначенияРеквизитов")
    values = (one for box in boxes for one in _all(box, "ЗначениеРеквизита"))
    return {_text(one, "Наименование"): _text(one, "Значение") for one in values}


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname


def _all(node: etree._Element, name: str) -> Iterator[etree._Element]:
    return (one for one in node if isinstance(one.tag, str) and _local(one) == name)


def _only(node: etree._Element, name: str) -> etree._Element:
    found = next(_all(node, name), None)
    if found is None:
        raise Unreadable(f"нет {name} в {_local(node)}")
    return found


def _text(node: etree._Element, name: str) -> str:
    found = next(_all(node, name), None)
    return (found.text or "").strip() if found is not None else ""


def _need(node: etree._Element, name: str) -> str:
    text = _text(node, name)
    if not text:
        raise Unreadable(f"пусто {name} в {_local(node)}")
    return text


def _decimal(node: etree._Element, name: str) -> Decimal:
    text = _need(node, name)
    try:
        value = Decimal(text)
    except InvalidOperation as trouble:
        raise Unreadable(f"{name}: {text}") from trouble
    if not value.is_finite():
        raise Unreadable(f"{name}: {text}")
    return value
