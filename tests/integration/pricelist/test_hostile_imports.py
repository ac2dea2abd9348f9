"""Price lists out of all proportion, and those that say nothing: refused or told, and never for minutes."""

from collections.abc import Iterator

import pytest

from bot.db.pricelist import staging
from bot.domain.pricelist import (
    ArticleRecord,
    BrokenPriceList,
    CategoryRecord,
    OfferRecord,
    PriceTypeRecord,
    Problem,
    Record,
    WarehouseRecord,
)
from handlers.terminal import pricelist_report
from tests.integration.pricelist.conftest import Import, Shelf
from tests.unit.pricelist import documents as cml
from tests.unit.pricelist.documents import MILK


def offers_of(kind: str, most: int) -> Iterator[Record]:
    for number in range(most + 1):
        said = ((f"{kind}{number}", 1000),)
        yield OfferRecord("sku:1", number, said if kind == "type" else (), said if kind == "place" else ())


@pytest.mark.parametrize(
    ("records", "most"),
    [
        (offers_of("type", 300_000), staging.MOST_PRICE_TYPES),
        (offers_of("place", 300_000), staging.MOST_WAREHOUSES),
        ((PriceTypeRecord(f"t{n}", f"Т{n}", n) for n in range(300_000)), staging.MOST_PRICE_TYPES),
        ((WarehouseRecord(f"w{n}", f"С{n}", n) for n in range(300_000)), staging.MOST_WAREHOUSES),
        ((CategoryRecord(f"c{n}", f"К{n}", None, n) for n in range(300_000)), staging.MOST_CATEGORIES),
    ],
    ids=["said price types", "said warehouses", "price types", "warehouses", "categories"],
)
async def test_more_of_a_kind_than_any_wholesaler_has_is_refused(
    bring: Import, shelf: Shelf, records: Iterator[Record], most: int
) -> None:
    with pytest.raises(BrokenPriceList) as caught:
        await bring(records)

    assert caught.value.code == "too_many"
    assert int(caught.value.detail) <= most + staging.BATCH
    assert await shelf.revision() == 0


async def test_each_undeclared_warehouse_is_told_once_by_its_first_line_and_counted(bring: Import) -> None:
    offers = [OfferRecord("sku:1", n, stock=((f"w{n % 2}", 1000), ("w3", 0))[: 1 + n // 3]) for n in range(1, 5)]

    report = await bring(iter([ArticleRecord("", "1", "Молоко", 1), *offers]))

    assert [problem[:4] for problem in report.problems] == [
        ("stock", "unknown_warehouse", 1, "w1 ×2"),
        ("stock", "unknown_warehouse", 2, "w0 ×2"),
        ("stock", "unknown_warehouse", 3, "w3 ×2"),
    ]
    assert report.kinds["stock"].left_out == 6


@pytest.mark.parametrize(
    "endless",
    [
        ArticleRecord("", "2", "я" * 1_000_000, 7),
        ArticleRecord("", "2" * 101, "Сир", 7),
        ArticleRecord("", "2", "Сир", 7, brand="я" * 1001),
        CategoryRecord("c", "я" * 1001, None, 7),
        WarehouseRecord("w", "я" * 1001, 7),
        PriceTypeRecord("t", "я" * 1001, 7),
    ],
)
async def test_an_endless_text_is_left_out_and_told(bring: Import, shelf: Shelf, endless: Record) -> None:
    report = await bring(iter([ArticleRecord("", "1", "Я" * 1000, 1), endless]))

    assert [(problem.code, problem.line, len(problem.detail) <= 60) for problem in report.problems] == [
        ("too_long", 7, True)
    ]
    assert await shelf.articles() == {"1": "Я" * 1000}
    assert await shelf.categories() == {}


async def test_an_endless_description_is_cut_and_an_endless_barcode_is_dropped(bring: Import, shelf: Shelf) -> None:
    await bring(iter([ArticleRecord("", "1", "Сир", 1, description="я" * 5001, barcodes=("1" * 50, "2" * 51))]))

    assert await shelf.articles("description") == {"1": "я" * 5000}
    assert await shelf.barcodes() == {"1": {"1" * 50}}


async def test_an_endless_id_is_none(bring: Import, shelf: Shelf) -> None:
    report = await bring(cml.catalogue(cml.product("x" * 201)))

    assert [problem.code for problem in report.problems] == ["no_id"]
    assert await shelf.articles() == {}


async def test_documents_of_orders_are_told_of_and_nothing_is_imported(bring: Import, shelf: Shelf) -> None:
    goods = f"<Товары><Товар><Ид>{MILK}</Ид><Наименование>Молоко</Наименование></Товар></Товары>"

    report = await bring(f"<Документ><Ид>1</Ид>{goods}</Документ>")

    assert report.problems == [Problem("file", "order_document", 3, file="1.xml")]
    assert pricelist_report.lines(report)[0] == "У файлах не знайдено нічого, що можна імпортувати."
    assert pricelist_report.lines(report)[-1] == "  1.xml, рядок 3: це замовлення, а не прайс: пропущено"
    assert await shelf.articles() == {}


async def test_an_empty_full_catalogue_says_so_and_switches_nothing_off(bring: Import, shelf: Shelf) -> None:
    await bring(cml.catalogue(cml.product(MILK, "Молоко", "1")))

    report = await bring(cml.catalogue(changes="false"))

    assert report.problems == [Problem("file", "empty_catalogue", 3, left_out=False, file="1.xml")]
    assert await shelf.articles() == {"1": "Молоко"}
