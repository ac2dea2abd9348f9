"""getUpdates: confirmation by offset, the long poll, kinds that are asked for, two pollers."""

import asyncio
from typing import Any

from tests.sandbox.telegram.conftest import USER, Telegram


async def say(telegram: Telegram, *texts: str) -> None:
    for text in texts:
        await telegram.do("say", user=USER, text=text)


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_an_update_comes_until_a_higher_offset_confirms_it(telegram: Telegram) -> None:
    await say(telegram, "раз", "два", "три")
    first = await telegram.updates()
    assert texts(first) == texts(await telegram.updates()) == ["раз", "два", "три"]
    assert [one["update_id"] - first[0]["update_id"] for one in first] == [0, 1, 2]
    assert texts(await telegram.updates(offset=first[1]["update_id"])) == ["два", "три"]
    assert texts(await telegram.updates(offset=0)) == ["два", "три"]


async def test_a_limit_and_a_negative_offset(telegram: Telegram) -> None:
    await say(telegram, "раз", "два", "три")
    assert texts(await telegram.updates(limit=2)) == ["раз", "два"]
    assert texts(await telegram.updates(offset=-1)) == ["три"]


async def test_a_long_poll_waits_for_something_to_happen(telegram: Telegram) -> None:
    poll = asyncio.create_task(telegram.updates(timeout=20))
    await telegram.get("clock")
    await say(telegram, "є")
    assert texts(await poll) == ["є"]


async def test_a_second_poller_ends_the_first(telegram: Telegram) -> None:
    polls = [asyncio.create_task(telegram.call("getUpdates", timeout=20)) for _ in range(2)]
    [ended], [waiting] = await asyncio.wait(polls, timeout=4, return_when=asyncio.FIRST_COMPLETED)
    await say(telegram, "є")
    assert ended.result() == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request;"
        " make sure that only one bot instance is running",
    }
    assert texts((await waiting)["result"]) == ["є"]


async def test_only_kinds_that_were_asked_for_are_kept(telegram: Telegram) -> None:
    await telegram.updates(allowed_updates=["callback_query"])
    await say(telegram, "не почує")
    await telegram.updates()
    await say(telegram, "і досі")
    await telegram.updates(allowed_updates=[])
    await say(telegram, "почує")
    assert texts(await telegram.updates()) == ["почує"]


async def test_an_update_is_kept_for_a_day(telegram: Telegram) -> None:
    await say(telegram, "вчора")
    await telegram.do("clock", advance=24 * 3600 + 1)
    await say(telegram, "сьогодні")
    assert texts(await telegram.updates()) == ["сьогодні"]


async def test_what_waits_is_shown_to_the_control_side(telegram: Telegram) -> None:
    await say(telegram, "чекає")
    assert texts(await telegram.get("updates")) == ["чекає"]
    assert (await telegram.result("getWebhookInfo"))["pending_update_count"] == 1
