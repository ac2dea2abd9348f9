"""The calls themselves, one by one."""

from decimal import Decimal

import httpx
import pytest
from pydantic import SecretStr

from bot.domain.errors import Rejected
from integrations.onec.odata import OnecSettings
from integrations.onec.odata.client import OnecClient
from integrations.onec.odata.literals import guid
from tests.integration.onec.world import MILK, NOWHERE, PASSWORD, USER, Base


@pytest.fixture
def calls(base: Base, http: httpx.AsyncClient) -> OnecClient:
    settings = OnecSettings(base_url=f"{base.address}/base", user=USER, password=SecretStr(PASSWORD), profile="ut_ua")
    return OnecClient(settings, http)


async def test_the_root_lists_what_is_published(base: Base, calls: OnecClient) -> None:
    await base.quirk(unpublished=["Catalog_Валюты"])
    sets = await calls.service_root()
    assert "Catalog_Контрагенты" in sets
    assert "Catalog_Валюты" not in sets


async def test_a_condition_with_a_quote_and_spaces_arrives(calls: OnecClient) -> None:
    rows = await calls.rows("Catalog_Контрагенты", (("$filter", "Description eq 'ФОП Бондар'"), ("$select", "Code")))
    assert rows == [{"Code": "000000002"}]
    assert await calls.rows("Catalog_Контрагенты", (("$filter", "Description eq 'О''Генрі + К'"),)) == []


async def test_one_object_or_none(base: Base, calls: OnecClient) -> None:
    milk = await calls.get_one("Catalog_Номенклатура", await base.article(MILK), "Артикул")
    assert milk == {"Артикул": MILK}
    assert await calls.get_one("Catalog_Номенклатура", NOWHERE) is None


async def test_numbers_come_as_exact_decimals(base: Base, calls: OnecClient) -> None:
    milk = await base.article(MILK)
    page = await calls.slice_last(
        "InformationRegister_ЦеныНоменклатуры_RecordType", f"Номенклатура_Key eq {guid(milk)}"
    )
    assert sorted(row["Цена"] for row in page.rows) == [Decimal("47.9"), Decimal("49.5")]
    assert page.size > 100


async def test_an_unknown_field_is_refused_with_its_code(calls: OnecClient) -> None:
    with pytest.raises(Rejected) as caught:
        await calls.rows("Catalog_Валюты", (("$filter", "Немає eq 1"),))
    assert str(caught.value.code).isdecimal()


async def test_metadata_comes_in_pieces(calls: OnecClient) -> None:
    async with calls.metadata() as pieces:
        raw = b"".join([piece async for piece in pieces])
    assert b"EntityType" in raw
