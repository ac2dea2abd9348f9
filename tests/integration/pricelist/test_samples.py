"""Genuine exports of other projects; they are not ours to keep, so they are read where they lie beside the project."""

from decimal import Decimal
from pathlib import Path

import pytest

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

    assert await shelf.articles("name", "base_unit") == {}
    assert report.by_code == {"currency": 6}
    assert not again.changed_anything


async def test_the_vendors_examples_of_the_oldest_schema_arrive(bring: Import, shelf: Shelf) -> None:
    report = await bring(commerceml.read(VENDOR))
    again = await bring(commerceml.read(VENDOR), now=TUESDAY)

    assert await shelf.articles("name", "base_unit", "vat") == {}
    assert await shelf.stock() == {("x", "y"): Decimal(0)}
    assert report.by_code == {"currency": 12}
    assert not again.changed_anything


async def test_orders_are_told_from_a_price_list(bring: Import, shelf: Shelf) -> None:
    report = await bring(commerceml.read([SAMPLES / "cml203_1csite_orders.xml"]))

    assert [(problem.code, problem.line) for problem in report.problems] == [
        ("order_document", 3), ("order_document", 111), ("order_document", 141),
    ]  # fmt: skip
    assert await shelf.articles() == {}
