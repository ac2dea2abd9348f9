"""What becomes of a message as time passes."""

import pytest

from tests.sandbox.turbosms.conftest import PHONE, Provider


async def test_a_text_message_is_queued_then_sent_then_delivered(provider: Provider) -> None:
    id = await provider.sent_id()
    seen = [await provider.status(id)]
    for _ in range(2):
        await provider.passes(1)
        seen.append(await provider.status(id))
    assert [(one["status"], one["updated"]) for one in seen] == [
        ("Queued", "2026-01-01 02:00:00"),
        ("Sent", "2026-01-01 02:00:01"),
        ("Delivered", "2026-01-01 02:00:02"),
    ]
    last = seen[-1]
    assert (last["recipient"], last["sent"], last["type"]) == (PHONE, "2026-01-01 02:00:00", "sms")


@pytest.mark.parametrize(
    ("ending", "status"),
    [("0001", "Undelivered"), ("0003", "Rejected"), ("0004", "Expired"), ("0006", "Sent"), ("0007", "Queued")],
)
async def test_a_phone_with_a_known_ending_meets_its_failure(provider: Provider, ending: str, status: str) -> None:
    id = await provider.sent_id(f"38067123{ending}")
    await provider.passes(24 * 3600)
    assert ((await provider.status(id))["status"], await provider.inbox()) == (status, [])


async def test_a_message_expires_a_day_later(provider: Provider) -> None:
    id = await provider.sent_id("380671230004")
    await provider.passes(24 * 3600 - 1)
    waiting = (await provider.status(id))["status"]
    await provider.passes(1)
    assert (waiting, (await provider.status(id))["status"]) == ("Sent", "Expired")


async def test_a_hybrid_that_viber_delivers_costs_vibers_price_and_sends_no_text_message(provider: Provider) -> None:
    id = (await provider.hybrid(ttl=60))["response_result"][0]["message_id"]
    await provider.passes(3600)
    told = await provider.status(id)
    assert (told["status"], told["type"], await provider.balance()) == ("Delivered", "viber", 499.40)
    assert [(one["channel"], one["parts"]) for one in await provider.inbox()] == [("viber", 0)]


async def test_a_hybrid_without_viber_becomes_a_text_message_after_its_ttl_and_pays_for_both(
    provider: Provider,
) -> None:
    id = (await provider.hybrid("380671230010", ttl=600))["response_result"][0]["message_id"]
    seen = []
    for seconds in (0, 599, 1, 1, 1):
        await provider.passes(seconds)
        told = await provider.status(id)
        seen.append((told["type"], told["status"]))
    assert seen == [
        ("viber", "Queued"),
        ("viber", "Queued"),
        ("sms", "Queued"),
        ("sms", "Sent"),
        ("sms", "Delivered"),
    ]
    assert await provider.balance() == 498.45
    assert [one["channel"] for one in await provider.inbox()] == ["sms"]


async def test_viber_alone_expires_where_there_is_no_viber(provider: Provider) -> None:
    body = {"recipients": ["380671230010"], "viber": {"sender": "Komora", "text": "Вітаємо", "ttl": 600}}
    id = (await provider.post("message/send", body))["response_result"][0]["message_id"]
    await provider.passes(600)
    told = await provider.status(id)
    assert (told["status"], told["type"]) == ("Expired", "viber")


async def test_a_reader_reads_and_others_when_they_are_told_to(provider: Provider) -> None:
    by_itself = (await provider.hybrid("380671230011"))["response_result"][0]["message_id"]
    when_told = (await provider.hybrid())["response_result"][0]["message_id"]
    await provider.passes(10)
    assert [(await provider.status(one))["status"] for one in (by_itself, when_told)] == ["Read", "Delivered"]
    await provider.control("read", message_id=when_told)
    assert (await provider.status(when_told))["status"] == "Read"


async def test_a_text_message_cannot_be_read(provider: Provider) -> None:
    id = await provider.sent_id()
    await provider.passes(5)
    for wanted in ({"message_id": id}, {"message_id": "?"}, {}):
        assert (await provider.http.post("/_control/read", json=wanted)).status_code == 400


async def test_a_scheduled_message_waits_for_its_time_in_kyiv(provider: Provider) -> None:
    id = await provider.sent_id(start_time="2026-01-01 03:00")
    await provider.passes(3600)
    early = await provider.status(id)
    await provider.passes(2)
    late = await provider.status(id)
    assert [(one["status"], one["updated"]) for one in (early, late)] == [
        ("Queued", "2026-01-01 02:00:00"),
        ("Delivered", "2026-01-01 03:00:02"),
    ]


async def test_an_id_that_is_not_there_has_a_code(provider: Provider) -> None:
    id = await provider.sent_id()
    both = await provider.post("message/status", {"messages": [id, "7"]})
    none = await provider.post("message/status", {"messages": ["7"]})
    assert (both["response_code"], [row["response_code"] for row in both["response_result"]]) == (0, [0, 414])
    assert (none["response_code"], none["response_result"][0]["message_id"]) == (414, "7")


@pytest.mark.parametrize("messages", [None, [], "7", [7], [""], {}])
async def test_ids_that_are_none_are_refused(provider: Provider, messages: object) -> None:
    assert (await provider.post("message/status", {"messages": messages}))["response_code"] == 307
