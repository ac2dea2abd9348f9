"""The control side: what people of the base do, and what is seen of it."""

import asyncio
import json
from typing import Any

from sandbox.onec.builtin import ref_of
from sandbox.onec.exchange_port import Settings, Transcript
from sandbox.onec.sandbox import Sandbox
from sandbox.onec.world import World
from tests.sandbox.onec.conftest import OneC, order_of


async def test_the_index_lists_every_route(onec: OneC) -> None:
    listed = (await onec.http.get("/_control/")).json()["routes"]
    assert {"/state", "/documents", "/exchange", "/callbacks"} <= {one["path"] for one in listed}


async def test_the_state_counts_what_is_there(onec: OneC) -> None:
    await onec.ask("Catalog_Склады")
    state = await onec.control("state", "GET")
    assert (state["on"], state["mode"], state["profile"]) == (True, "drop", "ut_ua")
    assert (state["now"], state["requests"]) == ("2026-11-27T12:00:00", 1)
    assert {name: state["counts"][name] for name in ("articles", "counterparties", "orders")} == {
        "articles": 4, "counterparties": 2, "orders": 2,
    }  # fmt: skip


async def test_an_order_by_phone_gets_the_clients_price_and_a_number(onec: OneC) -> None:
    lines = [{"article": "10661", "quantity": "10"}, {"article": ref_of("21001"), "quantity": "1.5", "price": "170"}]
    made = await onec.control("orders", counterparty="32855961", lines=lines, comment="Телефоном")
    assert (made["number"], made["state"], made["posted"]) == ("УТ00-000003", "accepted", True)
    assert made["from_site"] is False
    assert (made["total"], made["lines"][0]["price"], made["lines"][1]["amount"]) == ("734.00", "47.90", "255.00")
    assert made["lines"][1]["quantity"] == "1.500"


async def test_documents_come_newest_first_after_an_event(onec: OneC) -> None:
    known = await onec.control("documents", "GET")
    assert {one["id"] for one in known["documents"]} == {0}
    made = await onec.create("Document_ЗаказПокупателя", order_of("1", НомерВходящегоДокументаЭлектронногоОбмена="K-7"))
    fresh = (await onec.control(f"documents?after={known['last']}&kind=order", "GET"))["documents"]
    assert [(one["ref"], one["external_number"], one["from_site"]) for one in fresh] == [(made["Ref_Key"], "K-7", True)]
    assert fresh[0]["counterparty"] == "Кав’ярня «Ранкова кава»"
    assert (await onec.control(f"documents?after={fresh[0]['id']}", "GET"))["documents"] == []


async def test_a_manager_changes_a_row_and_the_sums_follow(onec: OneC) -> None:
    made = await onec.create("Document_ЗаказПокупателя", order_of("1", "2"))
    path = f"documents/{made['Ref_Key']}"
    changed = await onec.control(f"{path}/lines", lines=[{"line": 2, "quantity": "5", "price": "40.00"}])
    assert (changed["total"], changed["lines"][1]["amount"]) == ("247.90", "200.00")
    answer = await onec.http.post(f"/_control/{path}/lines", json={"lines": [{"line": 9, "quantity": "1"}]})
    assert (answer.status_code, answer.json()) == (409, {"error": "Рядка 9 немає"})


async def test_shipping_makes_a_shipment_a_debt_and_takes_the_stock(onec: OneC) -> None:
    made = await onec.control("orders", counterparty="32855961", lines=[{"article": "10661", "quantity": "8"}])
    await onec.control(f"documents/{made['ref']}/state", state="shipped")
    shipments = (await onec.control("documents?kind=shipment", "GET"))["documents"]
    assert (shipments[0]["total"], shipments[0]["posted"]) == ("383.20", True)
    debt = onec.world.receivables[shipments[0]["ref"]]
    assert (str(debt.total), debt.due and debt.due.isoformat()) == ("383.20", "2026-12-04T12:00:00")
    assert (await onec.control("articles?q=молоко", "GET"))["articles"][0]["stock"] == "80.000"
    await onec.control(f"documents/{shipments[0]['ref']}/unpost")
    assert (await onec.control("articles?q=10661", "GET"))["articles"][0]["stock"] == "88.000"


async def test_a_mark_unposts_and_can_be_taken_off(onec: OneC) -> None:
    made = await onec.control("orders", counterparty="32855961", lines=[{"article": "10661", "quantity": "1"}])
    marked = await onec.control(f"documents/{made['ref']}/mark")
    assert (marked["marked"], marked["posted"]) == (True, False)
    answer = await onec.http.post(f"/_control/documents/{made['ref']}/post")
    assert answer.status_code == 409
    assert (await onec.control(f"documents/{made['ref']}/unmark"))["marked"] is False
    assert (await onec.control(f"documents/{made['ref']}/post"))["posted"] is True


async def test_prices_stock_and_clients_are_changed_by_hand(onec: OneC) -> None:
    priced = await onec.control("prices", article="10661", price_type="Роздрібна", price="55.00")
    assert priced["prices"] == {"Роздрібна": "55.00", "Оптова": "47.90"}
    assert (await onec.control("stock", article="10661", quantity="7.5"))["stock"] == "7.500"
    client = await onec.control(f"counterparties/{ref_of('client')}", name="Кава", price_type="Роздрібна", marked=True)
    assert (client["name"], client["price_type"], client["marked"]) == ("Кава", "Роздрібна", True)
    found = (await onec.control("counterparties?q=32855961", "GET"))["counterparties"]
    assert found[0]["people"] == [{"ref": ref_of("person"), "name": "Олена Коваль", "phones": ["+380671112011"]}]


async def test_what_is_not_known_is_a_refusal_and_what_is_misspelled_an_error(onec: OneC) -> None:
    async def status(path: str, **body: Any) -> int:
        return (await onec.http.post(f"/_control/{path}", json=body)).status_code

    assert await status("prices", article="нема", price_type="Оптова", price="1") == 409
    assert await status("prices", article="10661", price_type="Оптова", price="-1") == 400
    assert await status("orders", counterparty="нема", lines=[{"article": "10661", "quantity": "1"}]) == 409
    assert await status("counterparties/нема", name="а") == 409
    assert await status(f"documents/{ref_of('нема')}/post") == 409
    assert await status("power", off=True) == 400
    assert await status("clock", advance=-1) == 400


async def test_calls_are_kept_without_bodies(onec: OneC) -> None:
    await onec.create("Document_ЗаказПокупателя", order_of("1"))
    kept = (await onec.control("requests", "GET"))["requests"]
    address = "/base/odata/standard.odata/Document_ЗаказПокупателя"
    assert kept == [{"method": "POST", "path": address, "query": "$format=json", "status": 201}]
    assert (await onec.control("requests", "DELETE"))["requests"] == []


async def test_the_clock_moves_and_reset_brings_everything_back(onec: OneC) -> None:
    assert (await onec.control("clock", advance=3600))["now"] == "2026-11-27T13:00:00"
    await onec.create("Document_ЗаказПокупателя", order_of("1"))
    await onec.control("password", password="інший")
    state = await onec.control("reset")
    assert (state["now"], state["counts"]["orders"]) == ("2026-11-27T12:00:00", 2)
    assert (await onec.ask("Catalog_Склады")).status_code == 200


async def test_every_change_is_streamed(onec: OneC) -> None:
    events: list[dict[str, Any]] = []

    async def listen() -> None:
        async with onec.http.stream("GET", "/_control/events?after=0") as stream:
            async for line in stream.aiter_lines():
                if line.startswith("data: "):
                    events.append(json.loads(line[6:]))
                if len(events) == 2:
                    return

    task = asyncio.create_task(listen())
    made = await onec.create("Document_ЗаказПокупателя", order_of("1"))
    await onec.control("stock", article="10661", quantity="5")
    await asyncio.wait_for(task, 5)
    assert [(one["kind"], one["action"], one["ref"]) for one in events] == [
        ("order", "created", made["Ref_Key"]),
        ("stock", "stock", ref_of("10661")),
    ]
    assert events[0]["document"]["number"] == "УТ00-000003"


async def test_who_listens_from_before_a_reset_hears_what_comes_after_it(onec: OneC) -> None:
    await onec.create("Document_ЗаказПокупателя", order_of("1"))
    await onec.control("reset")
    async with onec.http.stream("GET", "/_control/events?after=0") as stream:
        await onec.control("stock", article="10661", quantity="5")
        async for line in stream.aiter_lines():
            if line.startswith("data: "):
                assert json.loads(line[6:])["kind"] == "stock"
                return


async def test_an_exchange_is_run_by_the_client_that_was_given(onec: OneC) -> None:
    asked: list[Settings] = []

    async def exchange(world: World, settings: Settings) -> Transcript:
        asked.append(settings)
        return [{"step": "checkauth", "status": 200, "reply": "success"}]

    onec.sandbox._exchange = exchange
    told = await onec.control("exchange", url="http://127.0.0.1:1/1c/exchange", user="1c", password="x", what="sale")
    assert told["transcript"] == [{"step": "checkauth", "status": 200, "reply": "success"}]
    assert (asked[0].what, asked[0].dialect, asked[0].encoding) == ("sale", "1c", "utf-8")


async def test_only_this_machine_comes_in(onec: OneC) -> None:
    answer = await onec.http.get("/_control/state", headers={"X-Forwarded-For": "10.0.0.1"})
    assert answer.status_code == 403


def test_an_unknown_profile_is_refused(onec: OneC) -> None:
    try:
        Sandbox("", "", "erp", None, None, onec.world.clock)
    except ValueError as error:
        assert "ut_ua, bas_ut, unf, bp" in str(error)


async def test_what_clients_owe_is_listed_by_document_until_it_is_paid(onec: OneC) -> None:
    (debt,) = (await onec.control("debts", "GET"))["debts"]
    assert (debt["left"], debt["code"], debt["name"] != "") == ("583.40", "32855961", True)
    (owed,) = onec.world.receivables.values()
    assert (debt["number"], debt["date"]) == (owed.number, f"{owed.date:%Y-%m-%d}")
    await onec.control("payments", counterparty="32855961", amount="583.40")
    assert (await onec.control("debts", "GET"))["debts"] == []


async def test_a_contract_is_shown_with_what_the_clients_card_says_and_its_last_day(onec: OneC) -> None:
    await onec.control(f"counterparties/{ref_of('client')}", until="2026-12-31")
    shown = await onec.control("contracts", "GET")
    contract = next(one for one in shown["documents"] if one["ref"] == ref_of("contract"))
    assert (contract["kind"], contract["number"], contract["counterparty"]) == (
        "contract", "15", "Кав’ярня «Ранкова кава»",
    )  # fmt: skip
    assert (contract["until"], contract["payment_days"], contract["credit_limit"]) == (
        "2026-12-31T00:00:00", 7, "50000.00",
    )  # fmt: skip
    assert (contract["main"], contract["signed"], contract["from_site"], contract["card"]) == (True, False, False, "")
    assert shown["documents"][0] == contract
