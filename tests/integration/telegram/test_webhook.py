"""Updates brought: who may bring them, and when they count as arrived."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import structlog
from markupsafe import Markup

from bot.conversation.screen import Screen, Tap
from tests.integration.telegram.bodies import message, tap, update
from tests.integration.telegram.buttons import Press
from tests.integration.telegram.desk import RecordingDesk, fixed
from tests.integration.telegram.world import FAST, OLYA, SECRET, World

ROWS = ((Tap("Додати", Press(1)),),)
OLYAS_CHAT = {"id": OLYA, "type": "private", "first_name": "Оля"}
OLYA_HERSELF = {"id": OLYA, "is_bot": False, "first_name": "Оля"}


def words(number: int, text: str) -> str:
    return message(number, chat=OLYAS_CHAT, sender=OLYA_HERSELF, text=text)


async def test_telegram_is_pointed_here_with_the_secret_and_what_we_read(world: World, desk: RecordingDesk) -> None:
    door = await world.webhook(desk)
    (call,) = await world.calls("setWebhook")
    assert call["params"] == {
        "url": f"{str(door.http.base_url).rstrip('/')}/telegram/webhook",
        "secret_token": "***",
        "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member"],
        "max_connections": 40,
    }


async def test_a_message_is_brought_and_answered(world: World, desk: RecordingDesk) -> None:
    await world.webhook(desk)
    await world.do("say", user=OLYA, text="борошно")
    assert await world.get("idle") == {"idle": True}
    assert await world.texts() == ["wrote борошно"]


async def test_a_tap_is_answered_within_the_webhooks_answer(world: World, desk: RecordingDesk) -> None:
    door = await world.webhook(desk)
    await door.messenger.show(str(OLYA), Screen(Markup("Кошик"), rows=ROWS))
    (first,) = await world.messages()
    desk.screen = fixed(Screen(Markup("Кошик: 1"), rows=ROWS, notice="Додано"))
    answer = await world.do("tap", user=OLYA, message_id=first["message_id"], row=0, column=0)
    assert (answer["answered"], answer["text"]) == (True, "Додано")
    assert await world.texts() == ["Кошик: 1"]
    assert [(call["method"], call["via"]) for call in (await world.calls())[-2:]] == [
        ("editMessageText", "http"),
        ("answerCallbackQuery", "webhook"),
    ]


@pytest.mark.parametrize("secret", [None, "", "another", SECRET + "x", SECRET[:-1], "сек".encode(), b"\xff\xfe"])
async def test_whoever_does_not_know_the_secret_is_turned_away(
    world: World, desk: RecordingDesk, secret: str | bytes | None
) -> None:
    door = await world.webhook(desk)
    assert (await door.post(words(1, "борошно"), secret)).status_code == 401
    assert desk.events == []


async def test_a_body_over_a_megabyte_is_refused(world: World, desk: RecordingDesk) -> None:
    door = await world.webhook(desk)

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 65536

    assert (await door.post(b" " * (1024 * 1024 + 1))).status_code == 413
    assert (await door.post(endless())).status_code == 413


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"\xff", update(1, message={"text": "таємниця"}).encode()])
async def test_what_can_never_be_read_is_taken_so_that_it_does_not_come_for_a_day(
    world: World, desk: RecordingDesk, body: bytes
) -> None:
    door = await world.webhook(desk)
    with structlog.testing.capture_logs() as logs:
        answer = await door.post(body)
    assert (answer.status_code, answer.content) == (200, b"")
    assert [entry["log_level"] for entry in logs] == ["error"]
    assert "таємниця" not in repr(logs)


async def test_telegram_is_told_only_after_the_turn_is_committed(world: World, desk: RecordingDesk) -> None:
    door = await world.webhook(desk)
    desk.gate.clear()
    posting = asyncio.create_task(door.post(words(1, "борошно")))
    await desk.until(lambda: len(desk.events) == 1)
    assert not posting.done()
    desk.gate.set()
    assert (await posting).status_code == 200
    assert desk.answered == ["1"]


async def test_a_turn_that_failed_is_brought_again(world: World, desk: RecordingDesk) -> None:
    await world.webhook(desk)
    desk.failures = [RuntimeError("the database is away")]
    await world.do("say", user=OLYA, text="борошно")
    await desk.until(lambda: len(desk.events) == 1)
    assert await world.get("idle", seconds=0.1) == {"idle": False}
    await world.do("clock", advance=2)
    assert await world.get("idle") == {"idle": True}
    assert await world.texts() == ["wrote борошно"]


async def test_a_failed_tap_stops_spinning_at_once(world: World, desk: RecordingDesk) -> None:
    door = await world.webhook(desk)
    desk.failures = [RuntimeError("the database is away")]
    assert (await door.post(tap(query="q7"))).status_code == 500
    await door.messenger.stop()
    assert [call["params"] for call in await world.calls("answerCallbackQuery")] == [{"callback_query_id": "q7"}]


async def test_an_update_brought_twice_gets_a_fresh_screen_each_time(world: World, desk: RecordingDesk) -> None:
    door = await world.webhook(desk)
    assert [(await door.post(words(5, "борошно"))).status_code for _ in range(2)] == [200, 200]
    assert [event.id for event in desk.events] == ["5", "5"]
    assert await world.texts() == ["wrote борошно", "wrote борошно"]


async def test_updates_of_one_chat_are_answered_one_at_a_time_and_in_order(world: World, desk: RecordingDesk) -> None:
    door = await world.webhook(desk)
    desk.gate.clear()
    posts = []
    for number in (1, 2, 3):
        posts.append(asyncio.create_task(door.post(words(number, str(number)))))
        await desk.until(lambda: len(desk.events) == 1)
        await world.get("clock")
    desk.gate.set()
    assert [answer.status_code for answer in await asyncio.gather(*posts)] == [200, 200, 200]
    assert (desk.answered, desk.busiest) == (["1", "2", "3"], 1)


async def test_a_screen_that_takes_long_does_not_hold_the_answer(world: World, desk: RecordingDesk) -> None:
    door = await world.webhook(desk, replace(FAST, handover=0.01))
    await world.do("faults", kind="slow", method="sendMessage", seconds=0.4)
    assert (await door.post(words(1, "борошно"))).status_code == 200
    assert await world.texts() == []
    await door.messenger.stop()
    assert await world.texts() == ["wrote борошно"]


async def test_what_an_earlier_process_kept_while_polling_is_answered_too(world: World, desk: RecordingDesk) -> None:
    desk.inbox.keep("1", words(1, "борошно"))
    await world.webhook(desk)
    await desk.until_done()
    assert await world.texts() == ["wrote борошно"]


async def test_a_stopped_bot_leaves_updates_with_telegram(world: World, desk: RecordingDesk) -> None:
    door = await world.webhook(desk)
    await door.messenger.stop()
    assert (await door.post(words(1, "борошно"))).status_code == 503
    assert desk.events == []
