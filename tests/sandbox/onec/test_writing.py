"""Creating and changing: what the program answers, and what it passes over in silence."""

from uuid import uuid4

from sandbox.onec.builtin import ref_of
from tests.sandbox.onec.conftest import OneC, key, order_of, refusal

ORDER = "Document_ЗаказПокупателя"
CLIENTS = "Catalog_Контрагенты"


async def test_an_order_is_created_with_its_number_and_a_raw_location(onec: OneC) -> None:
    answer = await onec.ask(ORDER, method="POST", json=order_of("2", Комментарий="З сайту"))
    made = answer.json()
    assert answer.status_code == 201
    assert (made["Number"], made["Date"], made["Posted"]) == ("УТ00-000003", "2026-11-27T12:00:00", False)
    location = dict(answer.headers.raw)[b"Location"].decode()
    assert location.endswith(f"/base/odata/standard.odata/{key(ORDER, made['Ref_Key'])}")
    assert onec.world.orders[made["Ref_Key"]].from_site


async def test_the_clients_own_key_is_kept_and_never_taken_twice(onec: OneC) -> None:
    ref = str(uuid4())
    made = await onec.create(ORDER, order_of("1", Ref_Key=ref.upper()))
    assert made["Ref_Key"] == ref
    assert refusal(await onec.ask(ORDER, method="POST", json=order_of("1", Ref_Key=ref))) == (400, "15")
    assert len(onec.world.orders) == 3


async def test_a_base_may_ignore_the_clients_key(onec: OneC) -> None:
    await onec.control("quirks", honours_client_ref=False)
    ref = str(uuid4())
    assert (await onec.create(ORDER, order_of("1", Ref_Key=ref)))["Ref_Key"] != ref
    assert refusal(await onec.ask(key(ORDER, ref))) == (404, "9")


async def test_nonsense_is_passed_over_in_silence(onec: OneC) -> None:
    broken = str(uuid4())
    made = await onec.create(
        ORDER,
        order_of("1", Нет=1, КратностьВзаиморасчетов="багато", АдресДоставки="а" * 238, Организация_Key=broken),
    )
    assert "Нет" not in made
    assert made["КратностьВзаиморасчетов"] == "0"
    assert made["АдресДоставки"] == "а" * 100
    assert made["Организация_Key"] == broken
    changed = (await onec.patch(ORDER, made["Ref_Key"], {"Ref_Key": broken})).json()
    assert changed["Ref_Key"] == made["Ref_Key"]


async def test_some_nonsense_is_refused(onec: OneC) -> None:
    async def refused(**more: object) -> tuple[int, str]:
        return refusal(await onec.ask(ORDER, method="POST", json=order_of("1", **more)))

    assert await refused(Контрагент_Key="не ключ") == (400, "1")
    assert await refused(УчитыватьНДС="так") == (400, "1")
    assert await refused(Комментарий=["а"]) == (500, "-1")
    assert await refused(Date="2026-11-27T10:00:00Z") == (400, "1")
    assert await refused(ВидОперации="Нет") == (400, "4")
    broken = await onec.ask(ORDER, method="POST", content=b'{"a":')
    assert refusal(broken) == (500, "-1")
    assert len(onec.world.orders) == 2


async def test_lines_are_numbered_from_one_without_gaps(onec: OneC) -> None:
    gap = order_of("1", "2")
    gap["Товары"][0]["LineNumber"], gap["Товары"][1]["LineNumber"] = 2, 3
    assert refusal(await onec.ask(ORDER, method="POST", json=gap)) == (400, "4")
    bare = order_of("1")
    del bare["Товары"][0]["LineNumber"]
    assert refusal(await onec.ask(ORDER, method="POST", json=bare)) == (500, "-1")


async def test_a_patch_answers_with_the_whole_object_and_replaces_a_section(onec: OneC) -> None:
    made = await onec.create(ORDER, order_of("1", "2"))
    answer = await onec.patch(ORDER, made["Ref_Key"], {"Товары": order_of("7")["Товары"]})
    changed = answer.json()
    assert answer.status_code == 200
    assert [line["Количество"] for line in changed["Товары"]] == [7]
    assert changed["СуммаДокумента"] == made["СуммаДокумента"]
    assert changed["DataVersion"] > made["DataVersion"]


async def test_a_put_wants_everything_and_binds_references(onec: OneC) -> None:
    unit = "Catalog_КлассификаторЕдиницИзмерения"
    path = key(unit, ref_of("unit шт"))
    assert refusal(await onec.ask(path, method="PUT", json={"Description": "штука"})) == (400, "5")
    whole = await onec.one(path)
    answer = await onec.ask(path, method="PUT", json=whole | {"Description": "штука"})
    assert (answer.status_code, answer.json()["Description"]) == (200, "штука")
    bound = {"Контрагент@odata.bind": f"{CLIENTS}(guid'{ref_of('client 2')}')"}
    made = await onec.create(ORDER, order_of("1"))
    assert (await onec.patch(ORDER, made["Ref_Key"], bound)).json()["Контрагент_Key"] == ref_of("client 2")


async def test_if_match_is_ignored_unless_the_base_checks_it(onec: OneC) -> None:
    made = await onec.create(ORDER, order_of("1"))
    stale = {"headers": {"If-Match": "AAAAAAAAAAA="}}
    assert (await onec.patch(ORDER, made["Ref_Key"], {"Комментарий": "а"}, **stale)).status_code == 200
    await onec.control("quirks", if_match="412")
    assert (await onec.patch(ORDER, made["Ref_Key"], {"Комментарий": "б"}, **stale)).status_code == 412
    fresh = {"headers": {"If-Match": (await onec.one(key(ORDER, made["Ref_Key"])))["DataVersion"]}}
    assert (await onec.patch(ORDER, made["Ref_Key"], {"Комментарий": "б"}, **fresh)).status_code == 200


async def test_posting_answers_with_nothing_and_can_be_repeated(onec: OneC) -> None:
    made = await onec.create(ORDER, order_of("1"))
    path = key(ORDER, made["Ref_Key"])
    for query in ("PostingModeOperational=false", ""):
        answer = await onec.ask(f"{path}/Post", query, method="POST")
        assert (answer.status_code, answer.content) == (200, b"")
    assert (await onec.one(path))["Posted"] is True
    assert (await onec.ask(f"{path}/Unpost()", "", method="POST")).status_code == 200
    assert (await onec.one(path))["Posted"] is False


async def test_a_get_of_post_posts_too(onec: OneC) -> None:
    made = await onec.create(ORDER, order_of("1"))
    await onec.ask(f"{key(ORDER, made['Ref_Key'])}/Post", "")
    assert onec.world.orders[made["Ref_Key"]].posted


async def test_a_mark_of_deletion_and_posting_exclude_each_other(onec: OneC) -> None:
    made = await onec.create(ORDER, order_of("1"))
    path, ref = key(ORDER, made["Ref_Key"]), made["Ref_Key"]
    await onec.ask(f"{path}/Post", method="POST")
    assert refusal(await onec.patch(ORDER, ref, {"DeletionMark": True})) == (500, "-1")
    await onec.ask(f"{path}/Unpost", method="POST")
    assert (await onec.patch(ORDER, ref, {"DeletionMark": True})).json()["DeletionMark"] is True
    assert refusal(await onec.ask(f"{path}/Post", method="POST")) == (500, "-1")


async def test_a_delete_is_physical(onec: OneC) -> None:
    made = await onec.create(ORDER, order_of("1"))
    answer = await onec.ask(key(ORDER, made["Ref_Key"]), method="DELETE")
    assert (answer.status_code, answer.content) == (204, b"")
    assert refusal(await onec.ask(key(ORDER, made["Ref_Key"]))) == (404, "9")


async def test_a_closed_period_refuses_unless_it_is_a_data_load(onec: OneC) -> None:
    await onec.control("quirks", closed_before="2026-12-01")
    assert refusal(await onec.ask(ORDER, method="POST", json=order_of("1"))) == (500, "-1")
    loading = {"1C_OData-DataLoadMode": "true"}
    answer = await onec.ask(ORDER, method="POST", json=order_of("1"), headers=loading)
    assert answer.status_code == 201


async def test_a_handler_of_the_configuration_may_refuse(onec: OneC) -> None:
    await onec.control("quirks", refuse_comment="терміново")
    answer = await onec.ask(ORDER, method="POST", json=order_of("1", Комментарий="терміново!"))
    assert refusal(answer) == (500, "-1")
    assert "ПередЗаписью" in answer.json()["odata.error"]["message"]["value"]


async def test_a_client_is_created_with_contacts_and_found_by_its_code(onec: OneC) -> None:
    contacts = [{"LineNumber": 1, "Тип": "Телефон", "Представление": "+380501234567"}]
    body = {"Description": "ТОВ «Нова»", "КодПоЕДРПОУ": "14360570", "КонтактнаяИнформация": contacts}
    made = await onec.create(CLIENTS, body)
    found = await onec.rows(CLIENTS, "$filter=КодПоЕДРПОУ eq '14360570'")
    assert [one["Ref_Key"] for one in found] == [made["Ref_Key"]]
    assert found[0]["КонтактнаяИнформация"][0]["НомерТелефона"] == "380501234567"
    assert onec.world.counterparties[made["Ref_Key"]].phones == ["+380501234567"]


async def test_a_payment_posted_over_the_wire_closes_the_debt(onec: OneC) -> None:
    shipment = next(iter(onec.world.shipments))
    rows = [{"LineNumber": "1", "ДокументРасчетовСКонтрагентом": shipment, "СуммаПлатежа": 83.4}]
    body = {"Контрагент_Key": ref_of("client"), "СуммаДокумента": 83.4, "РасшифровкаПлатежа": rows}
    made = await onec.create("Document_ПлатежноеПоручениеВходящее", body)
    assert str(onec.world.receivables[shipment].left) == "583.40"
    await onec.ask(f"{key('Document_ПлатежноеПоручениеВходящее', made['Ref_Key'])}/Post", method="POST")
    assert str(onec.world.receivables[shipment].left) == "500.00"
