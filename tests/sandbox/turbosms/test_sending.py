"""Sending: who is let in, what is accepted, what it costs, what each refusal is called."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from aiohttp.test_utils import TestServer

from sandbox.turbosms import create_app
from tests.sandbox.turbosms.conftest import PHONE, TOKEN, Provider

SMS = {"sender": "Komora", "text": "Вітаємо"}


async def test_a_message_is_accepted_with_an_id_and_charged_by_parts(provider: Provider) -> None:
    answer = await provider.send(text="я" * 71)
    (row,) = answer["response_result"]
    assert (answer["response_code"], answer["response_status"]) == (800, "SUCCESS_MESSAGE_ACCEPTED")
    assert {**row, "message_id": UUID(row["message_id"]).version} == {
        "phone": PHONE,
        "response_code": 0,
        "message_id": 4,
        "response_status": "OK",
    }
    assert await provider.balance() == 498.10


@pytest.mark.parametrize(
    ("headers", "query", "code"),
    [
        ({"Authorization": f"Bearer {TOKEN}"}, {}, 1),
        ({"Authorization": f"Basic {TOKEN}"}, {}, 1),
        ({}, {"token": TOKEN}, 1),
        ({}, {}, 103),
        ({"Authorization": "Bearer"}, {}, 103),
        ({"Authorization": "Bearer wrong"}, {}, 301),
        ({"Authorization": f"Bearer {TOKEN}x"}, {}, 301),
        ({}, {"token": "wrong"}, 301),
    ],
)
async def test_only_the_token_lets_in(
    provider: Provider, headers: dict[str, str], query: dict[str, str], code: int
) -> None:
    answer = await provider.http.get("/message/ping.json", headers=headers, params=query)
    assert (answer.status_code, answer.json()["response_code"]) == (200, code)


@pytest.mark.parametrize("given", ["", "x"])
async def test_an_account_without_a_token_lets_nobody_in(given: str) -> None:
    server = TestServer(create_app("", ""))
    await server.start_server()
    async with httpx.AsyncClient(base_url=str(server.make_url("/")), trust_env=False) as http:
        answer = await http.get("/user/balance.json", params={"token": given})
    await server.close()
    assert answer.json()["response_code"] in (103, 301)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"sms": SMS}, 202),
        ({"recipients": [], "sms": SMS}, 202),
        ({"recipients": ["380671234567"] * 5001, "sms": SMS}, 405),
        ({"recipients": [PHONE]}, 104),
        ({"recipients": [PHONE], "sms": []}, 300),
        ({"recipients": [PHONE], "sms": {"text": "Вітаємо"}}, 200),
        ({"recipients": [PHONE], "sms": {"sender": "Комора", "text": "Вітаємо"}}, 302),
        ({"recipients": [PHONE], "sms": {"sender": "TwelveLetter", "text": "Вітаємо"}}, 302),
        ({"recipients": [PHONE], "sms": {"sender": "Komora"}}, 201),
        ({"recipients": [PHONE], "sms": {"sender": "Komora", "text": " \n"}}, 304),
        ({"recipients": [PHONE], "sms": {"sender": "Komora", "text": "я" * 671}}, 413),
        ({"recipients": [PHONE], "viber": {**SMS, "text": "я" * 1001}}, 413),
        ({"recipients": [PHONE], "viber": {**SMS, "ttl": "60"}}, 306),
        ({"recipients": [PHONE], "viber": {**SMS, "ttl": True}}, 306),
        ({"recipients": [PHONE], "viber": {**SMS, "ttl": 60.5}}, 306),
        ({"recipients": [PHONE], "viber": {**SMS, "ttl": 59}}, 409),
        ({"recipients": [PHONE], "viber": {**SMS, "ttl": 86_401}}, 409),
        ({"recipients": [PHONE], "sms": SMS, "start_time": "tomorrow"}, 303),
        ({"recipients": ["+380671234567"], "sms": SMS}, 305),
        ({"recipients": ["0671234567"], "sms": SMS}, 305),
        ({"recipients": ["38067123456"], "sms": SMS}, 305),
    ],
)
async def test_a_wrong_field_is_refused_with_its_code_and_costs_nothing(
    provider: Provider, body: dict[str, Any], code: int
) -> None:
    answer = await provider.post("message/send", body)
    assert answer["response_code"] == code
    assert await provider.balance() == 500.00


@pytest.mark.parametrize("body", ["", "{", "[]", "null", "[" * 100_000])
async def test_a_body_that_is_no_object_is_answered_all_the_same(provider: Provider, body: str) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    answer = await provider.http.post("/message/send.json", content=body, headers=headers)
    assert (answer.status_code, answer.json()["response_code"]) == (200, 502 if body else 202)


async def test_a_form_that_cannot_be_read_is_answered_all_the_same(provider: Provider) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "multipart/form-data"}
    answer = await provider.http.post("/message/send.json", content=b"--", headers=headers)
    assert (answer.status_code, answer.json()["response_code"]) == (200, 502)


async def test_what_is_not_a_method_is_not_found(provider: Provider) -> None:
    assert (await provider.http.get("/message/burn.json")).status_code == 404


async def test_values_of_a_channel_win_over_those_beside_it(provider: Provider) -> None:
    body = {"recipients": [PHONE], "sender": "Komora", "text": "спільне", "sms": {"text": "своє"}}
    assert (await provider.post("message/send", body))["response_code"] == 800
    await provider.passes(5)
    assert [(one["sender"], one["text"]) for one in await provider.inbox()] == [("Komora", "своє")]


@pytest.mark.parametrize(("method", "place"), [("POST", "data"), ("GET", "params")])
async def test_a_request_may_be_a_form_or_an_address(provider: Provider, method: str, place: str) -> None:
    fields = {
        "token": TOKEN,
        "recipients[0]": PHONE,
        "recipients[1]": "380501112233",
        "sms[sender]": "Komora",
        "sms[text]": "Вітаємо",
        "viber[sender]": "Komora",
        "viber[text]": "Вітаємо",
        "viber[ttl]": "60",
    }
    answer = (await provider.http.request(method, "/message/send.json", **{place: fields})).json()  # type: ignore[arg-type]
    assert (answer["response_code"], len(answer["response_result"])) == (800, 2)
    await provider.passes(5)
    assert [(one["channel"], one["text"]) for one in await provider.inbox()] == [("viber", "Вітаємо")] * 2


# --- once ------------------------------------------------------------------------------------------------------------


async def test_a_request_is_executed_once_for_its_id(provider: Provider) -> None:
    first = await provider.send(sequence_id="k-1")
    again = await provider.send("380501112233", "Інше", sequence_id="k-1")
    assert (again["response_code"], again["response_status"]) == (507, "FAILED_DUPLICATE_REQUEST")
    assert again["response_result"] == first["response_result"]
    assert await provider.balance() == 499.05
    await provider.passes(5)
    assert [one["text"] for one in await provider.inbox()] == ["Вітаємо"]


async def test_a_request_that_was_refused_as_a_whole_may_come_again(provider: Provider) -> None:
    await provider.control("balance", amount="0.10")
    assert (await provider.send(sequence_id="k-1"))["response_code"] == 203
    await provider.control("balance", amount="10")
    assert (await provider.send(sequence_id="k-1"))["response_code"] == 800


async def test_the_same_words_to_the_same_phone_wait_ninety_seconds(provider: Provider) -> None:
    await provider.send()
    assert (await provider.send())["response_code"] == 427
    assert (await provider.send("380501112233"))["response_code"] == 800
    assert (await provider.send(text="Інше"))["response_code"] == 800
    await provider.passes(90)
    assert (await provider.send())["response_code"] == 800


async def test_each_recipient_has_an_outcome_of_its_own(provider: Provider) -> None:
    await provider.control("stoplist", phone="380501112233")
    body = {"recipients": [PHONE, "380501112233", "12", PHONE], "sms": SMS}
    answer = await provider.post("message/send", body)
    assert answer["response_code"] == 802
    assert [row["response_code"] for row in answer["response_result"]] == [0, 404, 305, 407]
    assert [bool(row["message_id"]) for row in answer["response_result"]] == [True, False, False, False]
    assert await provider.balance() == 499.05


async def test_who_left_the_stop_list_is_written_to_again(provider: Provider) -> None:
    await provider.control("stoplist", phone=PHONE)
    assert (await provider.send())["response_code"] == 404
    assert await provider.control("stoplist", phone=PHONE, stopped=False) == {"phones": []}
    assert (await provider.send())["response_code"] == 800


@pytest.mark.parametrize("channel", ["sms", "viber"])
async def test_a_sender_that_is_not_active_sends_nothing(provider: Provider, channel: str) -> None:
    await provider.control("senders", name="Komora", channel=channel, active=False)
    assert (await provider.hybrid())["response_code"] == 401
    await provider.control("senders", name="Komora", channel=channel, active=True)
    assert (await provider.hybrid())["response_code"] == 800


async def test_many_requests_come_back_by_their_keys(provider: Provider) -> None:
    good, bad = {"recipients": [PHONE], "sms": SMS}, {"recipients": [PHONE]}
    answer = await provider.post("message/sendmulti", {"a": good, "b": bad, "c": "?"})
    assert answer["response_code"] == 0
    assert {key: one["response_code"] for key, one in answer["response_result"].items()} == {
        "a": 800,
        "b": 104,
        "c": 202,
    }
    assert (await provider.post("message/sendmulti", {}))["response_code"] == 104


async def test_a_hybrid_needs_money_for_both_ways_and_pays_for_one(provider: Provider) -> None:
    await provider.control("balance", amount="1.54")
    assert (await provider.hybrid())["response_code"] == 203
    await provider.control("balance", amount="1.55")
    assert (await provider.hybrid())["response_code"] == 800
    assert await provider.balance() == 0.95
