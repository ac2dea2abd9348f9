"""The control side: phones, events, calls, troubles; and that it opens to this machine alone."""

import json
from typing import Any

import httpx
import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from sandbox.loopback import loopback_only
from tests.sandbox.atompark.conftest import PRIVATE, PUBLIC, Provider


async def test_a_phone_shows_its_own_messages_once_they_are_delivered(provider: Provider) -> None:
    await provider.send(text="Код 482913")
    await provider.send("380501112233", "Інше")
    assert await provider.inbox() == []
    await provider.control("clock", advance=2)
    assert await provider.inbox(phone="380671234567") == [
        {
            "id": 1,
            "phone": "380671234567",
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
    await provider.control("clock", advance=2)
    async with provider.http.stream("GET", "/_control/events", headers={"Last-Event-ID": "1"}) as stream:
        lines = stream.aiter_lines()
        assert [(name, one["text"]) for name, one in await events(lines, 1)] == [("message", "друге")]
        await provider.send(text="третє")
        await provider.control("clock", advance=2)
        assert [(name, one["id"]) for name, one in await events(lines, 1)] == [("message", 3)]
        await provider.control("reset")
        assert await events(lines, 1) == [("reset", {})]


async def test_a_reset_brings_back_money_time_and_empty_phones(provider: Provider) -> None:
    await provider.send()
    await provider.control("clock", advance=100)
    await provider.control("faults", kind="server_error")
    await provider.control("reset")
    assert (await provider.inbox(), await provider.balance()) == ([], "500.00")
    await provider.send()
    assert await provider.inbox() == []


async def test_the_calls_are_kept_with_their_answers_but_without_keys(provider: Provider) -> None:
    await provider.post("getUserBalance", currency="UAH")
    calls = await provider.http.get("/_control/calls")
    assert calls.json()["calls"] == [
        {
            "at": "2026-01-01T00:00:00+00:00",
            "action": "getUserBalance",
            "params": {"currency": "UAH"},
            "answer": {"result": {"balance_currency": "500.00", "currency": "UAH"}},
        }
    ]
    assert PUBLIC not in calls.text
    assert PRIVATE not in calls.text


async def test_a_server_error_comes_so_many_times_and_sends_nothing(provider: Provider) -> None:
    await provider.control("faults", kind="server_error", times=2, status=503)
    broken = [await provider.http.post("/sms/3.0/sendSMS", data={}) for _ in range(2)]
    assert [one.status_code for one in broken] == [503, 503]
    assert await provider.balance() == "500.00"


async def test_an_error_code_meets_the_named_action_only(provider: Provider) -> None:
    await provider.control("faults", kind="error", action="sendsms", code=304, message="Trial is over")
    assert await provider.balance() == "500.00"
    assert await provider.send() == {"error": "Trial is over", "code": 304}
    assert "result" in await provider.send()


async def test_a_lost_answer_leaves_the_message_sent(provider: Provider) -> None:
    await provider.control("faults", kind="lost_answer")
    with pytest.raises(httpx.TransportError):
        await provider.send(text="я тут")
    await provider.control("clock", advance=2)
    assert [one["text"] for one in await provider.inbox()] == ["я тут"]
    assert await provider.balance() == "499.15"


async def test_a_slow_answer_outlasts_the_client_and_the_message_goes_out(provider: Provider) -> None:
    await provider.control("faults", kind="slow", seconds=0.05)
    with pytest.raises(httpx.ReadTimeout):
        await provider.http.post("/sms/3.0/getUserBalance", timeout=0.01)
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
        ("senders", {"name": "Komora", "status": 3}),
    ],
)
async def test_a_wrong_wish_is_refused_with_a_reason(provider: Provider, path: str, wanted: object) -> None:
    answer = await provider.http.post(f"/_control/{path}", json=wanted)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])


async def test_the_control_side_lists_its_routes_and_the_special_phones(provider: Provider) -> None:
    listed = (await provider.http.get("/_control/")).json()
    paths = {f"{one['method']} {one['path']}" for one in listed["routes"]}
    assert paths >= {"GET /inbox", "GET /events", "GET /calls", "POST /faults", "POST /clock", "POST /reset"}
    assert listed["phone_endings"]["0001"] == "NOT_DELIVERED"


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


async def test_the_control_side_opens_to_its_own_page(provider: Provider) -> None:
    own = str(provider.http.base_url).rstrip("/")
    assert (await provider.http.get("/_control/inbox", headers={"Origin": own})).status_code == 200


@pytest.mark.parametrize("peer", ["203.0.113.7", "fe80::1%eth0", ""])
async def test_the_control_side_refuses_another_machine(peer: str) -> None:
    async def answered(request: web.Request) -> web.StreamResponse:
        raise AssertionError("let in")

    request = make_mocked_request("GET", "/_control/inbox", headers={"Host": "127.0.0.1"}).clone(remote=peer)
    with pytest.raises(web.HTTPForbidden):
        await loopback_only(request, answered)
