"""The control side: its door, its list of routes, its live stream."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.sandbox.telegram.conftest import USER, Telegram


@asynccontextmanager
async def watching(telegram: Telegram, **query: int) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
    """Events of the stream, after its hello."""
    async with telegram.http.stream("GET", "/_control/events", params=query, timeout=5) as answer:
        assert answer.headers["Content-Type"] == "text/event-stream"
        events = (json.loads(line[6:]) async for line in answer.aiter_lines() if line.startswith("data: "))
        assert (await anext(events))["type"] == "hello"
        yield events


async def test_it_lists_its_own_routes(empty: Telegram) -> None:
    routes = await empty.get("")
    assert {"GET events", "POST tap", "POST faults", "DELETE calls", "GET chat/{chat}"} <= routes.keys()
    assert all(isinstance(words, str) and words for words in routes.values())


async def test_a_passed_on_request_is_refused(empty: Telegram) -> None:
    for headers in ({"X-Forwarded-For": "8.8.8.8"}, {"Host": "evil.example"}, {"Origin": "https://evil.example"}):
        assert (await empty.http.get("/_control/users", headers=headers)).status_code == 403


async def test_the_stream_tells_what_the_bot_and_the_person_do(telegram: Telegram) -> None:
    async with watching(telegram, chat=USER) as events:
        keys = {"inline_keyboard": [[{"text": "Так", "callback_data": "y"}]]}
        sent = await telegram.send("раз", reply_markup=keys)
        tap = await telegram.do("tap", user=USER, message_id=sent["message_id"], row=0, column=0, wait=0)
        await telegram.result("answerCallbackQuery", callback_query_id=tap["query_id"], text="Добре")
        await telegram.result("editMessageText", chat_id=USER, message_id=sent["message_id"], text="два")
        await telegram.refusal("editMessageText", chat_id=USER, message_id=sent["message_id"], text="два")
        await telegram.result("deleteMessage", chat_id=USER, message_id=sent["message_id"])
        told = [await anext(events) for _ in range(5)]
    assert [one["type"] for one in told] == ["message", "callback_answer", "edited", "call_error", "deleted"]
    assert all(one["chat"] == USER for one in told)
    assert (told[0]["message"]["text"], told[1]["text"], told[2]["message"]["text"]) == ("раз", "Добре", "два")


async def test_the_stream_of_one_chat_is_silent_about_others(telegram: Telegram) -> None:
    await telegram.do("users", id=1002, first_name="Ігор")
    async with watching(telegram, chat=1002) as events:
        await telegram.send("не йому")
        await telegram.do("say", user=1002, text="його")
        assert (await anext(events))["message"]["text"] == "його"


async def test_a_watcher_that_is_left_behind_is_told_to_look_again(telegram: Telegram) -> None:
    from sandbox.telegram.feed import QUEUE_LENGTH, Feed

    feed = Feed()
    with feed.watching(None) as watcher:
        for number in range(QUEUE_LENGTH + 1):
            feed.tell("message", number=number)
        assert await watcher.next(1) == {"type": "resync", "chat": None}
        assert await watcher.next(0) == {}


async def test_history_is_bounded(telegram: Telegram) -> None:
    from sandbox.telegram.people import KEPT_MESSAGES, Chat, Message

    chat = Chat(1, "private")
    for number in range(KEPT_MESSAGES + 5):
        chat.add(Message({"message_id": number}))
    assert (len(chat.messages), min(chat.messages)) == (KEPT_MESSAGES, 5)


async def test_people_are_added_and_changed(empty: Telegram) -> None:
    first = await empty.do("users", first_name="Олена", phone="380671112233")
    changed = await empty.do("users", id=first["id"], first_name="Олена", last_name="Коваль")
    assert (first["id"], changed["last_name"], len(await empty.get("users"))) == (1001, "Коваль", 1)
    await empty.do("users", id="х", refused=400)


async def test_the_phones_files_are_served_by_exact_name(empty: Telegram) -> None:
    script = await empty.http.get("/_control/static/phone.js")
    assert script.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert (await empty.http.get("/_control/static/..%2fapp.py")).status_code == 404
    page = await empty.http.get("/_control/phone", params={"user": "1001"})
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
