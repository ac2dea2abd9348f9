"""The control side: its routes, troubles of the API, refusals in words, the live stream, a clean start."""

import json

import httpx
import pytest
from aiohttp import web

from tests.sandbox.wayforpay.conftest import SECRET, START, Gateway, Json, about, signed
from tests.support.loopback import Stream


async def test_the_index_lists_every_route_and_card(gateway: Gateway) -> None:
    index = (await gateway.http.get("/_control/")).json()

    paths = {one["path"] for one in index["routes"]}
    assert {"/orders", "/callbacks", "/pay", "/decline", "/abandon", "/hold", "/settle", "/refund", "/expire"} <= paths
    assert {"/faults", "/settings", "/clock", "/reset", "/events", "/idle", "/calls", "/approve", "/wait"} <= paths
    assert index["cards"][0] == {"kind": "approve", "number": "4444 5555 1111 6666", "about": "оплата проходить"}
    assert SECRET not in json.dumps(index)


async def test_another_machine_and_another_site_stay_outside(gateway: Gateway) -> None:
    for headers in ({"X-Forwarded-For": "203.0.113.5"}, {"Host": "evil.example"}, {"Origin": "https://evil.example"}):
        assert (await gateway.http.get("/_control/orders", headers=headers)).status_code == 403


@pytest.mark.parametrize(
    ("act", "asked", "status"),
    [
        ("pay", {"reference": "K-9"}, 409),
        ("pay", {}, 400),
        ("pay", {"reference": "K-1", "card": "gold"}, 400),
        ("pay", {"reference": "K-1", "wallet": "cash"}, 400),
        ("decline", {"reference": "K-1", "code": 7}, 400),
        ("settle", {"reference": "K-1"}, 409),
        ("refund", {"reference": "K-1", "amount": "much"}, 400),
        ("refund", {"reference": "K-1", "amount": "0.001"}, 400),
        ("clock", {"advance": -1}, 400),
        ("faults", {"kind": "earthquake"}, 400),
        ("settings", {"empty": "nothing"}, 400),
        ("settings", {"unknown": 1}, 400),
    ],
)
async def test_what_cannot_be_done_is_said(gateway: Gateway, act: str, asked: Json, status: int) -> None:
    await gateway.invoice()

    answer = await gateway.http.post(f"/_control/{act}", json=asked)

    assert answer.status_code == status
    assert answer.json()["error"]


async def test_a_decline_and_an_end_by_time_can_be_ordered(gateway: Gateway) -> None:
    await gateway.invoice("K-1")
    await gateway.invoice("K-2")
    await gateway.do("decline", reference="K-1", code=1105)
    await gateway.do("expire", reference="K-2")
    await gateway.do("wait", reference="K-1")
    await gateway.do("approve", reference="K-1")

    states = [(one["reference"], one["status"], one["code"], one["card"]) for one in await gateway.get("orders")]
    assert states == [("K-1", "Approved", 1100, "44****6666"), ("K-2", "Expired", 1124, "")]


async def test_the_calls_are_kept_without_signatures(gateway: Gateway) -> None:
    await gateway.invoice()
    await gateway.status()
    await gateway.purchase("K-2")

    calls = await gateway.get("calls")

    assert [one["operation"] for one in calls] == ["CREATE_INVOICE", "CHECK_STATUS", "PURCHASE"]
    assert calls[0]["asked"]["amount"] == "349.5"
    assert "merchantSignature" not in json.dumps(calls)


async def test_a_broken_server_answers_pages(gateway: Gateway) -> None:
    await gateway.do("faults", kind="server_error", operation="CHECK_STATUS", status=503)
    await gateway.do("faults", kind="html", operation="CHECK_STATUS")
    await gateway.invoice()

    answers = [await gateway.http.post("/api", json={"transactionType": "CHECK_STATUS"}) for _ in range(2)]

    assert [one.status_code for one in answers] == [503, 200]
    assert {one.headers["Content-Type"] for one in answers} == {"text/html; charset=utf-8"}
    assert (await gateway.status())["reasonCode"] == 1151


async def test_an_answer_is_lost_after_the_work(gateway: Gateway) -> None:
    await gateway.do("faults", kind="lost_answer", times=2)

    with pytest.raises(httpx.RemoteProtocolError):
        await gateway.invoice("K-1")
    with pytest.raises(httpx.RemoteProtocolError):
        await gateway.purchase("K-2")

    assert [one["reference"] for one in await gateway.get("orders")] == ["K-1", "K-2"]


async def test_a_slow_answer_is_still_the_right_one(gateway: Gateway) -> None:
    await gateway.do("faults", kind="slow", seconds=0.01)

    assert (await gateway.invoice()).startswith(gateway.url)


async def test_any_refusal_of_the_table_can_be_ordered_for_one_order(gateway: Gateway) -> None:
    await gateway.invoice()
    await gateway.do("faults", kind="error", code=1128, reference="K-1", operation="REFUND")
    await gateway.pay()

    assert await gateway.refund(1) == {"reason": "Refund Limit Exceeded", "reasonCode": 1128}
    assert (await gateway.refund(1))["reasonCode"] == 1100


async def test_answers_can_come_unsigned_or_signed_wrongly(gateway: Gateway) -> None:
    await gateway.invoice()
    await gateway.do("faults", kind="no_signature")
    await gateway.do("faults", kind="wrong_signature")

    assert "merchantSignature" not in await gateway.status()
    assert (await gateway.status())["merchantSignature"] == "0" * 32


async def test_troubles_wait_in_a_list_that_can_be_emptied(gateway: Gateway) -> None:
    added = await gateway.do("faults", kind="html", times=7)
    dropped = (await gateway.http.delete("/_control/faults")).json()

    assert [(one["kind"], one["times"]) for one in added["faults"]] == [("html", 7)]
    assert dropped == {"faults": []}


async def test_changes_are_told_live(gateway: Gateway) -> None:
    stream = Stream(gateway.http, "/_control/events")
    await stream.begin()
    await gateway.invoice()
    made = await stream.until(lambda event: event["type"] == "order")
    await gateway.pay()
    told = await stream.until(lambda event: event["type"] == "callback")
    await gateway.do("reset")
    await stream.until(lambda event: event["type"] == "reset")
    await stream.close()

    assert (made["reference"], made["status"]) == ("K-1", "Created")
    assert (told["reference"], told["status"], told["state"]) == ("K-1", "Approved", "accepted")


async def test_a_reset_forgets_everything(gateway: Gateway) -> None:
    await gateway.invoice()
    gateway.shop.answers.append(shop_away())
    await gateway.pay()
    await gateway.do("settings", balance="5", signature_form="sdk")
    await gateway.do("faults", kind="slow")
    await gateway.do("clock", advance=60)

    await gateway.do("reset")
    moved = await gateway.do("clock", advance=3600)

    assert moved == {"now": START + 3600}
    assert await gateway.get("orders") == await gateway.get("callbacks") == await gateway.get("faults") == []
    assert (await gateway.http.get("/_control/settings")).json()["balance"] is None
    assert len(gateway.shop.raw) == 1
    assert (await gateway.api("CHECK_STATUS", signed(about("K-1"), ("merchantAccount", "orderReference"))))[
        "reasonCode"
    ] == 1127


async def test_files_of_the_panel_are_served_by_their_exact_names(gateway: Gateway) -> None:
    script = await gateway.http.get("/_control/static/attempts.js")

    assert script.headers["Content-Type"] == "text/javascript; charset=utf-8"
    for name in ("..%2fapp.py", "app.py", "attempts"):
        assert (await gateway.http.get(f"/_control/static/{name}")).status_code == 404


def shop_away() -> web.Response:
    return web.Response(status=502)
