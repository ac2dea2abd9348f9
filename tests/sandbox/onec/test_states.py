"""How the state of an order is seen in each configuration."""

from sandbox.onec.builtin import ref_of
from tests.sandbox.onec.conftest import OneC, Serve, key, order_of


async def test_in_ut_a_posted_order_is_accepted_a_shipment_and_a_closing_follow(onec: OneC) -> None:
    made = await onec.create("Document_ЗаказПокупателя", order_of("2"))
    ref = made["Ref_Key"]
    await onec.control(f"documents/{ref}/state", state="accepted")
    assert (await onec.one(key("Document_ЗаказПокупателя", ref)))["Posted"] is True
    await onec.control(f"documents/{ref}/state", state="shipped")
    cast = f"$filter=Сделка eq cast(guid'{ref}','Document_ЗаказПокупателя')"
    shipments = await onec.rows("Document_РеализацияТоваровУслуг", cast)
    assert [(one["СуммаДокумента"], one["Posted"]) for one in shipments] == [(95.8, True)]
    await onec.control(f"documents/{ref}/state", state="closed")
    closings = await onec.rows("Document_ЗакрытиеЗаказовПокупателей_Заказы", f"$filter=Заказ eq {cast[17:]}")
    assert [one["ПричинаЗакрытияЗаказа"] for one in closings] == ["Виконано"]


async def test_in_bas_the_order_has_a_status_of_its_own(serve: Serve) -> None:
    onec = await serve("bas_ut")
    line = {"LineNumber": "1", "Номенклатура_Key": ref_of("10661"), "Количество": 24, "КоличествоУпаковок": 2}
    pack = next(one for one in onec.world.packs.values() if one.owner == ref_of("10661") and one.coefficient == 12)
    line |= {"Упаковка_Key": pack.ref, "Цена": 574.8, "Сумма": 1149.6, "СтавкаНДС": "НДС20", "СуммаНДС": 191.6}
    partner = onec.world.counterparties[ref_of("client")].partner
    body = {"Партнер_Key": partner, "Статус": "НеСогласован", "Товары": [line]}
    made = await onec.create("Document_ЗаказКлиента", body)
    assert (made["Статус"], made["Контрагент_Key"]) == ("НеСогласован", ref_of("client"))
    path = key("Document_ЗаказКлиента", made["Ref_Key"])
    await onec.ask(f"{path}/Post", method="POST")
    assert (await onec.one(path))["Статус"] == "НеСогласован"
    await onec.control(f"documents/{made['Ref_Key']}/state", state="accepted")
    await onec.control(f"documents/{made['Ref_Key']}/lines", lines=[{"line": 1, "quantity": "3"}])
    changed = await onec.one(path)
    assert changed["Статус"] == "КОбеспечению"
    row = changed["Товары"][0]
    assert (row["КоличествоУпаковок"], row["Количество"], row["Сумма"]) == (3, 36, 1724.4)
    await onec.control(f"documents/{made['Ref_Key']}/state", state="cancelled")
    cancelled = await onec.one(path)
    assert (cancelled["Статус"], cancelled["Товары"][0]["Отменено"]) == ("Закрыт", True)


async def test_in_unf_the_state_is_an_item_of_a_catalogue(serve: Serve) -> None:
    onec = await serve("unf")
    states = {one["Description"]: one["Ref_Key"] for one in await onec.rows("Catalog_СостоянияЗаказовПокупателей")}
    line = {"LineNumber": "1", "Номенклатура_Key": ref_of("10661"), "Количество": 1, "Цена": 47.9, "Сумма": 47.9}
    body = {"Контрагент_Key": ref_of("client"), "СостояниеЗаказа_Key": states["У роботі"], "Запасы": [line]}
    made = await onec.create("Document_ЗаказПокупателя", body)
    assert made["СостояниеЗаказа_Key"] == states["У роботі"]
    await onec.control(f"documents/{made['Ref_Key']}/state", state="closed")
    closed = await onec.one(key("Document_ЗаказПокупателя", made["Ref_Key"]))
    assert (closed["СостояниеЗаказа_Key"], closed["Закрыт"]) == (states["Завершено"], True)


async def test_in_bas_a_partner_comes_before_its_counterparty(serve: Serve) -> None:
    onec = await serve("bas_ut")
    partner = await onec.create("Catalog_Партнеры", {"Description": "Нова кав’ярня", "ЮрФизЛицо": "Компания"})
    body = {"Description": "ТОВ «Нова»", "КодПоЕДРПОУ": "14360570", "Партнер_Key": partner["Ref_Key"]}
    made = await onec.create("Catalog_Контрагенты", body)
    filled = await onec.one(key("Catalog_Партнеры", partner["Ref_Key"]))
    assert (made["Партнер_Key"], filled["ЮрФизЛицо"]) == (partner["Ref_Key"], "Компания")
    assert onec.world.partners[partner["Ref_Key"]].client == made["Ref_Key"]
