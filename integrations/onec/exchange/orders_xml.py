"""Orders out: documents of CommerceML in the order of its schema, one at a time, so memory stays bounded."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, cast
from xml.sax.saxutils import quoteattr

from lxml import etree

from bot.domain.accounting import OutgoingLine, OutgoingOrder
from bot.domain.delivery import KYIV
from bot.domain.money import Money, rounded
from integrations.onec.exchange.order_words import OPERATION, OURS, UNIT_CODES

CHUNK = 64 * 1024
_NAMESPACES = {"2.03": "", "2.04": "", "2.08": "urn:1C.ru:commerceml_208", "2.10": "urn:1C.ru:commerceml_210"}
_NAMESPACE = "urn:1C.ru:commerceml_2"
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_VAT = "НДС"


class Dialect(NamedTuple):
    """How this side of the dialogue wants its orders; a container around each is Bitrix's from 2.08 on."""

    version: str = "2.08"
    encoding: str = "utf-8"
    currency: str = "UAH"
    container: bool = False


def document(orders: Iterable[OutgoingOrder], dialect: Dialect, now: datetime) -> Iterator[bytes]:
    """The whole XML in pieces; without orders, an empty root."""
    namespace = _NAMESPACES.get(dialect.version, _NAMESPACE)
    attributes = f" xmlns={quoteattr(namespace)}" if namespace else ""
    formed = now.astimezone(KYIV).strftime("%Y-%m-%dT%H:%M:%S")
    root = f"<КоммерческаяИнформация{attributes} ВерсияСхемы={quoteattr(dialect.version)} ДатаФормирования='{formed}'>"
    piece = bytearray(f'<?xml version="1.0" encoding="{dialect.encoding}"?>\n{root}\n'.encode(dialect.encoding))
    for order in orders:
        written = etree.tostring(_written(order, dialect), encoding=dialect.encoding, xml_declaration=False)
        piece += cast("bytes", written) + b"\n"
        if len(piece) >= CHUNK:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece) + "</КоммерческаяИнформация>\n".encode(dialect.encoding)


def _written(order: OutgoingOrder, dialect: Dialect) -> "etree._Element":
    if not dialect.container:
        return _order(order, dialect)
    container = etree.Element("Контейнер")
    container.append(_order(order, dialect))
    return container


def _order(order: OutgoingOrder, dialect: Dialect) -> "etree._Element":
    placed = order.placed_at.astimezone(KYIV)
    element = etree.Element("Документ")
    _put(element, "Ид", str(order.id))
    _put(element, "Номер", order.number)
    _put(element, "Дата", placed.date().isoformat())
    _put(element, "ХозОперация", OPERATION)
    _put(element, "Роль", "Продавец")
    _put(element, "Валюта", dialect.currency)
    _put(element, "Курс", "1")
    _put(element, "Сумма", _money(order.total))
    _client(_put(element, "Контрагенты"), order)
    _put(element, "Время", placed.strftime("%H:%M:%S"))
    _put(element, "Комментарий", comment(order))
    _taxes(element, order.lines)
    goods = _put(element, "Товары")
    for line in order.lines:
        _line(_put(goods, "Товар"), line)
    _requisites(element, _told(order))
    return element


def _client(parent: "etree._Element", order: OutgoingOrder) -> None:
    """A code of 8 digits is a legal entity's EDRPOU and goes to ОКПО, any other is a person's and goes to ИНН."""
    element, code = _put(parent, "Контрагент"), order.tax_code or ""
    legal = len(code) == 8
    _put(element, "Ид", order.client)
    _put(element, "Наименование", order.client_name)
    _put(element, "Роль", "Покупатель")
    _put(element, "ОфициальноеНаименование" if legal else "ПолноеНаименование", order.client_name)
    if code:
        _put(element, "ОКПО" if legal else "ИНН", code)
    if order.delivery_address:
        _put(_put(element, "Адрес"), "Представление", order.delivery_address)


def comment(order: OutgoingOrder) -> str:
    """The client's note, then what only a comment can carry into any configuration."""
    place = ", ".join(filter(None, (order.delivery_name, order.delivery_address)))
    lines = [order.note.strip()] if order.note.strip() else []
    lines.append(f"{OURS}замовлення {order.number}, доставка {order.delivery_date:%d.%m.%Y}, {place}".rstrip(", "))
    if order.provisional:
        lines.append(f"{OURS}ціни на момент замовлення не перевірено")
    return "\n".join(lines)


def _line(element: "etree._Element", line: OutgoingLine) -> None:
    if line.article:
        _put(element, "Ид", line.article)
    if line.sku:
        _put(element, "Артикул", line.sku)
    _put(element, "Наименование", line.name)
    _unit(element, line.base_unit)
    _put(element, "ЦенаЗаЕдиницу", _money(line.price))
    _put(element, "Количество", _decimal(line.quantity))
    _put(element, "Сумма", _money(line.amount))
    rate = _put(_put(element, "СтавкиНалогов"), "СтавкаНалога")
    _put(rate, "Наименование", _VAT)
    _put(rate, "Ставка", "Без НДС" if line.vat is None else _decimal(line.vat))
    _taxes(element, (line,))
    if line.discount:
        discount = _put(_put(element, "Скидки"), "Скидка")
        _put(discount, "Наименование", "Скидка")
        _put(discount, "Сумма", _money(line.discount))
        _put(discount, "УчтеноВСумме", "true")
    _requisites(element, {"ВидНоменклатуры": "Товар", "ТипНоменклатуры": "Товар"})


def _unit(element: "etree._Element", unit: str) -> None:
    own = _put(element, "БазоваяЕдиница", unit)
    if known := UNIT_CODES.get(unit):
        own.set("Код", known[0])
        own.set("НаименованиеПолное", known[1])
        own.set("МеждународноеСокращение", known[2])


def _taxes(element: "etree._Element", lines: Iterable[OutgoingLine]) -> None:
    """VAT by its rate, included in the sums."""
    sums: dict[Decimal, Decimal] = {}
    for line in lines:
        if line.vat is not None:
            included = rounded(line.amount.amount * line.vat / (100 + line.vat))
            sums[line.vat] = sums.get(line.vat, Decimal(0)) + included
    parent = _put(element, "Налоги") if sums else element
    for rate, included in sorted(sums.items()):
        tax = _put(parent, "Налог")
        _put(tax, "Наименование", _VAT)
        _put(tax, "УчтеноВСумме", "true")
        _put(tax, "Сумма", f"{included:.2f}")
        _put(tax, "Ставка", _decimal(rate))


def _told(order: OutgoingOrder) -> dict[str, str]:
    said = {
        "Отменен": "true" if order.cancelled else "false",
        "Статус заказа": "[C] Отменен" if order.cancelled else "[N] Принят",
        "Финальный статус": "true" if order.cancelled else "false",
        "Заказ оплачен": "false",
        "Дата доставки": order.delivery_date.isoformat(),
        "Адрес доставки": order.delivery_address,
        "Пункт доставки": order.delivery_name,
        "Договор": order.contract or "",
        "Вид цены": order.price_type or "",
    }
    return {name: value for name, value in said.items() if value}


def _requisites(element: "etree._Element", values: dict[str, str]) -> None:
    parent = _put(element, "ЗначенияРеквизитов")
    for name, value in values.items():
        requisite = _put(parent, "ЗначениеРеквизита")
        _put(requisite, "Наименование", name)
        _put(requisite, "Значение", value)


def _put(parent: "etree._Element", name: str, text: str | None = None) -> "etree._Element":
    element = etree.SubElement(parent, name)
    if text is not None:
        element.text = _NOT_XML.sub("", text)
    return element


def _money(money: Money) -> str:
    return f"{money.amount:.2f}"


def _decimal(value: Decimal) -> str:
    """Without an exponent and without zeros at the end."""
    return f"{value.normalize():f}" if value else "0"
