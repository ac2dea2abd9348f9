"""The catalogue on its way from a base to a site."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from lxml import etree

from sandbox.horeca.wholesaler.guid import guid
from sandbox.onec import create_app
from sandbox.onec.commerceml import Habits, exchange
from sandbox.onec.demo_base import load
from sandbox.onec.exchange_port import Settings
from sandbox.onec.world import World
from tests.sandbox.onec.cml_site import Site, served

FOLDER = Path(__file__).parents[3] / "sandbox" / "horeca" / "wholesaler"
MILK = guid("item", "10661")


@pytest.fixture
def world() -> World:
    made = World()
    load(made, FOLDER, date(2026, 11, 27))
    return made


def settings(site: Site, **more: Any) -> Settings:
    return Settings(**{"url": site.url, "user": "обмін", "password": "пароль", "what": "catalog", **more})


async def test_a_plain_dialogue_sends_two_files_and_loads_each(world: World) -> None:
    async with served(Site(file_limit=10_000_000)) as site:
        transcript = await exchange(world, settings(site))
    assert [step["step"] for step in transcript] == [
        "catalog checkauth",
        "catalog init",
        "catalog file import.xml",
        "catalog import import.xml",
        "catalog file offers.xml",
        "catalog import offers.xml",
    ]
    assert {step["status"] for step in transcript} == {200}
    assert transcript[0]["reply"] == "success\nPHPSESSID\ns1"
    goods = site.xml("import.xml")
    assert len(list(goods.iter("{*}Товар"))) == 640
    assert len(list(goods.iter("{*}Группа"))) == 76
    assert site.files["import.xml"].startswith(b"\xef\xbb\xbf<?xml")


async def test_big_files_come_in_parts_that_make_the_whole(world: World) -> None:
    async with served(Site(file_limit=100_000)) as site:
        await exchange(world, settings(site, part_bytes=64_000))
    assert site.parts == {name: -(-len(body) // 64_000) for name, body in site.files.items()}
    assert site.parts["import.xml"] > 20
    assert len(list(site.xml("offers.xml").iter("{*}Предложение"))) == 640


async def test_an_import_is_asked_again_while_the_site_is_at_work(world: World) -> None:
    async with served(Site(file_limit=10_000_000, progress=3)) as site:
        transcript = await exchange(world, settings(site))
    assert site.steps.count("catalog import") == 8
    assert transcript[-1]["reply"] == "success"


async def test_a_zip_holds_both_files_and_is_cut_into_parts(world: World) -> None:
    async with served(Site(zip=True, file_limit=20_000)) as site:
        await exchange(world, settings(site, zip=True))
    assert list(site.files) == ["import.zip"]
    assert site.parts["import.zip"] > 1
    assert list(site.unpacked()) == ["import.xml", "offers.xml"]


async def test_the_site_decides_about_zip(world: World) -> None:
    async with served(Site(zip=False, file_limit=10_000_000)) as site:
        await exchange(world, settings(site, zip=True))
    assert list(site.files) == ["import.xml", "offers.xml"]


async def test_bitrix_gets_four_files_its_session_and_the_closing_steps(world: World) -> None:
    async with served(Site(bitrix=True, file_limit=10_000_000)) as site:
        await exchange(world, settings(site, dialect="bitrix", version="2.10"))
    assert list(site.files) == ["import0_1.xml", "offers0_1.xml", "prices0_1.xml", "rests0_1.xml"]
    assert site.steps[-2:] == ["catalog deactivate", "catalog complete"]
    assert site.xml("import0_1.xml").get("ВерсияСхемы") == "2.08"
    assert list(site.xml("offers0_1.xml").iter("{*}Цена")) == []


@pytest.mark.parametrize(
    ("version", "namespace", "made"),
    [
        ("2.04", None, "2026-11-27"),
        ("2.05", "urn:1C.ru:commerceml_2", "2026-11-27T08:30:00"),
        ("2.07", "urn:1C.ru:commerceml_2", "2026-11-27T08:30:00"),
        ("2.08", "urn:1C.ru:commerceml_2", "2026-11-27T08:30:00"),
        ("2.10", "urn:1C.ru:commerceml_210", "2026-11-27T08:30:00"),
    ],
)
async def test_versions_have_their_namespaces_and_dates(
    world: World, version: str, namespace: str | None, made: str
) -> None:
    world.clock = lambda: datetime.fromisoformat("2026-11-27T08:30:00")
    async with served(Site(file_limit=10_000_000)) as site:
        await exchange(world, settings(site, version=version))
    root = site.xml("import.xml")
    assert etree.QName(root).namespace == namespace
    assert (root.get("ВерсияСхемы"), root.get("ДатаФормирования")) == (version, made)


async def test_removed_articles_are_told_by_the_way_of_the_version(world: World) -> None:
    removed = {one.ref for one in world.goods() if one.marked}
    assert len(removed) == 13
    async with served(Site(file_limit=10_000_000)) as site:
        await exchange(world, settings(site, version="2.07"))
        old = site.xml("import.xml")
        await exchange(world, settings(site, version="2.08"))
        new = site.xml("import.xml")
    assert {one.findtext("{*}Ид") for one in old.iter("{*}Товар") if one.get("Статус") == "Удален"} == removed
    marks = {one.findtext("{*}Ид"): one.findtext("{*}ПометкаУдаления") for one in new.iter("{*}Товар")}
    assert {ref for ref, mark in marks.items() if mark == "true"} == removed


async def test_stock_is_told_by_the_way_of_the_version(world: World) -> None:
    async with served(Site(file_limit=10_000_000)) as site:
        offers = []
        for version in ("2.05", "2.07", "2.08"):
            await exchange(world, settings(site, version=version))
            every = site.xml("offers.xml").iter("{*}Предложение")
            offers.append(next(one for one in every if one.findtext("{*}Ид") == MILK))
    total, attributes, rests = offers
    assert total.findtext("{*}Количество") == "382"
    assert [one.get("КоличествоНаСкладе") for one in attributes.iterfind("{*}Склад")] == ["38", "344"]
    held = rests.iterfind("{*}Остатки/{*}Остаток/{*}Склад")
    assert [(one.findtext("{*}Ид"), one.findtext("{*}Количество")) for one in held] == [
        (guid("wh", "main"), "38"),
        (guid("wh", "cold"), "344"),
    ]


async def test_windows_1251_keeps_ukrainian_and_escapes_the_rest(world: World) -> None:
    world.articles[MILK].name = "Їжа ґазди ☕"
    async with served(Site(file_limit=10_000_000)) as site:
        await exchange(world, settings(site, encoding="windows-1251"))
    assert site.files["import.xml"].startswith(b'<?xml version="1.0" encoding="WINDOWS-1251"?>')
    assert "Їжа ґазди &#9749;".encode("cp1251") in site.files["import.xml"]
    assert "Їжа ґазди ☕" in [one.findtext("{*}Наименование") for one in site.xml("import.xml").iter("{*}Товар")]


async def test_after_the_first_exchange_only_what_changed_goes(world: World) -> None:
    async with served(Site(file_limit=10_000_000)) as site:
        await exchange(world, settings(site))
        world.articles[MILK].marked = True
        world.changed(world.articles[MILK])
        world.set_price(guid("price", "retail"), guid("item", "10879"), Decimal("56.10"))
        world.set_stock(guid("wh", "main"), guid("item", "10927"), Decimal(5))
        await exchange(world, settings(site, only_changes=True))
        goods, offers = site.xml("import.xml"), site.xml("offers.xml")
        await exchange(world, settings(site, only_changes=True))
        nothing = site.xml("import.xml")
    assert [one.findtext("{*}Артикул") for one in goods.iter("{*}Товар")] == ["10661"]
    assert goods.find("{*}Каталог").get("СодержитТолькоИзменения") == "true"  # type: ignore[union-attr]
    assert [one.findtext("{*}Артикул") for one in offers.iter("{*}Предложение")] == ["10661", "10879", "10927"]
    assert list(nothing.iter("{*}Товар")) == []


async def test_an_exchange_broken_off_tells_the_changes_again(world: World) -> None:
    async with served(Site(file_limit=10_000_000)) as site:
        await exchange(world, settings(site))
        world.changed(world.articles[MILK])
        broken = await exchange(world, settings(site, only_changes=True, interrupt_after=3))
        await exchange(world, settings(site, only_changes=True))
    assert [step["step"] for step in broken] == ["catalog checkauth", "catalog init", "catalog file import.xml"]
    assert [one.findtext("{*}Артикул") for one in site.xml("import.xml").iter("{*}Товар")] == ["10661"]


async def test_a_refusal_ends_the_dialogue(world: World) -> None:
    async with served(Site(file_limit=10_000_000, refuses="import")) as site:
        transcript = await exchange(world, settings(site))
    assert transcript[-1] == {
        "step": "catalog import import.xml",
        "status": 200,
        "reply": "failure\nДиск переповнено",
    }
    assert len(transcript) == 4


async def test_a_wrong_password_ends_it_at_once(world: World) -> None:
    async with served(Site()) as site:
        transcript = await exchange(world, settings(site, password="інший"))
    assert [(step["status"], step["reply"]) for step in transcript] == [(401, "failure")]


async def test_nobody_answers(world: World) -> None:
    async with served(Site()) as site:
        pass
    transcript = await exchange(world, settings(site))
    assert [(step["step"], step["status"]) for step in transcript] == [("catalog checkauth", 0)]


async def test_a_base_may_say_who_it_is_once_or_always(world: World) -> None:
    async with served(Site(file_limit=10_000_000)) as site:
        await exchange(world, settings(site), Habits(basic_always=False))
    assert site.basic == [True, False, False, False, False, False]
    async with served(Site(file_limit=10_000_000, asks_basic=True)) as strict:
        await exchange(world, settings(strict))
    assert strict.basic == [True] * 6


async def test_a_base_may_name_files_as_on_its_disk(world: World) -> None:
    async with served(Site(file_limit=10_000_000)) as site:
        await exchange(world, settings(site), Habits(temporary_names=True))
    first, second = site.files
    assert first.startswith("C:\\Users\\admin\\AppData\\Local\\Temp\\v8_") and first.endswith(".xml")
    assert first != second


async def test_the_control_side_runs_an_exchange() -> None:
    async with (
        served(Site(file_limit=10_000_000)) as site,
        TestClient(TestServer(create_app("", "", data=FOLDER))) as base,
    ):
        told = {"url": site.url, "user": "обмін", "password": "пароль", "what": "catalog", "version": "2.05"}
        answer = await (await base.post("/_control/exchange", json=told)).json()
    assert [step["status"] for step in answer["transcript"]] == [200] * 6
    assert site.xml("import.xml").get("ВерсияСхемы") == "2.05"
