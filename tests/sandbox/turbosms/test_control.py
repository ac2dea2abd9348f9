"""The control side: phones, events, calls, troubles; and that it opens to this machine alone."""

import json
from typing import Any

import httpx
import pytest

from tests.sandbox.turbosms.conftest import PHONE, TOKEN, Provider


async def test_a_phone_shows_its_own_messages_once_they_are_delivered(provider: Provider) -> None:
    id = await provider.sent_id(text="Код 482913")
    await provider.send("380501112233", "Інше")
    assert await provider.inbox() == []
    await provider.passes(2)
    assert await provider.inbox(phone=PHONE) == [
        {
            "id": 1,
            "message_id": id,
            "phone": PHONE,
            "channel": "sms",
            "sender": "Komora",
            "text": "Код 482913",
            "parts": 1,
            "at": "2026-01-01T00:00:02+00:00",
        }
    ]
    assert len(await provider.inbox()) == 2


async def events(lines: Any, count: int) -> list[tuple[str, Any]]:
    """The next `count` events of a stream: name and data."""
    read: list[tuple[str, Any]] = []
    name = ""
    async for line in lines:
        name = line.removeprefix("event: ") if line.startswith("event: ") else name
        read += [(name, json.loads(line.removeprefix("data: ")))] if line.startswith("data: ") else []
        if len(read) == count:
            break
    return read


async def test_messages_and_a_reset_are_told_live_and_from_where_the_listener_left_off(provider: Provider) -> None:
    await provider.send(text="перше")
    await provider.send(text="друге")
    await provider.passes(2)
    async with provider.http.stream("GET", "/_control/events", headers={"Last-Event-ID": "1"}) as stream:
        lines = stream.aiter_lines()
        assert [(name, one["text"]) for name, one in await events(lines, 1)] == [("message", "друге")]
        await provider.send(text="третє")
        await provider.passes(2)
        assert [(name, one["id"]) for name, one in await events(lines, 1)] == [("message", 3)]
        await provider.control("reset")
        assert await events(lines, 1) == [("reset", {})]


async def test_a_reset_brings_back_everything(provider: Provider) -> None:
    await provider.send(sequence_id="k-1")
    await provider.control("stoplist", phone=PHONE)
    await provider.control("senders", name="Komora", active=False)
    await provider.control("settings", words="api", callback_url="http://127.0.0.1:1/")
    await provider.passes(100)
    await provider.control("faults", kind="server_error")
    await provider.control("reset")
    assert (await provider.inbox(), await provider.balance()) == ([], 500.00)
    assert (await provider.send(sequence_id="k-1"))["response_code"] == 800
    assert (await provider.inbox(), await provider.looks("callbacks")) == ([], [])
    shown = (await provider.http.get("/_control/settings")).json()
    assert shown == {"callback_url": "", "callback_form": "json", "signature": "secret_first", "words": "smpp"}


async def test_the_calls_are_kept_with_their_answers_but_without_the_token(provider: Provider) -> None:
    await provider.http.post("/user/balance.json", json={"token": TOKEN, "more": [1]})
    calls = await provider.http.get("/_control/calls")
    assert calls.json()["calls"] == [
        {
            "at": 1_767_225_600.0,
            "method": "user/balance",
            "fields": {"more": [1]},
            "answer": {"response_code": 0, "response_status": "OK", "response_result": {"balance": 500.0}},
        }
    ]
    assert TOKEN not in calls.text


@pytest.mark.parametrize(
    ("fault", "status", "kind"),
    [
        ({"kind": "server_error", "status": 503}, 503, "text/html"),
        ({"kind": "server_error", "status": 429}, 429, "text/html"),
        ({"kind": "html"}, 200, "text/html"),
        ({"kind": "huge"}, 200, "application/json"),
    ],
)
async def test_a_page_in_the_way_comes_so_many_times_and_sends_nothing(
    provider: Provider, fault: dict[str, Any], status: int, kind: str
) -> None:
    await provider.control("faults", **fault, times=2)
    broken = [await provider.http.post("/message/send.json", json={}) for _ in range(2)]
    assert [(one.status_code, one.headers["Content-Type"].partition(";")[0]) for one in broken] == [(status, kind)] * 2
    assert await provider.balance() == 500.00


async def test_an_error_code_meets_the_named_method_only(provider: Provider) -> None:
    await provider.control("faults", kind="error", method="message/send", code=999)
    assert await provider.balance() == 500.00
    refused = await provider.send()
    assert refused == {"response_code": 999, "response_status": "FATAL_ERROR", "response_result": None}
    assert (await provider.send())["response_code"] == 800


async def test_a_lost_answer_leaves_the_message_sent_and_remembered(provider: Provider) -> None:
    await provider.control("faults", kind="lost_answer")
    with pytest.raises(httpx.TransportError):
        await provider.send(text="я тут", sequence_id="k-1")
    assert (await provider.send(text="я тут", sequence_id="k-1"))["response_code"] == 507
    await provider.passes(2)
    assert [one["text"] for one in await provider.inbox()] == ["я тут"]
    assert await provider.balance() == 499.05


async def test_a_slow_answer_outlasts_the_client(provider: Provider) -> None:
    await provider.control("faults", kind="slow", seconds=0.05)
    with pytest.raises(httpx.ReadTimeout):
        await provider.http.post("/user/balance.json", timeout=0.01)
    assert (await provider.http.get("/_control/faults")).json() == {"faults": []}


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("faults", {"kind": "fire"}),
        ("faults", {"kind": "slow", "seconds": 3600}),
        ("faults", {"kind": "slow", "colour": 1}),
        ("faults", []),
        ("clock", {"advance": -1}),
        ("clock", {"advance": "soon"}),
        ("balance", {"amount": "-1"}),
        ("balance", {"amount": "NaN"}),
        ("balance", {}),
        ("stoplist", {"phone": "+380"}),
        ("stoplist", {"phone": PHONE, "stopped": 1}),
        ("senders", {"name": "", "active": True}),
        ("senders", {"name": "Komora", "channel": "pigeon"}),
        ("settings", {"words": "Esperanto"}),
        ("settings", {"colour": 1}),
    ],
)
async def test_a_wrong_wish_is_refused_with_a_reason(provider: Provider, path: str, wanted: object) -> None:
    answer = await provider.http.post(f"/_control/{path}", json=wanted)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])


async def test_no_more_troubles_is_none(provider: Provider) -> None:
    await provider.control("faults", kind="html", times=5)
    assert (await provider.http.delete("/_control/faults")).json() == {"faults": []}
    assert await provider.balance() == 500.00


async def test_the_control_side_lists_its_routes_and_the_special_phones(provider: Provider) -> None:
    listed = (await provider.http.get("/_control/")).json()
    paths = {f"{one['method']} {one['path']}" for one in listed["routes"]}
    assert paths >= {"GET /inbox", "GET /events", "GET /calls", "GET /callbacks", "POST /faults", "POST /clock"}
    assert listed["phone_endings"]["no_viber"] == ["0010", "0012"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "komora.example"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"X-Forwarded-For": "203.0.113.7"},
    ],
)
async def test_the_control_side_refuses_strangers(provider: Provider, headers: dict[str, str]) -> None:
    assert (await provider.http.get("/_control/inbox", headers=headers)).status_code == 403
