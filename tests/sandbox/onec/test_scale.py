"""A large base is made and walked without surprises."""

from sandbox.onec.scale import fill
from tests.sandbox.onec.conftest import OneC


async def test_a_generated_base_is_walked_page_by_page(onec: OneC) -> None:
    fill(onec.world, counterparties=300, articles=200, documents=400)
    refs: set[str] = set()
    for skip in range(0, 400, 100):
        rows = await onec.rows("Catalog_Контрагенты", f"$orderby=Code&$top=100&$skip={skip}&$select=Ref_Key")
        refs |= {one["Ref_Key"] for one in rows}
    assert len(refs) == 302
    prices = await onec.rows("InformationRegister_ЦеныНоменклатуры_RecordType/SliceLast()", "$select=Цена")
    assert len(prices) == 6 + 3 * 200
    debts = "AccumulationRegister_ВзаиморасчетыСКонтрагентамиПоДокументамРасчетов/Balance()"
    assert len(await onec.rows(debts, "$select=СуммаУпрBalance")) == 401


async def test_what_was_computed_is_forgotten_when_anything_is_written(onec: OneC) -> None:
    before = await onec.rows("Catalog_Контрагенты", "$filter=substringof('Нова',Description)")
    await onec.create("Catalog_Контрагенты", {"Description": "Нова кав’ярня"})
    after = await onec.rows("Catalog_Контрагенты", "$filter=substringof('Нова',Description)")
    assert (len(before), len(after)) == (0, 1)
