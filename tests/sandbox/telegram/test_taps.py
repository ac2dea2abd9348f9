"""Inline buttons: the query, its answer, its age, and a hostile client."""

import asyncio

from tests.sandbox.telegram.conftest import USER, Telegram

KEYS = {
    "inline_keyboard": [
        [{"text": "Так", "callback_data": "yes"}, {"text": "Сплатити", "url": "https://x.ua/pay"}],
        [{"text": "Код", "copy_text": {"text": "UA12"}}],
    ]
}
TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


async def tapped(telegram: Telegram) -> str:
    sent = await telegram.send(reply_markup=KEYS)
    return str(
        (await telegram.do("tap", user=USER, message_id=sent["message_id"], row=0, column=0, wait=0))["query_id"]
    )


async def test_the_person_waits_for_the_answer_and_sees_it(telegram: Telegram) -> None:
    sent = await telegram.send(reply_markup=KEYS)
    tap = asyncio.create_task(telegram.do("tap", user=USER, message_id=sent["message_id"], row=0, column=0))
    [update] = await telegram.updates(timeout=5)
    query = update["callback_query"]
    await telegram.result("answerCallbackQuery", callback_query_id=query["id"], text="Додано", show_alert=True)
    told = await tap
    assert told == {"query_id": query["id"], "answered": True, "text": "Додано", "show_alert": True, "url": ""}
    assert (query["data"], query["message"]["message_id"]) == ("yes", sent["message_id"])


async def test_a_query_is_answered_once(telegram: Telegram) -> None:
    query = await tapped(telegram)
    assert await telegram.result("answerCallbackQuery", callback_query_id=query)
    assert await telegram.refusal("answerCallbackQuery", callback_query_id=query) == TOO_OLD


async def test_an_old_query_is_too_old(telegram: Telegram) -> None:
    query = await tapped(telegram)
    await telegram.do("clock", advance=15 * 60 + 1)
    assert await telegram.refusal("answerCallbackQuery", callback_query_id=query) == TOO_OLD


async def test_the_words_of_an_answer_have_a_bound(telegram: Telegram) -> None:
    query = await tapped(telegram)
    said = await telegram.refusal("answerCallbackQuery", callback_query_id=query, text="я" * 201)
    assert said == "400 Bad Request: MESSAGE_TOO_LONG"


async def test_links_and_copying_do_not_reach_the_bot(telegram: Telegram) -> None:
    message = (await telegram.send(reply_markup=KEYS))["message_id"]
    assert await telegram.do("tap", user=USER, message_id=message, row=0, column=1) == {"url": "https://x.ua/pay"}
    assert await telegram.do("tap", user=USER, message_id=message, row=1, column=0) == {"copy_text": {"text": "UA12"}}
    await telegram.do("tap", user=USER, message_id=message, row=2, column=0, refused=409)
    assert await telegram.updates() == []


async def test_a_hostile_client_sends_any_data_under_any_message(telegram: Telegram) -> None:
    sent = await telegram.send("без кнопок")
    await telegram.do("tap", user=USER, message_id=sent["message_id"], data="admin:1", wait=0)
    await telegram.do("tap", user=USER, message_id=404, data="admin:2", wait=0)
    known, gone = [update["callback_query"] for update in await telegram.updates()]
    assert (known["data"], known["message"]["text"]) == ("admin:1", "без кнопок")
    assert gone["message"] == {"chat": known["message"]["chat"], "message_id": 404, "date": 0}


async def test_a_stranger_to_a_group_cannot_tap_in_it(telegram: Telegram) -> None:
    group = await telegram.group(members=[])
    sent = await telegram.send(chat_id=group, reply_markup=KEYS)
    fields = {"user": USER, "chat": group, "message_id": sent["message_id"], "row": 0, "column": 0}
    assert await telegram.do("tap", refused=409, **fields) == {"error": "the person is not a member of this chat"}
