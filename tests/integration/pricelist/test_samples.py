"""Genuine exports of other projects; they are not ours to keep, so they are read where they lie beside the project."""

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.db.models import Article, Category, Stock
from integrations.onec import commerceml
from tests.integration.pricelist.conftest import TUESDAY, Import, Shelf

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "onec"
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the samples are not ours and not here; test_importing says the same on our own data"
)
CARONO = [SAMPLES / "cml207_carono_import.xml", SAMPLES / "cml207_carono_offers.xml"]
VENDOR = [SAMPLES / "cml203_1csite_import.xml", SAMPLES / "cml203_1csite_offers.xml"]


async def test_a_demo_base_with_characteristics_and_warehouses_arrives(bring: Import, shelf: Shelf) -> None:
    report = await bring(commerceml.read(CARONO))
    again = await bring(commerceml.read(CARONO), now=TUESDAY)

    rows = await shelf._rows(select(Article.name, Article.sku, Article.base_unit).where(Article.active))
    assert sorted(rows) == [
        ("Ботинки женские демисезонные (35)", "Б- 130005", "пара"),
        ("Ботинки женские демисезонные (36)", "Б- 130005", "пара"),
        ("Ботинки женские демисезонные (37)", "Б- 130005", "пара"),
        ("Женские ботфорты коричневые (38)", "Б-130001", "пара"),
        ("Женские ботфорты коричневые (39)", "Б-130001", "пара"),
    ]
    assert len(await shelf._rows(select(Category.id))) == 22
    quantities = [quantity for (quantity,) in await shelf._rows(select(Stock.quantity).order_by(Stock.quantity))]
    assert quantities == [15, 19, 20, 45, 120]
    assert report.by_code == {"currency": 6}
    assert not again.changed_anything


async def test_the_vendors_examples_of_the_oldest_schema_arrive(bring: Import, shelf: Shelf) -> None:
    report = await bring(commerceml.read(VENDOR))
    again = await bring(commerceml.read(VENDOR), now=TUESDAY)

    assert sorted((await shelf.articles("name", "base_unit", "vat")).values()) == [
        ("Стол обеденный (Белый)", "шт", Decimal(18)),
        ("Стол обеденный (Красный)", "шт", Decimal(18)),
        ("Стулья (Белый)", "шт", Decimal(18)),
        ("Стулья (Красный)", "шт", Decimal(18)),
    ]
    assert list((await shelf.stock()).values()) == [0, 0]
    assert report.by_code == {"currency": 12}
    assert not again.changed_anything


async def test_orders_are_told_from_a_price_list(bring: Import, shelf: Shelf) -> None:
    report = await bring(commerceml.read([SAMPLES / "cml203_1csite_orders.xml"]))

    assert [(problem.code, problem.line) for problem in report.problems] == [
        ("order_document", 3), ("order_document", 111), ("order_document", 141),
    ]  # fmt: skip
    assert await shelf.articles() == {}
