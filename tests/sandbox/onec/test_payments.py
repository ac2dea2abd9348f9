"""Payments by card that come over the wire: what they close, and how the window tells of them."""

from typing import Any

from sandbox.onec.builtin import ref_of
from sandbox.onec.configuration import PROFILES
from tests.sandbox.onec.conftest import OneC, Serve, key, order_of, refusal

CARD = "Document_ОплатаОтПокупателяПлатежнойКартой"
DEBTS = "AccumulationRegister_ВзаиморасчетыСКонтрагентамиПоДокументамРасчетов"
BY_DOCUMENT, BY_ORDER = "ДокументРасчетовСКонтрагентом", "Сделка"


def paid(amount: float, by: str = "", what: str = "", **more: Any) -> dict[str, Any]:
    """A payment by card of the café, for one thing or on account."""
    row = {"LineNumber": "1", "ДоговорКонтрагента_Key": ref_of("contract"), "СуммаПлатежа": amount}
    rows = [row | ({by: what} if by else {})]
    return {"Контрагент_Key": ref_of("client"), "СуммаДокумента": amount, "РасшифровкаПлатежа": rows} | more


async def posted(onec: OneC, body: dict[str, Any]) -> str:
    made = await onec.create(CARD, body)
    assert (await onec.ask(f"{key(CARD, made['Ref_Key'])}/Post", method="POST")).status_code == 200
    return str(made["Ref_Key"])


async def balances(onec: OneC) -> list[float]:
    """By document, the café's own."""
    rows = await onec.rows(f"{DEBTS}/Balance()", f"$filter=Контрагент_Key eq guid'{ref_of('client')}'")
    return sorted(float(row["СуммаВзаиморасчетовBalance"]) for row in rows)


async def shipped_order(onec: OneC) -> str:
    """An order of two cartons of milk, 95.80, not shipped yet."""
    made = await onec.create("Document_ЗаказПокупателя", order_of("2"))
    return str(made["Ref_Key"])


async def test_a_draft_closes_nothing_until_it_is_posted(onec: OneC) -> None:
    shipment = next(iter(onec.world.shipments))
    made = await onec.create(CARD, paid(83.4, BY_DOCUMENT, shipment))
    assert (made["ВидОперации"], made["Posted"]) == ("ОплатаПокупателя", False)
    assert await balances(onec) == [583.4]
    await onec.ask(f"{key(CARD, made['Ref_Key'])}/Post", method="POST")
    assert await balances(onec) == [500]
    await onec.ask(f"{key(CARD, made['Ref_Key'])}/Unpost", method="POST")
    assert await balances(onec) == [583.4]


async def test_a_refund_opens_the_debt_again(onec: OneC) -> None:
    shipment = next(iter(onec.world.shipments))
    await posted(onec, paid(83.4, BY_DOCUMENT, shipment))
    back = await posted(onec, paid(50, BY_DOCUMENT, shipment, ВидОперации="ВозвратДенежныхСредствПокупателю"))
    assert await balances(onec) == [550]
    moves = await onec.rows(f"{DEBTS}_RecordType", f"$filter=Recorder eq cast(guid'{back}','{CARD}')")
    assert [(move["RecordType"], move["СуммаВзаиморасчетов"]) for move in moves] == [("Receipt", 50)]


async def test_an_advance_for_an_order_closes_its_debt_when_it_is_shipped(onec: OneC) -> None:
    order = await shipped_order(onec)
    await posted(onec, paid(100, BY_ORDER, order))
    assert await balances(onec) == [-100, 583.4]
    await onec.control(f"documents/{order}/state", state="shipped")
    assert await balances(onec) == [-4.2, 583.4]
    shipment = next(one.ref for one in onec.world.shipments.values() if one.order == order)
    await onec.control(f"documents/{shipment}/unpost")
    assert await balances(onec) == [-100, 583.4]
    await onec.control(f"documents/{shipment}/post")
    assert await balances(onec) == [-4.2, 583.4]


async def test_a_payment_for_a_shipped_order_closes_its_debt_at_once_and_a_refund_opens_it(onec: OneC) -> None:
    order = await shipped_order(onec)
    await onec.control(f"documents/{order}/state", state="shipped")
    first = await posted(onec, paid(95.8, BY_ORDER, order))
    assert await balances(onec) == [583.4]
    back = await posted(onec, paid(20, BY_ORDER, order, ВидОперации="ВозвратДенежныхСредствПокупателю"))
    assert await balances(onec) == [20, 583.4]
    for one in (back, first):
        await onec.control(f"documents/{one}/unpost")
    assert await balances(onec) == [95.8, 583.4]


async def test_an_operation_that_the_configuration_does_not_know_is_refused(onec: OneC) -> None:
    answer = await onec.ask(CARD, method="POST", json=paid(1, ВидОперации="Повернення"))
    assert refusal(answer) == (400, "4")


async def test_the_window_is_told_whose_payment_it_is_and_what_for(onec: OneC) -> None:
    shipment = next(iter(onec.world.shipments.values()))
    ref = await posted(onec, paid(83.4, BY_DOCUMENT, shipment.ref, Комментарий="Комора K-1"))
    shown = await onec.control(f"documents/{ref}", "GET")
    assert (shown["from_site"], shown["channel"], shown["refund"], shown["total"]) == (True, "card", False, "83.40")
    assert shown["parts"] == [{"kind": "shipment", "number": shipment.number, "amount": "83.40"}]
    taken = await onec.control("payments", counterparty=ref_of("client"), amount="10.00")
    assert (taken["from_site"], taken["channel"]) == (False, "bank")


async def test_every_configuration_tells_a_payment_from_a_refund(serve: Serve) -> None:
    told = {}
    for profile in PROFILES:
        onec = await serve(profile)
        entity = next(
            one for one in onec.sandbox.base.configuration.entities.values() if one.only == ("channel", "card")
        )
        name = next(field.name for field in entity.fields.values() if field.source == "operation")
        (card,) = (row for row in await onec.rows(entity.name) if row["Posted"])
        made = await onec.create(
            entity.name, {name: list(onec.sandbox.base.configuration.enums[entity.fields[name].enum])[-1]}
        )
        told[profile] = (card[name], made[name])
    assert told == {
        "ut_ua": ("ОплатаПокупателя", "ВозвратДенежныхСредствПокупателю"),
        "bas_ut": ("ПоступлениеОплатыОтКлиента", "ВозвратОплатыКлиенту"),
        "unf": ("Поступление", "Возврат"),
        "bp": ("ОплатаПокупателя", "ВозвратПокупателю"),
    }
