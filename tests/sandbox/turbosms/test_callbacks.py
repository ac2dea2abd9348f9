"""Callbacks: what they say, how they are signed, when they come again."""

import hashlib
from typing import Any

import pytest

from tests.sandbox.turbosms.conftest import SECRET, Customer, Provider

MINUTES = (1, 3, 5, 10, 15, 20, 30, 60, 120)


def sha1(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


async def test_a_delivery_is_told_signed_and_dated_in_kyiv(provider: Provider, customer: Customer) -> None:
    id = await provider.sent_id()
    await provider.passes(5)
    (told,) = customer.came
    assert told == {
        "id": told["id"],
        "signature": sha1(SECRET + told["id"]),
        "type": "DLR_SMS_API",
        "date": "2026-01-01 02:00:05",
        "try": 1,
        "data": {"message_id": id, "status": "DELIVRD", "dlr_date": "2026-01-01 02:00:02"},
    }


async def test_the_cabinet_chooses_form_order_and_words(provider: Provider, customer: Customer) -> None:
    await provider.control("settings", callback_form="form", signature="id_first", words="api")
    id = await provider.sent_id("380671230001")
    await provider.passes(5)
    (told,) = customer.came
    assert told["signature"] == sha1(told["id"] + SECRET)
    assert {name: value for name, value in told.items() if name not in {"id", "signature", "date"}} == {
        "type": "DLR_SMS_API",
        "try": "1",
        "data[message_id]": id,
        "data[status]": "Undelivered",
        "data[dlr_date]": "2026-01-01 02:00:02",
    }


async def test_viber_tells_of_a_delivery_and_of_a_reading(provider: Provider, customer: Customer) -> None:
    await provider.hybrid("380671230011")
    await provider.passes(3)
    await provider.passes(10)
    assert [(one["type"], one["data"]["status"]) for one in customer.came] == [
        ("DLR_VIBER_API", "DELIVRD"),
        ("DLR_VIBER_API", "READ"),
    ]


async def test_nothing_is_told_without_an_address_or_before_an_end(provider: Provider, customer: Customer) -> None:
    await provider.send("380671230006")
    await provider.passes(3600)
    await provider.control("settings", callback_url="")
    await provider.send()
    await provider.passes(5)
    assert (customer.came, await provider.looks("callbacks")) == ([], [])


async def test_what_is_not_accepted_comes_again_by_the_schedule_and_then_no_more(
    provider: Provider, customer: Customer
) -> None:
    customer.answers = [500] * 20
    await provider.send()
    await provider.passes(5)
    for place, minutes in enumerate(MINUTES):
        await provider.passes(minutes * 60 - 1)
        assert len(customer.came) == place + 1
        await provider.passes(1)
        assert len(customer.came) == place + 2
    await provider.passes(24 * 3600)
    assert [one["try"] for one in customer.came] == list(range(1, 11))
    assert len({(one["id"], one["signature"], one["data"]["message_id"]) for one in customer.came}) == 1
    assert [one["state"] for one in await provider.looks("callbacks")] == ["given_up"]


async def test_the_cabinet_sends_one_again_by_hand(provider: Provider, customer: Customer) -> None:
    await provider.send()
    await provider.passes(5)
    await provider.control("callbacks/resend", id=customer.came[0]["id"])
    await provider.passes(0)
    assert [one["try"] for one in customer.came] == [1, 2]
    assert (await provider.http.post("/_control/callbacks/resend", json={"id": "?"})).status_code == 400


async def test_nobody_there_is_tried_again(provider: Provider, customer: Customer) -> None:
    await provider.control("settings", callback_url="http://127.0.0.1:1/")
    await provider.send()
    await provider.passes(5)
    (callback,) = await provider.looks("callbacks")
    assert (callback["state"], callback["attempts"][0]["problem"]) == ("waiting", "ClientConnectorError")


@pytest.mark.parametrize(
    ("fault", "tries", "signed"),
    [
        ({"kind": "lost_callback"}, [], []),
        ({"kind": "repeat_callback", "copies": 2}, [1, 1, 1], [True, True, True]),
        ({"kind": "forged_signature"}, [1, 1], [False, True]),
        ({"kind": "other_message"}, [1, 1], [True, True]),
    ],
)
async def test_a_trouble_is_what_it_is_called(
    provider: Provider, customer: Customer, fault: dict[str, Any], tries: list[int], signed: list[bool]
) -> None:
    await provider.control("faults", **fault)
    await provider.send()
    await provider.passes(5)
    assert [one["try"] for one in customer.came] == tries
    assert [one["signature"] == sha1(SECRET + one["id"]) for one in customer.came] == signed


async def test_another_message_comes_under_the_true_id(provider: Provider, customer: Customer) -> None:
    await provider.control("faults", kind="other_message")
    id = await provider.sent_id()
    await provider.passes(5)
    true, other = customer.came
    assert (true["id"], true["data"]["message_id"]) == (other["id"], id)
    assert other["data"]["message_id"] != id


async def test_a_lost_one_comes_with_the_next_try(provider: Provider, customer: Customer) -> None:
    await provider.control("faults", kind="lost_callback")
    id = await provider.sent_id()
    await provider.passes(5)
    await provider.passes(60)
    assert [one["try"] for one in customer.came] == [2]
    (callback,) = await provider.looks("callbacks", message_id=id)
    assert (callback["state"], callback["attempts"][0]["problem"]) == ("accepted", "lost on the way")
