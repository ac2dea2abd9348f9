"""The change feed of the exchange plan: at least once, whole objects, one reader."""

from sandbox.onec.builtin import ref_of
from tests.sandbox.onec.conftest import OneC, key, order_of, refusal

PLAN = "ExchangePlan_ОбменKomora"


async def node(onec: OneC) -> str:
    rows = await onec.rows(PLAN, "$filter=Code eq 'KOMORA'")
    return str(rows[0]["Ref_Key"])


def asked(ref: str, number: int) -> str:
    return f"DataExchangePoint='http://127.0.0.1/base/odata/standard.odata/{PLAN}(guid'{ref}')'&MessageNo={number}"


async def feed(onec: OneC, ref: str, number: int) -> str:
    answer = await onec.ask("SelectChanges", asked(ref, number), method="POST")
    assert answer.status_code == 200
    return answer.text


async def test_changes_come_until_they_are_confirmed(onec: OneC) -> None:
    ref = await node(onec)
    assert "<entry>" not in await feed(onec, ref, 1)
    made = await onec.create("Document_ЗаказПокупателя", order_of("1"))
    assert await feed(onec, ref, 1) == await feed(onec, ref, 1)
    first = await feed(onec, ref, 1)
    assert f"<d:Ref_Key>{made['Ref_Key']}</d:Ref_Key>" in first
    await onec.patch("Catalog_Склады", ref_of("warehouse"), {"Description": "Головний"})
    second = await feed(onec, ref, 1)
    assert second.count("<entry>") == 2
    confirmed = await onec.ask("NotifyChangesReceived", asked(ref, 1), method="POST")
    assert (confirmed.status_code, confirmed.content) == (200, b"")
    assert "<entry>" not in await feed(onec, ref, 2)
    assert (await onec.one(key(PLAN, ref)))["ReceivedNo"] == "1"


async def test_what_came_after_the_feed_is_not_confirmed_by_it(onec: OneC) -> None:
    ref = await node(onec)
    await onec.create("Document_ЗаказПокупателя", order_of("1"))
    await feed(onec, ref, 1)
    late = await onec.create("Document_ЗаказПокупателя", order_of("2"))
    await onec.ask("NotifyChangesReceived", asked(ref, 1), method="POST")
    assert late["Ref_Key"] in await feed(onec, ref, 2)


async def test_a_deleted_object_is_an_entry_of_its_own(onec: OneC) -> None:
    ref = await node(onec)
    made = await onec.create("Document_ЗаказПокупателя", order_of("1"))
    await onec.ask(key("Document_ЗаказПокупателя", made["Ref_Key"]), method="DELETE")
    assert "deleted-entry" in await feed(onec, ref, 1)


async def test_a_node_and_a_number_are_wanted(onec: OneC) -> None:
    ref = await node(onec)
    assert refusal(await onec.ask("SelectChanges", asked(ref, 1) + "&$format=json")) == (405, "19")
    lost = await onec.ask("SelectChanges", "$format=json&MessageNo=1", method="POST")
    assert refusal(lost) == (400, "12")
    stranger = await onec.ask("SelectChanges", "$format=json&" + asked(ref_of("nobody"), 1), method="POST")
    assert refusal(stranger) == (404, "9")
