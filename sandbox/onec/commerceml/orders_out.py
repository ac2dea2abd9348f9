"""The orders file for the site: what has become of its orders in the base, and orders taken by phone."""

from datetime import datetime
from decimal import Decimal

from sandbox.onec.commerceml.catalogue import base_unit, rates
from sandbox.onec.commerceml.offers import currency
from sandbox.onec.commerceml.pen import Pen, number
from sandbox.onec.commerceml.versions import Version
from sandbox.onec.things import Counterparty, Document, Line, Order, Shipment
from sandbox.onec.world import World

SITE_ID = "ИдСайта"
"""In `extra` of an order or a counterparty: the site's own id of it."""
STATES = {
    "new": "Новый",
    "accepted": "К выполнению",
    "shipped": "Отгружен",
    "closed": "Закрыт",
    "cancelled": "Отменен",
}


def write_orders(pen: Pen, world: World, version: Version, orders: list[Order], *, containers: bool) -> None:
    """With `containers` an order and its shipments stand together in Контейнер."""
    with pen.root(version, world.now()):
        for order in orders:
            if not containers:
                _document(pen, world, version, order)
                continue
            with pen.inside("Контейнер"):
                _document(pen, world, version, order)
                for shipment in _shipments(world, order):
                    _document(pen, world, version, shipment, basis=_id(order))


def _shipments(world: World, order: Order) -> list[Shipment]:
    return [one for one in world.shipments.values() if one.order == order.ref and not one.marked]


def _id(document: Document) -> str:
    """The site's id of its order; of anything else our reference."""
    return str(document.extra.get(SITE_ID) or document.ref)


def _document(pen: Pen, world: World, version: Version, document: Document, basis: str = "") -> None:
    with pen.inside("Документ"):
        site_number = document.external_number if isinstance(document, Order) else ""
        pen.put_many(Ид=_id(document), Номер=site_number or document.number, **_when(document.date))
        pen.put("ХозОперация", "Заказ товара" if isinstance(document, Order) else "Отпуск товара")
        pen.put_many(Роль="Продавец", Валюта=currency(world), Курс=1, Сумма=_money(document.total))
        if basis:
            pen.put("Основание", basis)
        with pen.inside("Контрагенты"):
            client = world.counterparties.get(document.counterparty)
            if client is not None:
                _client(pen, client)
        if document.comment:
            pen.put("Комментарий", document.comment)
        with pen.inside("Товары"):
            for line in document.lines:
                _line(pen, world, version, line)
        pen.requisites(_requisites(world, document))


def _when(at: datetime | None) -> dict[str, str]:
    moment = at or datetime(1, 1, 1)  # noqa: DTZ001
    return {"Дата": f"{moment:%Y-%m-%d}", "Время": f"{moment:%H:%M:%S}"}


def _client(pen: Pen, client: Counterparty) -> None:
    with pen.inside("Контрагент"):
        pen.put_many(Ид=client.extra.get(SITE_ID) or client.ref, Наименование=client.name, Роль="Покупатель")
        if client.kind == "company":
            pen.put_many(ОфициальноеНаименование=client.full_name, ОКПО=client.edrpou)
        else:
            pen.put_many(ПолноеНаименование=client.full_name, ИНН=client.edrpou)


def _line(pen: Pen, world: World, version: Version, line: Line) -> None:
    article = world.articles.get(line.article)
    with pen.inside("Товар"):
        pen.put("Ид", line.article)
        if article is not None:
            pen.put_many(Артикул=article.sku, Наименование=article.name)
            base_unit(pen, world, version, article)
        pen.put_many(ЦенаЗаЕдиницу=_money(line.price), Количество=number(line.quantity), Сумма=_money(line.amount))
        if line.coefficient != 1:
            pack = world.packs.get(line.pack)
            pen.put_many(Единица=pack.name if pack else "", Коэффициент=number(line.coefficient))
        rates(pen, line.vat)


def _requisites(world: World, document: Document) -> dict[str, object]:
    told: dict[str, object] = {"Номер по 1С": document.number, "ПометкаУдаления": document.marked}
    told |= {"Проведен": document.posted}
    if document.date:
        told["Дата по 1С"] = f"{document.date:%Y-%m-%dT%H:%M:%S}"
    if isinstance(document, Order):
        told |= {"Статус заказа": STATES[document.state], "Отменен": document.state == "cancelled" or document.marked}
        shipped = [one.date for one in _shipments(world, document) if one.posted and one.date]
        if shipped:
            told["Дата отгрузки по 1С"] = f"{max(shipped):%Y-%m-%dT%H:%M:%S}"
    return told


def _money(amount: Decimal) -> str:
    return f"{amount:.2f}"
