"""Sending: what is accepted, what it costs, what each refusal is called."""

import json
from typing import Any

import pytest

from tests.sandbox.atompark.conftest import Provider


async def test_a_message_is_charged_by_parts_and_numbers_travel_as_strings(provider: Provider) -> None:
    answer = await provider.send(text="я" * 71)
    assert answer == {"result": {"id": "700001", "price": "1.70", "currency": "UAH"}}
    assert await provider.balance() == "498.30"


async def test_the_balance_is_shown_in_the_currency_asked_for(provider: Provider) -> None:
    answer = await provider.post("getUserBalance", currency="USD")
    assert answer["result"] == {"balance_currency": "11.90", "currency": "USD"}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"sender": ""}, 300),
        ({"sender": "TwelveLetter"}, 300),
        ({"sender": "Комора"}, 300),
        ({"text": ""}, 301),
        ({"text": " \n"}, 301),
        ({"phone": ""}, 303),
        ({"phone": "+380671234567"}, 303),
        ({"phone": "0671234567"}, 303),
        ({"phone": "38067123456"}, 303),
        ({"phone": "３８０６７１２３４５６７"}, 303),
        ({"datetime": "31.01.2026"}, 306),
        ({"sms_lifetime": "2"}, 306),
        ({"text": "я" * 67 * 256}, 306),
    ],
)
async def test_a_wrong_field_is_refused_with_its_code_and_costs_nothing(
    provider: Provider, wrong: dict[str, str], code: int
) -> None:
    right = {"sender": "Komora", "text": "Hello", "phone": "380671234567", "datetime": "", "sms_lifetime": "0"}
    answer = await provider.post("sendSMS", **{**right, **wrong})
    assert (answer.get("code"), "result" in answer) == (code, False)
    assert await provider.balance() == "500.00"


async def test_without_money_nothing_is_sent(provider: Provider) -> None:
    await provider.control("balance", amount="1.69")
    assert (await provider.send(text="я" * 71))["code"] == 305
    assert (await provider.send(text="я" * 70))["result"]["price"] == "0.85"
    assert await provider.balance() == "0.84"


@pytest.mark.parametrize("status", [0, 2])
async def test_a_sender_name_that_is_not_approved_sends_nothing(provider: Provider, status: int) -> None:
    await provider.control("senders", name="Komora", status=status)
    by_name = await provider.post("getSenderStatus", name="Komora", country="UA")
    assert by_name["result"] == {"id": "101", "name": "Komora", "country": "UA", "status": str(status)}
    assert (await provider.send())["code"] == 300


async def test_sender_names_are_found_by_id_and_listed(provider: Provider) -> None:
    await provider.send()
    row = ["101", "Komora", "UA", "1"]
    listed = (await provider.post("getSenderStatus"))["result"]
    assert listed == {"count": "1", "fields": ["id", "name", "country", "status"], "data": [row]}
    assert list((await provider.post("getSenderStatus", idName="101"))["result"].values()) == row
    assert (await provider.post("getSenderStatus", idName="999"))["code"] == 264


async def test_a_group_fills_in_its_variables_and_skips_wrong_and_repeated_phones(provider: Provider) -> None:
    rows: list[list[Any]] = [
        ["380671234567", "Олена;12"],
        ["380501112233", "Іван"],
        ["12", "хто"],
        ["380671234567"],
    ]
    wanted = {"sender": "Komora", "text": "%1%, рахунок %2%", "phones": json.dumps(rows)}
    assert (await provider.post("checkCampaignPriceGroup", **wanted))["result"] == {"price": "1.70", "currency": "UAH"}
    answer = await provider.post("sendsmsgroup", **wanted, datetime="", sms_lifetime="0")
    await provider.control("clock", advance=10)
    assert [one["text"] for one in await provider.inbox()] == ["Олена, рахунок 12", "Іван, рахунок "]
    stats = await provider.stats(answer["result"]["id"])
    assert stats["status"] == ["DELIVERED", "DELIVERED", "INVALID_PHONE_NUMBER", "duplicate"]
    assert await provider.balance() == "498.30"


@pytest.mark.parametrize("phones", ["", "{}", "[]", "null", "[[]]", '[["+380671234567",""]]', "[" * 100_000, "7"])
async def test_a_group_without_a_phone_to_send_to_is_refused(provider: Provider, phones: str) -> None:
    wanted = {"sender": "Komora", "text": "Hello", "phones": phones}
    assert (await provider.post("sendsmsgroup", **wanted, datetime="", sms_lifetime="0"))["code"] == 303
    assert (await provider.post("checkCampaignPriceGroup", **wanted))["code"] == 373


@pytest.mark.parametrize(("wrong", "code"), [({"sender": ""}, 370), ({"text": ""}, 371)])
async def test_a_price_is_refused_with_codes_of_its_own(provider: Provider, wrong: dict[str, str], code: int) -> None:
    wanted = {"sender": "Komora", "text": "Hello", "phones": '[["380671234567",""]]', **wrong}
    assert (await provider.post("checkCampaignPriceGroup", **wanted))["code"] == code


async def test_a_test_message_is_priced_but_neither_charged_nor_delivered(provider: Provider) -> None:
    campaign = await provider.sent_id(test="1")
    await provider.control("clock", advance=60)
    assert (await provider.stats(campaign))["status"] == ["0"]
    assert await provider.inbox() == []
    assert await provider.balance() == "500.00"
