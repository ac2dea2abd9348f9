"""The description of the interface in all four configurations."""

from xml.etree import ElementTree

import pytest

from tests.sandbox.onec.conftest import OneC, Serve, refusal

EDM = "{http://schemas.microsoft.com/ado/2009/11/edm}"
NAMES = {
    "ut_ua": ("Document_ЗаказПокупателя", "Catalog_ТипыЦенНоменклатуры", "Document_ПлатежноеПоручениеВходящее"),
    "bas_ut": ("Document_ЗаказКлиента", "Catalog_ВидыЦен", "Document_ПоступлениеБезналичныхДенежныхСредств"),
    "unf": ("Document_ЗаказПокупателя", "Catalog_ВидыЦен", "Document_ПоступлениеНаСчет"),
    "bp": ("Document_СчетНаОплатуПокупателю", "Catalog_ТипыЦенНоменклатуры", "Document_ПоступлениеНаРасчетныйСчет"),
}
DEBTS = {
    "ut_ua": ("AccumulationRegister_ВзаиморасчетыСКонтрагентами", "СуммаВзаиморасчетовBalance"),
    "bas_ut": ("AccumulationRegister_РасчетыСКлиентами", "СуммаBalance"),
    "unf": ("AccumulationRegister_РасчетыСПокупателями", "СуммаBalance"),
}
PRICES = "InformationRegister_ЦеныНоменклатуры"
RECORDS = f"{PRICES}_RecordType"
SLICES = {"ut_ua": RECORDS, "bas_ut": RECORDS, "unf": PRICES, "bp": RECORDS}


async def described(onec: OneC) -> ElementTree.Element:
    answer = await onec.ask("$metadata", "")
    assert answer.headers["Content-Type"].startswith("application/xml")
    return ElementTree.fromstring(answer.content)


@pytest.mark.parametrize("profile", NAMES)
async def test_every_set_is_described_and_can_be_read(serve: Serve, profile: str) -> None:
    onec = await serve(profile)
    root = await described(onec)
    sets = {one.attrib["Name"] for one in root.iter(f"{EDM}EntitySet")}
    types = {one.attrib["Name"]: one for one in root.iter(f"{EDM}EntityType")}
    assert set(NAMES[profile]) <= sets
    for name in sets:
        row = (await onec.rows(name, "$top=1") or [{}])[0]
        known = {one.attrib["Name"] for one in types[name].iter(f"{EDM}Property")}
        assert {key for key in row if "@" not in key} <= known
    assert sets == {one["name"] for one in await onec.rows("")}


@pytest.mark.parametrize("profile", SLICES)
async def test_functions_are_bound_through_the_type_of_their_parameter(serve: Serve, profile: str) -> None:
    onec = await serve(profile)
    bound = {
        (one.attrib["Name"], parameter.attrib["Type"])
        for one in (await described(onec)).iter(f"{EDM}FunctionImport")
        for parameter in one.iter(f"{EDM}Parameter")
        if parameter.attrib["Name"] == "bindingParameter"
    }
    assert ("SliceLast", f"Collection(StandardODATA.{SLICES[profile]})") in bound
    assert ("Post", f"StandardODATA.{NAMES[profile][0]}") in bound
    assert len(await onec.rows(f"{SLICES[profile]}/SliceLast()")) == 6


@pytest.mark.parametrize("profile", DEBTS)
async def test_debts_are_the_same_in_each_configuration(serve: Serve, profile: str) -> None:
    onec = await serve(profile)
    register, resource = DEBTS[profile]
    assert [one[resource] for one in await onec.rows(f"{register}/Balance()")] == [583.4]


async def test_bas_keeps_debts_with_their_due_dates(serve: Serve) -> None:
    onec = await serve("bas_ut")
    rows = await onec.rows("AccumulationRegister_РасчетыСКлиентамиПоСрокам/Balance()")
    assert [(one["ДолгBalance"], one["ДатаПлановогоПогашения"]) for one in rows] == [(583.4, "2026-12-04T12:00:00")]
    key = rows[0]["АналитикаУчетаПоПартнерам_Key"]
    found = await onec.rows("Catalog_КлючиАналитикиУчетаПоПартнерам", f"$filter=Ref_Key eq guid'{key}'")
    assert found[0]["Контрагент_Key"] == next(iter(onec.world.counterparties))


async def test_accounting_keeps_debts_on_account_361(serve: Serve) -> None:
    onec = await serve("bp")
    account = "AccountCondition='Account/Code eq '361''"
    rows = await onec.rows(f"AccountingRegister_Хозрасчетный/Balance({account})")
    assert [(one["СуммаBalance"], one["ExtDimension1_Type"]) for one in rows] == [
        (583.4, "StandardODATA.Catalog_Контрагенты")
    ]


async def test_rows_of_record_sets_and_virtual_tables_are_described(onec: OneC) -> None:
    root = await described(onec)
    rows = {
        one.attrib["Name"]: {part.attrib["Name"] for part in one.iter(f"{EDM}Property")}
        for one in root.iter(f"{EDM}ComplexType")
    }
    stock = "AccumulationRegister_ТоварыНаСкладах"
    assert {"Recorder", "Recorder_Type", "RecordType", "Количество"} <= rows[f"{stock}_RowType"]
    assert {"Склад_Key", "КоличествоBalance"} <= set((await onec.rows(f"{stock}/Balance()"))[0])
    assert {"Склад_Key", "КоличествоBalance"} <= rows[f"{stock}_Balance"]
    assert {"Period", "Цена"} <= rows["InformationRegister_ЦеныНоменклатуры_RecordType_SliceLast"]
    returned = {one.attrib.get("ReturnType", "") for one in root.iter(f"{EDM}FunctionImport")} - {""}
    assert {one.removeprefix("Collection(StandardODATA.").removesuffix(")") for one in returned} <= set(rows)


async def test_enumerations_are_types_only(onec: OneC) -> None:
    root = await described(onec)
    enums = {one.attrib["Name"]: [member.attrib["Name"] for member in one] for one in root.iter(f"{EDM}EnumType")}
    assert enums["СтавкиНДС"] == ["НДС20", "НДС14", "НДС7", "НДС0", "БезНДС"]
    assert refusal(await onec.ask("Enum_СтавкиНДС")) == (404, "8")


async def test_lengths_are_told_and_json_is_not_known(onec: OneC) -> None:
    root = await described(onec)
    order = next(one for one in root.iter(f"{EDM}EntityType") if one.attrib["Name"] == "Document_ЗаказПокупателя")
    sizes = {one.attrib["Name"]: one.attrib.get("MaxLength") for one in order.iter(f"{EDM}Property")}
    assert (sizes["АдресДоставки"], sizes["Комментарий"]) == ("100", None)
    assert refusal(await onec.ask("$metadata")) == (400, "0")
