"""Goods from 1C: files in parts and archives, imports that take their time, and what goes wrong on the way."""

import asyncio
import io
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.domain.errors import Unavailable
from bot.domain.pricelist import BrokenPriceList
from tests.integration.exchange.desk import MemoryDesk
from tests.integration.exchange.onec import House, Onec, Watch, running
from tests.unit.pricelist.documents import CHEESE, MILK, RETAIL, catalogue, document, product

GOODS = document(catalogue(product(MILK), product(CHEESE, "Сир")))
OFFERS = document(
    '<ПакетПредложений СодержитТолькоИзменения="true"><Ид>c#</Ид><Предложения>'
    f"<Предложение><Ид>{MILK}</Ид><Цены><Цена><ИдТипаЦены>{RETAIL}</ИдТипаЦены><ЦенаЗаЕдиницу>10</ЦенаЗаЕдиницу></Цена>"
    "</Цены></Предложение></Предложения></ПакетПредложений>"
)


def whole(*products: str) -> str:
    return document(catalogue(*products, changes="false"))


def packed(members: Mapping[str, str | bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in members.items():
            archive.writestr(name, inside)
    return memory.getvalue()


async def test_goods_and_offers_are_taken_as_they_come(house: House, onec: Onec) -> None:
    await onec.comes_in()
    assert await onec.sends("import.xml", GOODS) == "success"
    assert await onec.sends("offers.xml", OFFERS) == "success"
    assert await onec.imports("import.xml") == "success"
    assert await onec.imports("offers.xml") == "success"
    assert house.desk.imports == [(["import.xml"], [MILK, CHEESE]), (["offers.xml"], [MILK])]


async def test_a_file_in_parts_is_put_together(house: House, onec: Onec) -> None:
    await onec.comes_in()
    raw = GOODS.encode("utf-8-sig")
    for start in range(0, len(raw), 100):
        assert await onec.sends("import.xml", raw[start : start + 100]) == "success"
    assert await onec.imports("import.xml") == "success"
    assert house.desk.imports == [(["import.xml"], [MILK, CHEESE])]


async def test_a_part_is_larger_than_what_the_application_takes_elsewhere(house: House, onec: Onec) -> None:
    await onec.comes_in()
    long = document(catalogue(product(MILK, "Молоко", "1", f"<Описание>{'я' * 900_000}</Описание>")))
    assert await onec.sends("import.xml", long) == "success"
    assert await onec.imports("import.xml") == "success"
    assert house.desk.imports == [(["import.xml"], [MILK])]


async def test_everything_may_come_in_one_archive(house: House, onec: Onec) -> None:
    await onec.comes_in()
    archive = packed({"import.xml": GOODS, "offers.xml": OFFERS, "import_files/a/1.jpg": b"jpg"})
    assert await onec.sends("v8_4F2.zip", archive[:300]) == "success"
    assert await onec.sends("v8_4F2.zip", archive[300:]) == "success"
    assert await onec.imports("import.xml") == "success"
    assert await onec.imports("offers.xml") == "success"
    assert [names for names, _ in house.desk.imports] == [["import.xml"], ["offers.xml"]]
    assert house.left() == ["1.jpg", "import.xml", "offers.xml"]


async def test_post_does_for_every_request(house: House, onec: Onec) -> None:
    await onec.comes_in()
    await onec.sends("import.xml", GOODS)
    assert await onec.asks("catalog", "import", "POST", filename="import.xml") == "success"
    assert await onec.asks("catalog", "deactivate", "POST") == "success"
    assert await onec.asks("catalog", "complete", "POST") == "success"
    assert len(house.desk.imports) == 1


async def test_a_long_import_says_progress_until_it_is_done_and_runs_once(tmp_path: Path) -> None:
    desk = MemoryDesk()
    desk.gate.clear()
    async with running(desk, Watch(), tmp_path, answer_within=0) as house:
        base = await house.base().comes_in()
        await base.sends("import.xml", GOODS)
        first, second = await asyncio.gather(
            base.asks("catalog", "import", filename="import.xml"), base.asks("catalog", "import", filename="import.xml")
        )
        assert first == second == "progress\nКомора обробляє import.xml."
        desk.gate.set()
        assert await base.imports("import.xml") == "success"
        assert await base.imports("import.xml") == "success"
    assert desk.imports == [(["import.xml"], [MILK, CHEESE])]


async def test_two_bases_are_kept_apart_and_import_one_after_the_other(tmp_path: Path) -> None:
    desk = MemoryDesk()
    desk.gate.clear()
    async with running(desk, Watch(), tmp_path, answer_within=0) as house:
        one, other = await house.base().comes_in(), await house.base().comes_in()
        await one.sends("import.xml", GOODS)
        await other.sends("import.xml", document(catalogue(product(CHEESE, "Сир"))))
        for base in (one, other):
            assert (await base.asks("catalog", "import", filename="import.xml")).startswith("progress")
        desk.gate.set()
        assert [await one.imports("import.xml"), await other.imports("import.xml")] == ["success", "success"]
    assert desk.imports == [(["import.xml"], [MILK, CHEESE]), (["import.xml"], [CHEESE])]


async def test_parts_of_a_whole_catalogue_are_one_import(house: House, onec: Onec) -> None:
    await onec.comes_in()
    await onec.sends("goods/1/import___a.xml", whole(product(MILK)))
    await onec.sends("goods/2/import___b.xml", whole(product(CHEESE, "Сир")))
    assert await onec.imports("goods/1/import___a.xml") == "success"
    assert await onec.imports("goods/2/import___b.xml") == "success"
    assert house.desk.imports == [(["import___a.xml", "import___b.xml"], [MILK, CHEESE])]


async def test_a_part_of_a_whole_catalogue_that_comes_later_is_taken_with_the_earlier(house: House, onec: Onec) -> None:
    await onec.comes_in()
    for name, text in (("import0_1.xml", whole(product(MILK))), ("import0_2.xml", whole(product(CHEESE, "Сир")))):
        await onec.sends(name, text)
        assert await onec.imports(name) == "success"
    assert [ids for _, ids in house.desk.imports] == [[MILK], [MILK, CHEESE]]


async def test_a_file_sent_anew_is_imported_anew(house: House, onec: Onec) -> None:
    await onec.comes_in()
    await onec.sends("import.xml", GOODS)
    await onec.imports("import.xml")
    await onec.sends("import.xml", GOODS)
    await onec.imports("import.xml")
    await onec.sends("import.xml", document(catalogue(product(MILK))))
    await onec.imports("import.xml")
    assert [ids for _, ids in house.desk.imports] == [[MILK, CHEESE], [MILK]]


async def test_init_clears_what_an_unfinished_upload_left(house: House, onec: Onec) -> None:
    await onec.comes_in()
    await onec.sends("import.xml", GOODS[:200])
    await onec.asks("catalog", "init")
    assert await onec.asks("catalog", "import", filename="import.xml") == (
        "failure\nФайла import.xml не передавали в цьому обміні."
    )
    await onec.sends("import.xml", GOODS)
    assert await onec.imports("import.xml") == "success"
    assert house.left() == ["import.xml"]


async def test_init_during_an_import_neither_stops_it_nor_spoils_its_files(tmp_path: Path) -> None:
    desk = MemoryDesk()
    desk.gate.clear()
    async with running(desk, Watch(), tmp_path, answer_within=0) as house:
        base = await house.base().comes_in()
        await base.sends("import.xml", GOODS)
        await base.asks("catalog", "import", filename="import.xml")
        await base.asks("catalog", "init")
        await base.sends("import.xml", document(catalogue(product(CHEESE, "Сир"))))
        await base.asks("catalog", "import", filename="import.xml")
        desk.gate.set()
        assert await base.imports("import.xml") == "success"
    assert [ids for _, ids in desk.imports] == [[MILK, CHEESE], [CHEESE]]


async def test_a_connection_that_breaks_in_the_middle_of_a_part_leaves_nothing_of_it(house: House, onec: Onec) -> None:
    await onec.comes_in()
    raw = GOODS.encode()
    await onec.sends("import.xml", raw[:150])
    host, _, port = house.address.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = (
        f"POST /1c/exchange?type=catalog&mode=file&filename=import.xml HTTP/1.1\r\nHost: x\r\nCookie: {onec.cookie}\r\n"
    )
    writer.write(head.encode() + b"Content-Length: 100000\r\n\r\n" + raw[150:250])
    await writer.drain()
    writer.close()
    await reader.read()
    assert await onec.sends("import.xml", raw[150:]) == "success"
    assert await onec.imports("import.xml") == "success"
    assert house.desk.imports == [(["import.xml"], [MILK, CHEESE])]
    assert house.left() == ["import.xml"]


async def test_a_restart_in_the_middle_makes_1c_begin_anew(tmp_path: Path) -> None:
    desk, then, now = MemoryDesk(), tmp_path / "then", tmp_path / "now"
    async with running(desk, Watch(), then) as before:
        base = await before.base().comes_in()
        await base.sends("import.xml", GOODS)
        shutil.copytree(then, now)  # the disk as a kill leaves it
    async with running(desk, Watch(), now) as after:
        assert after.left() == []
        base.address, base.http = after.address, after.http
        assert (await base.asks("catalog", "import", filename="import.xml")).startswith("failure\nСеанс обміну")
        await base.comes_in()
        await base.sends("import.xml", GOODS)
        assert await base.imports("import.xml") == "success"
    assert desk.imports == [(["import.xml"], [MILK, CHEESE])]


async def test_stopping_does_not_wait_for_an_import(tmp_path: Path) -> None:
    desk = MemoryDesk()
    desk.gate.clear()
    async with running(desk, Watch(), tmp_path, answer_within=0) as house:
        base = await house.base().comes_in()
        await base.sends("import.xml", GOODS)
        await base.asks("catalog", "import", filename="import.xml")
        await desk.entered.wait()
        await house.exchange.close()
        assert (desk.imports, house.left()) == ([], [])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<html/>", "import.xml, рядок 1: це не CommerceML (html). Нічого з файла не взято."),
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + GOODS.partition("?>")[2], "import.xml, рядок 1: у файлі є DOCTYPE"),
        (GOODS[:-30], "import.xml, рядок "),
        (packed({"../import.xml": GOODS}), "import.xml: шлях у архіві виводить за межі теки (../import.xml)."),
        (packed({"import.xml": b"\0" * 3_000_000}), "import.xml: архів розпаковується у підозріло великий файл"),
        (packed({"import.xml": GOODS})[:-5], "Архів import.xml дійшов не повністю. Повторіть обмін."),
    ],
)
async def test_a_bad_file_is_a_failure_with_its_reason(
    house: House, onec: Onec, content: bytes | str, reason: str
) -> None:
    await onec.comes_in()
    await onec.sends("import.xml", content)
    assert (await onec.imports("import.xml")).startswith(f"failure\n{reason}")
    assert house.desk.imports == []


async def test_bounds_are_told_in_words(tmp_path: Path) -> None:
    async with running(MemoryDesk(), Watch(), tmp_path, file_limit=2000, upload_limit=3000) as house:
        base = await house.base().comes_in()
        assert await base.sends("a.xml", b"a" * 2001) == "failure\nЧастина файла більша за file_limit (2000 байтів)."
        assert await base.sends("a.xml", b"a" * 2000) == "success"
        assert (await base.sends("a.xml", b"b" * 2000)).startswith("failure\nФайли обміну разом більші за 3000 байтів.")
        assert await base.sends("a.xml", b"") == "failure\nПорожній файл."
        assert await base.sends("../a.xml", b"a") == "failure\nНедопустима назва файла."
        assert await base.asks("catalog", "file", "POST", b"a") == "failure\nНе вказано filename."
        assert house.left() == ["a.xml"]


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (Unavailable("books", "import"), "Комора тимчасово недоступна. Повторіть обмін пізніше."),
        (OSError("disk"), "Помилка на боці Комори, подробиці в її журналі. Повторіть обмін пізніше."),
        (BrokenPriceList("import.xml", "too_many", line=7), "import.xml, рядок 7: забагато різних значень."),
    ],
)
async def test_after_a_failure_the_same_import_tries_anew(
    house: House, onec: Onec, trouble: Exception, reason: str
) -> None:
    await onec.comes_in()
    await onec.sends("import.xml", GOODS)
    house.desk.trouble = trouble
    assert (await onec.imports("import.xml")).startswith(f"failure\n{reason}")
    house.desk.trouble = None
    assert await onec.imports("import.xml") == "success"
    assert house.desk.imports == [(["import.xml"], [MILK, CHEESE])]
