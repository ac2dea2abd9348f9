"""Staff groups: a button of a group is the group's, a screen in a group is for all of it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from markupsafe import Markup

from bot.conversation.event import Kind
from bot.conversation.messenger import ThreadFault
from bot.conversation.screen import Link, Screen, SharePhone, Show, Tap
from bot.domain.errors import Rejected
from integrations.telegram.adapter import TelegramMessenger
from tests.integration.telegram.buttons import Press
from tests.integration.telegram.desk import RecordingDesk, fixed
from tests.integration.telegram.world import OLYA, PETRO, World

CARD = Screen(Markup("Нове замовлення"), rows=((Tap("Прийняти", Press(1)), Link("Карта", "https://example.com")),))
TAKEN = Screen(Markup("Прийняв Петро"), notice="Ваше", menu=((Tap("Кошик", Press(9)),),))
Start = Callable[[World, RecordingDesk], Awaitable[TelegramMessenger]]


async def _polling(world: World, desk: RecordingDesk) -> TelegramMessenger:
    return await world.polling(desk)


async def _webhook(world: World, desk: RecordingDesk) -> TelegramMessenger:
    return (await world.webhook(desk)).messenger


async def group_of(world: World, kind: str = "supergroup", **more: Any) -> int:
    return int((await world.do("chats", title="Менеджери", type=kind, members=[OLYA, PETRO], **more))["id"])


@pytest.mark.parametrize("start", [_polling, _webhook])
async def test_a_button_in_a_group_edits_the_groups_message_and_the_toast_is_for_who_pressed(
    world: World, desk: RecordingDesk, start: Start
) -> None:
    group = await group_of(world)
    messenger = await start(world, desk)
    await messenger.show(str(group), CARD)
    desk.screen = fixed(TAKEN)
    (card,) = await world.messages(group)
    pressed = await world.do("tap", user=PETRO, chat=group, message_id=card["message_id"], row=0, column=0)
    assert (pressed["answered"], pressed["text"]) == (True, "Ваше")
    (event,) = desk.events
    assert (event.kind, event.place, event.sender.external_id) == (Kind.TAPPED, str(group), str(PETRO))
    await messenger.stop()
    (taken,) = await world.messages(group)
    assert (taken["message_id"], taken["text"], taken["edited"]) == (card["message_id"], "Прийняв Петро", True)
    assert await world.texts(PETRO) == []


async def test_who_presses_in_one_group_at_once_is_answered_one_after_the_other(
    world: World, desk: RecordingDesk
) -> None:
    group = await group_of(world)
    desk.gate.clear()
    await world.polling(desk)
    for person in (OLYA, PETRO, OLYA):
        await world.do("tap", user=person, chat=group, message_id=1, data="~tgtest1:1", wait=0)
    await world.do("say", user=PETRO, text="приватно")
    await desk.until(lambda: len(desk.events) == 2)
    assert {(event.place, event.sender.external_id) for event in desk.events} == {
        (str(group), str(OLYA)),
        ("", str(PETRO)),
    }
    desk.gate.set()
    await desk.until_done(4)
    taps = [event.sender.external_id for event in desk.events if event.place]
    assert taps == [str(OLYA), str(PETRO), str(OLYA)]


@pytest.mark.parametrize("start", [_polling, _webhook])
async def test_a_button_that_the_desk_does_not_know_stops_spinning_and_nothing_is_sent(
    world: World, desk: RecordingDesk, start: Start
) -> None:
    group = await group_of(world)
    desk.screen = lambda _: None
    await start(world, desk)
    pressed = await world.do("tap", user=OLYA, chat=group, message_id=1, data="~tgtest1:1")
    assert (pressed["answered"], pressed["text"]) == (True, "")
    assert await world.texts(group) == []


async def test_a_group_gets_buttons_under_the_message_and_never_a_keyboard(world: World, desk: RecordingDesk) -> None:
    group = await group_of(world)
    messenger = world.messenger(desk)
    menu = ((Tap("Каталог", Press(8)),),)
    await messenger.show(str(group), replace(CARD, menu=menu))
    await messenger.show(str(group), Screen(Markup("без кнопок"), menu=menu))
    await messenger.show(
        str(group), Screen(Markup("телефон"), rows=((SharePhone("Мій номер"),), (Tap("Ні", Press(2)),)))
    )
    keyboards = [message.get("keyboard") for message in await world.messages(group)]
    assert [[button["text"] for row in rows or [] for button in row] for rows in keyboards] == [
        ["Прийняти", "Карта"],
        [],
        ["Ні"],
    ]
    assert (await world.get(f"chat/{group}"))["reply_keyboard"] is None


async def test_what_is_said_in_a_group_is_words_whatever_it_looks_like(world: World, desk: RecordingDesk) -> None:
    group = await group_of(world)
    await world.polling(desk)
    await world.do("say", user=OLYA, chat=group, text="~tgtest1:1")
    await world.do("say", user=OLYA, chat=group, text="/start")
    await desk.until(lambda: len(desk.events) == 2)
    assert [(event.kind, event.text, event.place) for event in desk.events] == [
        (Kind.WROTE, "~tgtest1:1", str(group)),
        (Kind.WROTE, "/start", str(group)),
    ]


async def test_a_word_in_a_topic_names_the_topic_the_message_and_what_it_answers(
    world: World, desk: RecordingDesk
) -> None:
    group = await group_of(world, is_forum=True)
    messenger = await world.polling(desk)
    thread = await messenger.topics.open(str(group), "Кафе «Ранок»")
    shown = await messenger.show(str(group), CARD, thread=thread)
    said = await world.do("say", user=OLYA, chat=group, text="Вітаю", thread=int(thread))
    answer = await world.do("say", user=OLYA, chat=group, text="Ось", thread=int(thread), reply_to=int(shown))
    await world.do("edit", user=OLYA, chat=group, message_id=said["message_id"], text="Вітаємо")
    await desk.until(lambda: len(desk.events) == 3)
    assert [(event.kind, event.thread, event.message, event.reply_to, event.text) for event in desk.events] == [
        (Kind.WROTE, thread, str(said["message_id"]), "", "Вітаю"),
        (Kind.WROTE, thread, str(answer["message_id"]), shown, "Ось"),
        (Kind.EDITED, thread, str(said["message_id"]), "", "Вітаємо"),
    ]


async def test_a_button_in_a_topic_is_answered_in_the_topic(world: World, desk: RecordingDesk) -> None:
    group = await group_of(world, is_forum=True)
    desk.screen = fixed(replace(TAKEN, show=Show.SEND))
    messenger = await world.polling(desk)
    thread = await messenger.topics.open(str(group), "Кафе «Ранок»")
    shown = await messenger.show(str(group), CARD, thread=thread)
    await world.do("tap", user=PETRO, chat=group, message_id=int(shown), row=0, column=0)
    await messenger.stop()
    assert [one["message_thread_id"] for one in await world.messages(group) if "text" in one] == [int(thread)] * 2


async def test_what_stands_in_the_way_of_a_topic_has_a_name(world: World, desk: RecordingDesk) -> None:
    group, flat = await group_of(world, is_forum=True), await group_of(world)
    messenger = await world.polling(desk)
    thread = await messenger.topics.open(str(group), "Кафе «Ранок»")
    await messenger.topics.rename(str(group), thread, "Кафе «Ранок»")
    await messenger.topics.reopen(str(group), thread)
    with pytest.raises(Rejected) as gone:
        await messenger.show(str(group), CARD, thread="999")
    with pytest.raises(Rejected) as none:
        await messenger.topics.open(str(flat), "Кафе «Ранок»")
    assert (gone.value.code, none.value.code) == (ThreadFault.GONE, ThreadFault.NO_FORUM)


async def test_a_topic_closed_by_hand_is_told(world: World, desk: RecordingDesk) -> None:
    group = await group_of(world, is_forum=True, administrators=[OLYA])
    messenger = await world.polling(desk)
    thread = await messenger.topics.open(str(group), "Кафе «Ранок»")
    await world.do("close_topic", user=OLYA, chat=group, thread=int(thread))
    await desk.until(lambda: bool(desk.closed))
    assert desk.closed == [(str(group), thread, True)]


async def test_a_button_pressed_after_the_group_moved_is_the_new_groups(world: World, desk: RecordingDesk) -> None:
    group = await group_of(world, "group")
    messenger = await world.polling(desk)
    moved = (await world.do("migrate", chat=group))["id"]
    await desk.until(lambda: len(desk.moves) == 2)
    await messenger.show(str(group), CARD)
    assert await world.texts(moved) == ["Нове замовлення"]
    assert [call["ok"] for call in await world.calls("sendMessage")] == [True]
    desk.screen = fixed(replace(TAKEN, show=Show.REPLACE))
    await world.do(
        "tap", user=OLYA, chat=moved, message_id=(await world.messages(moved))[0]["message_id"], row=0, column=0
    )
    await desk.until(lambda: len(desk.events) == 1)
    assert desk.events[0].place == str(moved)


async def test_a_message_forwarded_to_a_private_chat_is_pressed_in_private(world: World, desk: RecordingDesk) -> None:
    group = await group_of(world)
    messenger = await world.polling(desk)
    await messenger.show(str(group), CARD)
    await world.do("tap", user=OLYA, message_id=1, data=Press(1).pack())
    await desk.until(lambda: len(desk.events) == 1)
    assert (desk.events[0].place, desk.events[0].action) == ("", Press(1).pack())
