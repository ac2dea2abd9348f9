"""Prices, stock and debts: slices, balances and turnovers of registers."""

import pytest

from sandbox.onec.builtin import ref_of
from sandbox.onec.things import ZERO
from tests.sandbox.onec.conftest import OneC, refusal

PRICES = "InformationRegister_ЦеныНоменклатуры_RecordType"
STOCK = "AccumulationRegister_ТоварыНаСкладах"
DEBTS = "AccumulationRegister_ВзаиморасчетыСКонтрагентамиПоДокументамРасчетов"
MILK = f"ТипЦен_Key eq guid'{ref_of('Оптова')}' and Номенклатура_Key eq guid'{ref_of('10661')}'"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        (f"{PRICES}/SliceLast(Condition='{MILK}')", ""),
        (f"{PRICES}/SliceLast(,Condition='{MILK}')", ""),
        (f"{PRICES}/SliceLast(Period=datetime'2026-11-27T12:00:00',Condition='{MILK}')", ""),
        (f"{PRICES}/SliceLast", f"Condition='{MILK}'"),
        (f"{PRICES}/SliceLast", f"Condition={MILK}"),
        (f"{PRICES}/SliceLast()", f"Condition='{MILK.replace(chr(39), chr(39) * 2)}'"),
        (f"{PRICES}/SliceLast()", f"$filter={MILK}"),
    ],
)
async def test_the_price_in_force_is_asked_in_many_ways(onec: OneC, path: str, query: str) -> None:
    rows = await onec.rows(path, query)
    assert [(one["Цена"], one["Period"]) for one in rows] == [(47.9, "2026-10-28T12:00:00")]


async def test_a_slice_is_of_its_moment(onec: OneC) -> None:
    await onec.control("prices", article="10661", price_type="Оптова", price="50.10")
    now = await onec.rows(f"{PRICES}/SliceLast(Condition='{MILK}')")
    before = await onec.rows(f"{PRICES}/SliceLast(Period=datetime'2026-11-01T00:00:00',Condition='{MILK}')")
    first = await onec.rows(f"{PRICES}/SliceFirst(Condition='{MILK}')")
    assert [one["Цена"] for one in (*now, *before, *first)] == [50.1, 47.9, 47.9]
    assert len(await onec.rows(PRICES, f"$filter={MILK}")) == 2


async def test_a_register_with_a_recorder_slices_its_records_only(onec: OneC) -> None:
    assert refusal(await onec.ask("InformationRegister_ЦеныНоменклатуры/SliceLast()")) == (400, "6")
    sets = await onec.rows("InformationRegister_ЦеныНоменклатуры", "$top=1")
    assert [line["Цена"] for line in sets[0]["RecordSet"]] == [49.5]
    moment = "RecordSet/any(r: r/Period ge datetime'2026-11-01T00:00:00')"
    assert await onec.rows("InformationRegister_ЦеныНоменклатуры", f"$filter={moment}") == []


async def test_stock_is_a_balance(onec: OneC) -> None:
    condition = f"Номенклатура_Key eq guid'{ref_of('10661')}'"
    rows = await onec.rows(f"{STOCK}/Balance(Condition='{condition}')", "$select=Склад_Key,КоличествоBalance")
    assert rows == [{"Склад_Key": ref_of("warehouse"), "КоличествоBalance": 88}]


async def test_debts_by_documents_show_what_is_left(onec: OneC) -> None:
    rows = await onec.rows(f"{DEBTS}/Balance()", f"$filter=Контрагент_Key eq guid'{ref_of('client')}'")
    assert [one["СуммаВзаиморасчетовBalance"] for one in rows] == [583.4]
    assert rows[0]["ДокументРасчетовСКонтрагентом_Type"] == "StandardODATA.Document_РеализацияТоваровУслуг"
    assert rows[0]["Сделка_Type"] == "StandardODATA.Document_ЗаказПокупателя"


async def test_dimensions_choose_what_to_sum_by(onec: OneC) -> None:
    rows = await onec.rows(f"{DEBTS}/Balance(Dimensions='Контрагент')")
    assert rows == [{"Контрагент_Key": ref_of("client"), "СуммаВзаиморасчетовBalance": 583.4, "СуммаУпрBalance": 583.4}]
    assert refusal(await onec.ask(f"{DEBTS}/Balance(Dimensions='Нет')")) == (400, "6")


async def test_turnovers_are_of_their_period(onec: OneC) -> None:
    period = "StartPeriod=datetime'2026-11-01T00:00:00',EndPeriod=datetime'2026-11-30T00:00:00'"
    rows = await onec.rows(f"{DEBTS}/Turnovers({period},Dimensions='Контрагент')")
    parts = ("СуммаВзаиморасчетовTurnover", "СуммаВзаиморасчетовReceipt", "СуммаВзаиморасчетовExpense")
    assert [rows[0][one] for one in parts] == [583.4, 783.4, 200]
    late = "StartPeriod=datetime'2026-12-01T00:00:00'"
    rows = await onec.rows(f"{DEBTS}/BalanceAndTurnovers({late},Dimensions='Контрагент')")
    assert [rows[0][f"СуммаУпр{one}"] for one in ("OpeningBalance", "Turnover", "ClosingBalance")] == [583.4, 0, 583.4]


async def test_an_advance_is_a_negative_balance(onec: OneC) -> None:
    await onec.control("payments", counterparty="2530414071", amount="40.00")
    rows = await onec.rows(f"{DEBTS}/Balance()", f"$filter=Контрагент_Key eq guid'{ref_of('client 2')}'")
    assert [one["СуммаВзаиморасчетовBalance"] for one in rows] == [-40]


async def test_what_waits_for_shipment_is_the_balance_of_orders(onec: OneC) -> None:
    rows = await onec.rows("AccumulationRegister_ЗаказыПокупателей/Balance()", "$select=КоличествоBalance")
    assert rows == [{"КоличествоBalance": 3.5}]


async def test_an_independent_register_refuses_a_repeated_key(onec: OneC) -> None:
    body = {"Штрихкод": "4820000009999", "Владелец": ref_of("21001")}
    first = await onec.ask("InformationRegister_Штрихкоды", method="POST", json=body)
    again = await onec.ask("InformationRegister_Штрихкоды", method="POST", json=body)
    assert (first.status_code, first.json()["Штрихкод"]) == (200, "4820000009999")
    assert refusal(again) == (400, "15")
    refused = await onec.ask(PRICES, method="POST", json={})
    assert refusal(refused) == (405, "19")


async def test_a_debt_paid_whole_leaves_the_balance(onec: OneC) -> None:
    await onec.control("payments", counterparty="32855961", amount="583.40")
    assert await onec.rows(f"{DEBTS}/Balance()") == []
    assert sum((one.left for one in onec.world.receivables.values()), ZERO) == 0
