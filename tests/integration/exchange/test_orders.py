"""Orders to 1C and back: handed out, confirmed once, and taken as 1C has them."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from lxml import etree

from bot.domain.errors import Unavailable
from bot.domain.money import Money
from bot.domain.order import State
from tests.integration.exchange.desk import MemoryDesk
from tests.integration.exchange.onec import House, Onec, Watch, running
from tests.unit.exchange.orders import CAFE, MILK, ORDER, answer, buyer, goods, line, order, requisites, root

OTHER = UUID("0b6f5a3e-7c1d-4f52-9a65-3d1f6f1c0a02")
THEIRS = "99999999-0000-4000-8000-000000000001"
LATER = "Комора тимчасово недоступна. Повторіть обмін пізніше."
PHONED = answer(
    THEIRS,
    "<Сумма>85.00</Сумма>",
    f"<Контрагенты>{buyer()}</Контрагенты>",
    goods(line(MILK, "2", "42.50", "85.00")),
    requisites(Проведен="true"),
    number="УТ00-000017",
)


async def given_out(base: Onec) -> list[str]:
    """The ids of the orders in the answer to a query."""
    response = await base.raw("sale", "query")
    assert response.status_code == 200
    ids = etree.fromstring(response.content).iterfind(".//{*}Документ/{*}Ид")
    return [str(id.text) for id in ids]


async def test_without_orders_there_is_an_empty_root(onec: Onec) -> None:
    await onec.comes_in("sale")
    response = await onec.raw("sale", "query")
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert len(etree.fromstring(response.content)) == 0


async def test_an_order_is_handed_until_1c_says_that_it_has_it(house: House, onec: Onec) -> None:
    house.desk.place(order(), order(id=OTHER, revision=1))
    await onec.comes_in("sale")
    assert await given_out(onec) == [str(ORDER), str(OTHER)]
    assert house.desk.confirmed == {}
    await onec.comes_in("sale")
    assert await given_out(onec) == [str(ORDER), str(OTHER)]
    assert await onec.asks("sale", "success") == "success"
    assert house.desk.confirmed == {ORDER: 3, OTHER: 1}
    assert await given_out(onec) == []


async def test_what_changed_after_it_was_handed_out_is_confirmed_as_it_was_then(house: House, onec: Onec) -> None:
    house.desk.place(order(revision=1))
    await onec.comes_in("sale")
    await given_out(onec)
    house.desk.place(order(revision=2), order(id=OTHER))
    await onec.asks("sale", "success")
    assert house.desk.confirmed == {ORDER: 1}
    assert await given_out(onec) == [str(ORDER), str(OTHER)]


async def test_a_success_that_answers_nothing_confirms_nothing(house: House, onec: Onec) -> None:
    house.desk.place(order())
    await onec.comes_in("sale")
    assert await onec.asks("sale", "success") == "success"
    await given_out(onec)
    await onec.asks("sale", "success")
    await onec.asks("sale", "success", "POST")
    assert (house.desk.confirmed, house.desk.confirmations) == ({ORDER: 3}, 1)


async def test_a_success_of_another_session_confirms_nothing(house: House) -> None:
    house.desk.place(order())
    one, other = await house.base().comes_in("sale"), await house.base().comes_in("sale")
    await given_out(one)
    await other.asks("sale", "success")
    assert house.desk.confirmed == {}


async def test_a_session_that_is_over_confirms_nothing_and_loses_nothing(house: House, onec: Onec) -> None:
    house.desk.place(order())
    await onec.comes_in("sale")
    await given_out(onec)
    house.watch.forward(timedelta(minutes=31))
    assert (await onec.asks("sale", "success")).startswith("failure\nСеанс обміну")
    assert house.desk.confirmed == {}
    assert await given_out(await onec.comes_in("sale")) == [str(ORDER)]


async def test_a_confirmation_that_could_not_be_kept_may_be_said_again(house: House, onec: Onec) -> None:
    house.desk.place(order())
    await onec.comes_in("sale")
    await given_out(onec)
    house.desk.trouble = Unavailable("books", "handed")
    assert await onec.asks("sale", "success") == f"failure\n{LATER}"
    assert await onec.asks("sale", "query") == f"failure\n{LATER}"
    house.desk.trouble = None
    await given_out(onec)
    assert await onec.asks("sale", "success") == "success"
    assert house.desk.confirmed == {ORDER: 3}


@pytest.mark.parametrize(
    ("told", "namespace", "container"),
    [
        ({}, "urn:1C.ru:commerceml_208", False),
        ({"version": "2.05"}, "urn:1C.ru:commerceml_2", False),
        ({"version": "2.08"}, "urn:1C.ru:commerceml_208", True),
        ({"version": "2.10"}, "urn:1C.ru:commerceml_208", True),
        ({"version": "нова"}, "urn:1C.ru:commerceml_208", False),
    ],
)
async def test_orders_are_told_in_the_older_of_the_two_versions(
    house: House, onec: Onec, told: dict[str, str], namespace: str, container: bool
) -> None:
    house.desk.place(order())
    await onec.comes_in("sale", **told)
    (first,) = etree.fromstring((await onec.raw("sale", "query")).content)
    name = etree.QName(first)
    assert (name.namespace, name.localname) == (namespace, "Контейнер" if container else "Документ")


async def test_orders_are_told_in_the_encoding_and_the_currency_of_the_settings(tmp_path: Path) -> None:
    desk = MemoryDesk()
    desk.place(order(note="ґанок"))
    settings = {"encoding": "windows-1251", "currency": "грн", "version": "2.04"}
    async with running(desk, Watch(), tmp_path, **settings) as house:
        base = await house.base().comes_in("sale")
        response = await base.raw("sale", "query")
    assert response.headers["Content-Type"] == "text/xml; charset=windows-1251"
    placed = etree.fromstring(response.content)[0]
    assert placed.findtext("Валюта") == "грн"
    assert placed.findtext("Комментарий", "").startswith("ґанок\n")


async def test_at_most_a_thousand_orders_go_at_once_and_the_rest_next_time(house: House, onec: Onec) -> None:
    few = replace(order(), lines=())
    house.desk.place(*(replace(few, id=UUID(int=number)) for number in range(1, 1003)))
    await onec.comes_in("sale")
    assert len(await given_out(onec)) == 1000
    await onec.asks("sale", "success")
    assert await given_out(onec) == [str(UUID(int=1001)), str(UUID(int=1002))]


async def test_orders_of_1c_are_taken_with_their_file(house: House, onec: Onec) -> None:
    told = requisites(Номер_по_1С="УТ00-000016", Проведен="true", Статус_заказа="Отгружен")
    await onec.comes_in("sale")
    assert await onec.sends("orders.xml", root(answer(str(ORDER), told) + PHONED), "sale") == "success"
    ours, theirs = house.desk.records
    assert (ours.ours, ours.link.number, ours.state) == (ORDER, "УТ00-000016", State.SHIPPED)
    assert (theirs.link.ref, theirs.link.number, theirs.client) == (THEIRS, "УТ00-000017", CAFE)
    assert (theirs.total, theirs.lines[0].article, theirs.state) == (Money(8500), MILK, State.ACCEPTED)


async def test_an_import_after_the_file_and_a_repeat_of_the_file_take_nothing_twice(house: House, onec: Onec) -> None:
    await onec.comes_in("sale")
    await onec.sends("orders.xml", root(PHONED), "sale")
    assert await onec.imports("orders.xml", "sale") == "success"
    assert await onec.sends("orders.xml", root(PHONED), "sale") == "success"
    assert len(house.desk.records) == 1


async def test_orders_in_parts_and_in_an_archive_are_taken_when_they_are_whole(house: House, onec: Onec) -> None:
    await onec.comes_in("sale")
    raw = root(PHONED).encode()
    assert await onec.sends("orders.xml", raw[:300], "sale") == "success"
    assert house.desk.records == []
    assert await onec.sends("orders.xml", raw[300:], "sale") == "success"
    assert len(house.desk.records) == 1
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("documents.xml", root(answer()))
    assert await onec.sends("v8.zip", memory.getvalue(), "sale") == "success"
    assert [record.ours for record in house.desk.records] == [UUID(THEIRS), ORDER]


async def test_an_order_that_cannot_be_read_is_named_and_the_rest_is_taken(house: House, onec: Onec) -> None:
    await onec.comes_in("sale")
    text = root(answer(str(OTHER), number="7").replace("2026-11-27", "вчора") + PHONED)
    assert await onec.sends("orders.xml", text, "sale") == (
        "failure\nЗамовлень не прийнято: 1. 7: не читається «Invalid isoformat string: 'вчора'». Решту прийнято."
    )
    assert [record.link.ref for record in house.desk.records] == [THEIRS]


async def test_a_hostile_file_of_orders_is_refused_whole(house: House, onec: Onec) -> None:
    await onec.comes_in("sale")
    text = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + root(PHONED).partition("?>")[2]
    assert (await onec.sends("orders.xml", text, "sale")).startswith("failure\norders.xml, рядок 1: у файлі є DOCTYPE")
    assert house.desk.records == []


async def test_where_the_desk_is_out_of_reach_the_orders_come_again(house: House, onec: Onec) -> None:
    await onec.comes_in("sale")
    house.desk.trouble = Unavailable("books", "orders")
    assert await onec.sends("orders.xml", root(PHONED), "sale") == f"failure\n{LATER}"
    house.desk.trouble = None
    assert await onec.sends("orders.xml", root(PHONED), "sale") == "success"
    assert len(house.desk.records) == 1


async def test_info_tells_the_states_an_order_may_have(onec: Onec) -> None:
    await onec.comes_in("sale")
    told = etree.fromstring((await onec.raw("sale", "info")).content)
    assert [(one[0].text, one[1].text) for one in told.iterfind("Статусы/Элемент")] == [
        ("N", "Принят"),
        ("C", "Отменен"),
    ]
