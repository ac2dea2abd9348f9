"""Troubles: quirks of a base, faults switched on, a base switched off."""

from collections.abc import Callable

import httpx
import pytest

from tests.sandbox.onec.conftest import NO_TLS, ROOT, OneC, order_of, refusal

CLIENTS = "Catalog_Контрагенты"
ORDER = "Document_ЗаказПокупателя"
HTML = "text/html"


@pytest.mark.parametrize(
    ("kind", "status", "told"),
    [
        ("status", 502, HTML),
        ("html200", 200, HTML),
        ("unauthorized", 401, HTML),
        ("access20", 401, "application/json"),
        ("minus1", 500, "application/json"),
        ("locked", 500, "application/json"),
        ("duplicate15", 400, "application/json"),
    ],
)
async def test_a_fault_comes_once_for_the_calls_it_names(onec: OneC, kind: str, status: int, told: str) -> None:
    await onec.control("faults", kind=kind, path="Контрагенты", method="GET")
    assert (await onec.ask("Catalog_Склады")).status_code == 200
    answer = await onec.ask(CLIENTS)
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (status, told)
    assert (await onec.ask(CLIENTS)).json()["value"]


async def test_an_empty_answer_has_status_200(onec: OneC) -> None:
    await onec.control("faults", kind="empty")
    answer = await onec.ask(CLIENTS)
    assert (answer.status_code, answer.content) == (200, b"")


async def test_refusals_have_the_programs_codes_and_the_words_asked(onec: OneC) -> None:
    await onec.control("faults", kind="access20")
    assert refusal(await onec.ask(CLIENTS)) == (401, "20")
    await onec.control("faults", kind="access20")
    assert (await onec.ask(CLIENTS, "$format=json&allowedOnly=true")).status_code == 200
    await onec.control("faults", kind="locked")
    assert "блокировок" in (await onec.ask(CLIENTS)).text
    await onec.control("faults", kind="minus1", text="Не хватает товара", times=2)
    assert "Не хватает товара" in (await onec.ask(CLIENTS)).text
    assert refusal(await onec.ask(CLIENTS)) == (500, "-1")


async def test_a_broken_answer_is_cut_and_a_wrong_encoding_is_cp1251(onec: OneC) -> None:
    await onec.control("faults", kind="broken_json")
    cut = await onec.ask(CLIENTS)
    with pytest.raises(ValueError, match=r"Unterminated|Expecting|Invalid"):
        cut.json()
    await onec.control("faults", kind="wrong_encoding")
    wrong = await onec.ask(CLIENTS)
    with pytest.raises(UnicodeDecodeError):
        wrong.content.decode("utf-8")
    assert "Ранкова кава" in wrong.content.decode("cp1251")


@pytest.mark.parametrize(("kind", "orders"), [("lost_answer", 3), ("drop", 2)])
async def test_a_lost_answer_has_done_its_work_and_a_dropped_call_has_not(onec: OneC, kind: str, orders: int) -> None:
    await onec.control("faults", kind=kind, method="POST")
    with pytest.raises(httpx.TransportError):
        await onec.ask(ORDER, method="POST", json=order_of("1"))
    assert len(onec.world.orders) == orders


async def test_a_slow_call_is_slow_and_then_does_its_work(onec: OneC) -> None:
    await onec.control("faults", kind="slow", seconds=0.3)
    with pytest.raises(httpx.ReadTimeout):
        await onec.ask(CLIENTS, timeout=0.1)
    assert len(await onec.rows(CLIENTS)) == 2


async def test_faults_are_listed_refused_and_dropped(onec: OneC) -> None:
    await onec.control("faults", kind="drop", times=5)
    assert [one["times"] for one in (await onec.control("faults", "GET"))["faults"]] == [5]
    assert (await onec.http.post("/_control/faults", json={"kind": "flood"})).status_code == 400
    await onec.control("faults", "DELETE")
    assert (await onec.ask(CLIENTS)).status_code == 200


@pytest.mark.parametrize(("mode", "status"), [("503", 503), ("404", 404)])
async def test_a_base_switched_off_answers_with_a_page(onec: OneC, mode: str, status: int) -> None:
    await onec.control("power", on=False, mode=mode)
    answer = await onec.ask(CLIENTS)
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (status, HTML)
    assert (await onec.control("state", "GET"))["on"] is False
    await onec.control("power", on=True)
    assert (await onec.ask(CLIENTS)).status_code == 200


async def test_a_base_switched_off_drops_connections_by_default(onec: OneC) -> None:
    await onec.control("power", on=False)
    with pytest.raises(httpx.TransportError):
        await onec.ask(CLIENTS)


@pytest.mark.parametrize(
    "header",
    [
        lambda: {"Authorization": httpx.BasicAuth("Комора".encode(), b"wrong")._auth_header},
        lambda: {"Authorization": httpx.BasicAuth("Комора".encode("cp1251"), "п@роль".encode("cp1251"))._auth_header},
        lambda: {"Authorization": "Bearer token"},
        lambda: {"Authorization": "Basic %%%"},
    ],
)
async def test_a_stranger_gets_a_page_not_json(onec: OneC, header: Callable[[], dict[str, str]]) -> None:
    async with httpx.AsyncClient(base_url=onec.http.base_url, trust_env=False, verify=NO_TLS) as stranger:
        answer = await stranger.get(ROOT + "$metadata", headers=header())
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (401, HTML)


async def test_a_changed_password_shuts_the_old_one_out(onec: OneC) -> None:
    await onec.control("password", password="новий")
    assert (await onec.ask(CLIENTS)).status_code == 401
    fresh = httpx.BasicAuth("Комора".encode(), "новий".encode())
    assert (await onec.ask(CLIENTS, auth=fresh)).status_code == 200


async def test_the_web_server_refuses_some_addresses_itself(onec: OneC) -> None:
    long = " or ".join(["Склад_Key eq guid'00000000-0000-0000-0000-000000000000'"] * 6)
    stock = "AccumulationRegister_ТоварыНаСкладах"
    answer = await onec.ask(f"{stock}/Balance(Condition='{long}')")
    assert (answer.status_code, "Invalid URL" in answer.text) == (400, True)
    assert (await onec.ask(f"{stock}/Balance", f"$format=json&Condition='{long}'")).status_code == 200
    assert (await onec.http.get(ROOT + "Catalog_%3F")).status_code == 400


async def test_a_page_over_the_limit_breaks_the_program(onec: OneC) -> None:
    await onec.control("quirks", page_bytes_limit=2000)
    assert refusal(await onec.ask("Catalog_Номенклатура")) == (500, "-1")
    assert (await onec.ask("Catalog_Номенклатура", "$format=json&$top=1")).status_code == 200


async def test_a_wrong_charset_is_announced_over_utf8(onec: OneC) -> None:
    await onec.control("quirks", announce_charset="windows-1251")
    answer = await onec.ask(CLIENTS)
    assert answer.headers["Content-Type"].endswith("charset=windows-1251")
    assert "Ранкова кава" in answer.content.decode("utf-8")


async def test_an_unknown_quirk_is_refused(onec: OneC) -> None:
    assert (await onec.http.post("/_control/quirks", json={"speed": 1})).status_code == 400
    assert (await onec.http.post("/_control/quirks", json={"if_match": "maybe"})).status_code == 400


@pytest.mark.parametrize("quirk", ["first_request_delay", "balance_slow", "latency"])
async def test_a_slow_base_makes_an_impatient_client_give_up(onec: OneC, quirk: str) -> None:
    await onec.control("quirks", **{quirk: 0.3})
    with pytest.raises(httpx.ReadTimeout):
        await onec.ask("AccumulationRegister_ТоварыНаСкладах/Balance()", timeout=0.1)


async def test_a_base_without_a_user_lets_anybody_in_until_it_gets_a_password(onec: OneC) -> None:
    onec.sandbox.service.user = onec.sandbox.service.password = ""
    assert (await onec.ask(CLIENTS, auth=httpx.BasicAuth(b"who", b"any"))).status_code == 200
    await onec.control("password", password="new")
    assert (await onec.ask(CLIENTS, auth=httpx.BasicAuth(b"who", b"any"))).status_code == 401
    assert (await onec.ask(CLIENTS, auth=httpx.BasicAuth(b"who", b"new"))).status_code == 200
