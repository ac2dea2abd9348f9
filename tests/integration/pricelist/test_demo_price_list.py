"""The demo wholesaler's price list in each of its forms says the same."""

from decimal import Decimal
from pathlib import Path

from bot.domain.pricelist import Count
from integrations import spreadsheet
from integrations.onec import commerceml
from tests.integration.pricelist.conftest import TUESDAY, Import, Shelf

HORECA = Path(__file__).parents[3] / "sandbox" / "horeca"
PAIR = [HORECA / "commerceml" / "import.xml", HORECA / "commerceml" / "offers.xml"]
TABLES = [HORECA / "catalogue.csv", HORECA / "price_types.csv"]
KINDS = ("Роздрібна", "Оптова", "HoReCa VIP")


async def test_its_commerceml_arrives_whole_and_once(bring: Import, shelf: Shelf) -> None:
    report = await bring(commerceml.read(PAIR))
    again = await bring(commerceml.read(PAIR), now=TUESDAY)

    assert {kind: count.added for kind, count in report.kinds.items()} == {
        "category": 76, "article": 640, "barcode": 490, "price_type": 3, "price": 1896, "warehouse": 2, "stock": 1280,
    }  # fmt: skip
    assert not report.problems
    assert len(await shelf.articles()) == 627
    assert not again.changed_anything
    assert await shelf.revision() == 1


async def test_an_article_of_it_is_known_in_every_detail(bring: Import, shelf: Shelf) -> None:
    await bring(commerceml.read(PAIR))

    columns = ("name_ru", "brand", "base_unit", "pack_unit", "pack_size", "multiple", "vat", "weight_kg", "country")
    milk = (await shelf.articles("name", *columns, "shelf_life_days", "external_id"))["10661"]
    prices, stock = await shelf.prices(), await shelf.stock()

    assert milk == (
        "Молоко ультрапаст. 2,6% 1 л т/п «Молочна Криниця»", "Молоко ультрапаст. 2,6% 1 л т/п «Молочная Криница»",
        "Молочна Криниця", "шт", "ящ", Decimal(12), Decimal(1), Decimal(20), Decimal("1.05"), "Україна", 180,
        "3309c9bd-8cef-5ace-9045-724874959767",
    )  # fmt: skip
    assert [prices["10661", kind] for kind in KINDS] == [Decimal("57.28"), Decimal("47.90"), Decimal("45.95")]
    assert stock["10661", "Холодний склад"] == 344


async def test_its_tables_give_the_same_articles_and_prices(bring: Import, shelf: Shelf) -> None:
    columns = (
        "name", "name_ru", "brand", "base_unit", "pack_unit", "pack_size", "multiple", "vat", "weight_kg", "country",
        "shelf_life_days",
    )  # fmt: skip
    await bring(spreadsheet.plan(TABLES).records())
    articles, prices, barcodes = await shelf.articles(*columns), await shelf.prices(), await shelf.barcodes()

    report = await bring(commerceml.read(PAIR), now=TUESDAY)

    assert report.kinds["article"] == Count(changed=640)  # they learn their ids
    assert report.kinds["category"].added == report.kinds["price"].added == report.kinds["price"].changed == 0
    assert await shelf.articles(*columns) == articles
    assert await shelf.barcodes() == barcodes
    assert {key: price for key, price in prices.items() if key[1] in KINDS} == {
        key: price for key, price in (await shelf.prices()).items() if key[1] in KINDS
    }


async def test_its_workbook_agrees_with_its_tables(bring: Import, shelf: Shelf) -> None:
    columns = ("name", "base_unit", "pack_size")
    await bring(spreadsheet.plan(TABLES).records())
    before = await shelf.articles(*columns)

    report = await bring(spreadsheet.plan([HORECA / "catalogue.xlsx"]).records(), now=TUESDAY)
    after = await shelf.articles(*columns)

    assert report.kinds["category"] == Count(unchanged=76)
    assert report.kinds["price"] == Count(added=7, unchanged=620)  # the seven have no wholesale price of their own
    assert set(report.by_code) == {"vague_stock"}
    assert {sku: row[1:] for sku, row in after.items()} == {sku: row[1:] for sku, row in before.items()}
    assert {row[0].lower() for row in after.values()} == {row[0].lower() for row in before.values()}
