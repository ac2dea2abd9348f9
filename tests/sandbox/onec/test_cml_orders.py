"""A site's orders on their way into a base, and the news of them on the way back."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from sandbox.onec import business
from sandbox.onec.commerceml import exchange
from sandbox.onec.exchange_port import Settings
from sandbox.onec.things import Order
from sandbox.onec.world import World
from tests.sandbox.onec.cml_base import BISTRO, HOTEL, MILK, small_base
from tests.sandbox.onec.cml_site import EMPTY, Site, order_xml, requisite, served


@pytest.fixture
def world() -> World:
    return small_base()


async def run(world: World, site: Site, **more: Any) -> list[str]:
    """The steps of an exchange of orders; the last step's answer is their last word."""
    given = {"url": site.url, "user": "обмін", "password": "пароль", "what": "sale", **more}
    transcript = await exchange(world, Settings(**given))
    return [*(step["step"] for step in transcript), transcript[-1]["reply"]]


def from_site(world: World) -> list[Order]:
    return [one for one in world.orders.values() if one.from_site]


def told(site: Site) -> dict[str, dict[str, str]]:
    """The requisites of the documents sent to the site, by their Ид."""
    found = {}
    for document in site.xml("orders.xml").iter("{*}Документ"):
        values = document.iterfind("{*}ЗначенияРеквизитов/{*}ЗначениеРеквизита")
        found[document.findtext("{*}Ид") or ""] = {
            one.findtext("{*}Наименование") or "": one.findtext("{*}Значение") or "" for one in values
        }
    return found


async def test_an_order_is_taken_said_so_and_told_back_with_its_number(world: World) -> None:
    async with served(Site(orders=order_xml())) as site:
        steps = await run(world, site)
    assert steps == ["sale checkauth", "sale init", "sale query", "sale success", "sale file orders.xml", "success"]
    [order] = from_site(world)
    assert (order.external_number, order.external_date) == ("K-1042", datetime.fromisoformat("2026-11-27T09:15:00"))
    assert (order.counterparty, order.comment, order.total) == (HOTEL, "Без їжаків ґ", Decimal("1149.60"))
    assert [(line.article, line.quantity, line.price) for line in order.lines] == [
        (MILK, Decimal(24), Decimal("47.90"))
    ]
    assert (order.state, order.posted) == ("new", False)
    news = told(site)["id-K-1042"]
    assert news["Номер по 1С"] == order.number
    assert (news["Проведен"], news["ПометкаУдаления"], news["Статус заказа"]) == ("false", "false", "Новый")


async def test_the_same_order_again_is_not_a_second_one(world: World) -> None:
    async with served(Site(orders=order_xml(), refuses="success")) as site:
        await run(world, site)
        assert site.taken is False
        site.refuses, site.orders = "", order_xml(quantity="12", total="574.80")
        await run(world, site)
    [order] = from_site(world)
    assert (order.total, order.lines[0].quantity) == (Decimal("574.80"), Decimal(12))


async def test_a_shipped_order_is_no_longer_changed_by_the_site(world: World) -> None:
    async with served(Site(orders=order_xml())) as site:
        await run(world, site)
        [order] = from_site(world)
        business.set_state(world, order.ref, "shipped")
        site.orders = order_xml(quantity="1", total="47.90")
        await run(world, site)
    assert order.total == Decimal("1149.60")
    assert told(site)["id-K-1042"]["Статус заказа"] == "Отгружен"
    assert "Дата отгрузки по 1С" in told(site)["id-K-1042"]


async def test_a_client_is_found_by_our_reference_then_by_the_code_then_made(world: World) -> None:
    async with served(Site()) as site:
        site.orders = order_xml("1", client_id=BISTRO, code="00000000")
        await run(world, site)
        site.orders = order_xml("2", code="31451288")
        await run(world, site)
        site.orders = order_xml("3", client_id="new", code="21133352")
        await run(world, site)
        site.orders = order_xml("4", client_id="new", code="")
        await run(world, site)
    bistro, hotel, new, again = (order.counterparty for order in from_site(world))
    assert (bistro, hotel) == (BISTRO, HOTEL)
    assert again == new
    assert (world.counterparties[new].name, world.counterparties[new].edrpou) == ("Готель «Новий»", "21133352")
    assert world.counterparties[new].phones == ["+380671119001"]


async def test_an_unknown_article_becomes_a_new_one(world: World) -> None:
    async with served(Site(orders=order_xml(article="ORDER_DELIVERY"))) as site:
        await run(world, site)
        site.orders = order_xml("K-2", article="ORDER_DELIVERY")
        await run(world, site)
    first, second = (order.lines[0].article for order in from_site(world))
    assert first == second
    assert world.articles[first].name == "Молоко"


async def test_a_cancelled_order_is_cancelled(world: World) -> None:
    async with served(Site(orders=order_xml(extra=requisite("Отменен", "true")))) as site:
        await run(world, site)
    [order] = from_site(world)
    assert order.state == "cancelled"
    assert told(site)["id-K-1042"]["Отменен"] == "true"


async def test_orders_in_windows_1251_and_in_containers_are_read(world: World) -> None:
    plain = order_xml(encoding="windows-1251")
    head, _, rest = plain.partition(b"<\xc4\xee\xea\xf3\xec\xe5\xed\xf2>")
    boxed = (
        head
        + "<Контейнер><Документ>".encode("cp1251")
        + rest.replace("</Документ>".encode("cp1251"), "</Документ></Контейнер>".encode("cp1251"))
    )
    async with served(Site(bitrix=True, orders=boxed)) as site:
        steps = await run(world, site, dialect="bitrix", encoding="windows-1251")
    assert from_site(world)[0].comment == "Без їжаків ґ"
    assert steps[2] == "sale query 2.08"
    assert steps[-2] == "sale import orders.xml"
    assert [etree.QName(one).localname for one in site.xml("orders.xml")] == ["Контейнер"]


async def test_nothing_to_take_and_nothing_to_tell(world: World) -> None:
    async with served(Site(orders=EMPTY)) as site:
        steps = await run(world, site)
    assert steps == ["sale checkauth", "sale init", "sale query", "sale success", "success"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"failure\nno", "не XML"),
        (order_xml(total="1 149,60"), "Сумма: 1 149,60"),
        (order_xml(quantity=""), "пусто Количество в Товар"),
        (order_xml(client_id=""), "пусто Ид в Контрагент"),
    ],
)
async def test_what_a_base_cannot_load_is_not_confirmed(world: World, body: bytes, words: str) -> None:
    async with served(Site(orders=body)) as site:
        steps = await run(world, site)
    assert steps[-2] == "завантаження замовлень"
    assert words in steps[-1]
    assert (site.taken, from_site(world)) == (False, [])


async def test_only_changed_orders_are_told(world: World) -> None:
    async with served(Site(orders=order_xml())) as site:
        await run(world, site)
        site.orders = EMPTY
        assert (await run(world, site, only_changes=True))[-2] == "sale success"
        phone = business.enter_order(world, HOTEL, [(MILK, Decimal(2), None)])
        await run(world, site, only_changes=True)
    [(ref, news)] = told(site).items()
    assert (ref, news["Номер по 1С"], news["Проведен"]) == (phone.ref, phone.number, "true")
    assert news["Статус заказа"] == "К выполнению"


async def test_a_dialogue_broken_after_the_query_has_taken_the_orders_unconfirmed(world: World) -> None:
    async with served(Site(orders=order_xml())) as site:
        steps = await run(world, site, interrupt_after=3)
    assert steps[:-1] == ["sale checkauth", "sale init", "sale query"]
    assert (len(from_site(world)), site.taken) == (1, False)


async def test_everything_is_the_catalogue_and_then_the_orders(world: World) -> None:
    async with served(Site(file_limit=10_000_000, orders=order_xml())) as site:
        await run(world, site, what="all")
    kinds = [step.partition(" ")[0] for step in site.steps]
    assert kinds == ["catalog"] * 6 + ["sale"] * 5
