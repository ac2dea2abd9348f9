"""conversation_started is answered in the body of the answer, in time or not at all."""

import httpx
import pytest
from markupsafe import Markup

from bot.conversation.event import Kind
from bot.conversation.screen import Screen
from tests.integration.viber import callbacks
from tests.integration.viber.world import Bot, Phone


async def test_the_welcome_comes_in_the_answer_itself_and_needs_no_subscription(bot: Bot, phone: Phone) -> None:
    await phone.does("open", context="token-7")
    chat = await phone.sees()
    (event,) = bot.desk.events
    assert (event.kind, event.text, event.sender.external_id) == (Kind.STARTED, "token-7", phone.id)
    assert ([one["text"] for one in chat["messages"]], chat["subscribed"]) == (["Вітаємо"], False)
    assert await phone.calls() == []
    assert bot.desk.inbox.waiting == {}


async def test_the_body_is_a_whole_message_without_a_receiver(bot: Bot) -> None:
    bot.desk.screen = Screen(Markup("Ласкаво просимо"))
    answer = await bot.receives(callbacks.started())
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.json() == {"type": "text", "text": "Ласкаво просимо", "sender": {"name": "Komora"}}


async def test_an_old_device_gets_a_welcome_it_can_show(bot: Bot, phone: Phone) -> None:
    await phone.set("users", id=phone.id, api_version=1)
    await phone.does("open")
    assert await phone.texts() == ["Вітаємо"]


async def test_the_welcome_repeated_is_the_same_event(bot: Bot) -> None:
    first = await bot.receives(callbacks.started())
    second = await bot.receives(callbacks.started())
    assert first.json() == second.json()
    assert {event.id for event in bot.desk.events} == {f"conversation_started:{callbacks.TOKEN_ID}"}
    assert bot.desk.inbox.waiting == {}


@pytest.mark.parametrize(("subscribed", "sent"), [(True, 1), (False, 0)])
async def test_a_slow_desk_gets_an_empty_body_and_writes_afterwards_to_who_is_subscribed(
    bot: Bot, subscriber: Phone, subscribed: bool, sent: int
) -> None:
    bot.desk.gate.clear()
    answer = await bot.receives(callbacks.started(who=subscriber.id, subscribed=subscribed))
    assert (answer.status_code, answer.content) == (200, b"")
    assert len(bot.desk.inbox.waiting) == 1

    bot.desk.gate.set()
    await bot.desk.until_done()
    assert len(await subscriber.calls()) == sent
    assert {event.id for event in bot.desk.events} == {f"conversation_started:{callbacks.TOKEN_ID}"}


async def test_a_desk_that_fails_is_asked_again_in_the_background(bot: Bot, subscriber: Phone) -> None:
    bot.desk.failures = [OSError("locked")]
    answer = await bot.receives(callbacks.started(who=subscriber.id, subscribed=True))
    await bot.desk.until_done()
    assert (answer.status_code, answer.content) == (200, b"")
    assert len(await subscriber.calls()) == 1


async def test_a_started_conversation_does_not_pass_by_a_closing_bot(bot: Bot) -> None:
    await bot.messenger.stop()
    answer: httpx.Response = await bot.receives(callbacks.started())
    assert answer.status_code == 503
