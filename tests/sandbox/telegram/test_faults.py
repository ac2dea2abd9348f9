"""Troubles that are switched on are real."""

import asyncio
from typing import Any

import httpx
import pytest
from pytest import raises

from tests.sandbox.telegram.conftest import TOKEN, USER, Telegram


async def texts(telegram: Telegram) -> list[str]:
    return [one["text"] for one in (await telegram.chat())["messages"]]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"kind": "rate_limit", "seconds": 7}, "429 Too Many Requests: retry after 7"),
        ({"kind": "server_error"}, "500 Internal Server Error"),
        ({"kind": "forbidden"}, "403 Forbidden: bot was blocked by the user"),
    ],
)
async def test_a_call_is_refused_once_and_not_done(telegram: Telegram, fault: dict[str, Any], said: str) -> None:
    await telegram.do("faults", **fault)
    assert await telegram.refusal("sendMessage", chat_id=USER, text="раз") == said
    await telegram.send("два")
    assert await texts(telegram) == ["/start", "два"]


async def test_a_proxy_answers_with_a_page(telegram: Telegram) -> None:
    await telegram.do("faults", kind="server_error", status=502)
    answer = await telegram.http.post(f"/bot{TOKEN}/getMe")
    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html; charset=utf-8")


async def test_an_answer_is_lost_after_the_deed(telegram: Telegram) -> None:
    await telegram.do("faults", kind="lost_answer", method="sendMessage")
    with raises(httpx.RemoteProtocolError):
        await telegram.send("зроблено")
    assert await texts(telegram) == ["/start", "зроблено"]
    assert (await telegram.get("calls"))[-1]["ok"] is True


async def test_a_slow_call_is_done_in_the_end(telegram: Telegram) -> None:
    await telegram.do("faults", kind="slow", seconds=0.05)
    await telegram.do("faults", kind="slow", seconds=3600)
    await telegram.send("повільно")
    with raises(TimeoutError):
        await asyncio.wait_for(telegram.send("ніколи"), 0.05)
    assert await texts(telegram) == ["/start", "повільно"]


async def test_a_fault_meets_its_method_and_chat_only(telegram: Telegram) -> None:
    await telegram.do("faults", kind="server_error", method="editMessageText")
    await telegram.do("faults", kind="server_error", chat=1002, count=0)
    await telegram.send("так")
    assert len((await telegram.get("faults"))["on"]) == 2


async def test_a_fault_without_count_lasts_until_it_is_deleted(telegram: Telegram) -> None:
    await telegram.do("faults", kind="server_error", count=0)
    for _ in range(3):
        assert await telegram.refusal("getMe") == "500 Internal Server Error"
    await telegram.http.delete("/_control/faults")
    assert await telegram.result("getMe")


async def test_a_poller_is_spared_unless_named(telegram: Telegram) -> None:
    await telegram.do("faults", kind="server_error", count=0)
    assert await telegram.updates() == []


async def test_an_update_comes_twice(telegram: Telegram) -> None:
    await telegram.do("faults", kind="duplicate_update")
    await telegram.do("say", user=USER, text="раз")
    [first] = await telegram.updates()
    [again] = await telegram.updates(offset=first["update_id"] + 1)
    assert again == first
    assert await telegram.updates(offset=first["update_id"] + 1) == []


async def test_updates_change_places(telegram: Telegram) -> None:
    await telegram.do("faults", kind="reorder_updates")
    await telegram.do("say", user=USER, text="раз")
    assert await telegram.updates() == []
    await telegram.do("say", user=USER, text="два")
    updates = await telegram.updates()
    assert [one["message"]["text"] for one in updates] == ["два", "раз"]
    assert updates[0]["update_id"] == updates[1]["update_id"] + 1


async def test_a_held_update_comes_alone_after_a_while(telegram: Telegram) -> None:
    await telegram.do("faults", kind="reorder_updates", seconds=30)
    await telegram.do("say", user=USER, text="раз")
    poll = asyncio.create_task(telegram.updates(timeout=5))
    await telegram.do("clock", advance=31)
    assert [one["message"]["text"] for one in await poll] == ["раз"]


async def test_an_unknown_trouble_is_refused(telegram: Telegram) -> None:
    assert "kind: one of" in (await telegram.do("faults", kind="earthquake", refused=400))["error"]
