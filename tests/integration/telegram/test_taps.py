"""What a tap does to the message it came from."""

import asyncio
from pathlib import Path

from markupsafe import Markup

from bot.conversation.event import Event
from bot.conversation.screen import Link, Screen, SharePhone, Show, Tap
from integrations.telegram.adapter import TelegramMessenger
from tests.integration.telegram.buttons import Press
from tests.integration.telegram.desk import RecordingDesk, fixed
from tests.integration.telegram.pictures import picture
from tests.integration.telegram.world import OLYA, World, populate

ROWS = ((Tap("Додати", Press(1)),),)
MENU = ((Tap("Каталог", Press(8)), Tap("Кошик", Press(9))),)
RUSSIAN_MENU = ((Tap("Каталог", Press(8)), Tap("Корзина", Press(9))),)


async def shown(world: World, messenger: TelegramMessenger, screen: Screen) -> int:
    """A screen in Olya's chat; the id of its message."""
    await messenger.show(str(OLYA), screen)
    return int((await world.messages())[-1]["message_id"])


async def tapped(world: World, desk: RecordingDesk, message: int, screen: Screen) -> None:
    """Olya taps under the message, and the screen is the answer."""
    desk.screen = fixed(screen)
    done = len(desk.finished)
    await world.do("tap", user=OLYA, message_id=message, data="~tgtest1:1")
    await desk.until_done(done + 1)


async def test_a_text_is_edited_in_place(world: World, desk: RecordingDesk) -> None:
    messenger = await world.polling(desk)
    first = await shown(world, messenger, Screen(Markup("Кошик"), rows=ROWS))
    await tapped(world, desk, first, Screen(Markup("<b>Кошик: 1</b>"), rows=ROWS))
    (message,) = await world.messages()
    assert (message["message_id"], message["text"], message["edited"]) == (first, "Кошик: 1", True)
    assert message["keyboard"] == [[{"text": "Додати", "kind": "callback", "data": "~tgtest1:1"}]]


async def test_a_notice_is_a_toast_for_a_tap(world: World, desk: RecordingDesk) -> None:
    messenger = await world.polling(desk)
    first = await shown(world, messenger, Screen(Markup("Кошик"), rows=ROWS))
    desk.screen = fixed(Screen(Markup("Кошик: 1"), notice="Додано"))
    answer = await world.do("tap", user=OLYA, message_id=first, row=0, column=0)
    await desk.until_done()
    assert (answer["answered"], answer["text"]) == (True, "Додано")
    assert await world.texts() == ["Кошик: 1"]


async def test_a_notice_is_the_first_line_for_typed_words(world: World, desk: RecordingDesk) -> None:
    await world.polling(desk)
    desk.screen = fixed(Screen(Markup("Кошик: 1"), notice="Додано"))
    await world.do("say", user=OLYA, text="борошно")
    await desk.until_done()
    assert await world.texts() == ["Додано\n\nКошик: 1"]


async def test_the_same_screen_again_is_no_trouble(world: World, desk: RecordingDesk) -> None:
    messenger = await world.polling(desk)
    screen = Screen(Markup("Кошик"), rows=ROWS)
    first = await shown(world, messenger, screen)
    await tapped(world, desk, first, screen)
    assert await world.texts() == ["Кошик"]
    assert "message is not modified" in (await world.calls("editMessageText"))[0]["answer"]["description"]


async def test_a_screen_to_be_sent_leaves_the_tapped_message_alone(world: World, desk: RecordingDesk) -> None:
    messenger = await world.polling(desk)
    first = await shown(world, messenger, Screen(Markup("Кошик"), rows=ROWS))
    await tapped(world, desk, first, Screen(Markup("Рахунок"), show=Show.SEND))
    assert await world.texts() == ["Кошик", "Рахунок"]


async def test_typed_words_are_answered_below_whatever_the_screen_would_replace(
    world: World, desk: RecordingDesk
) -> None:
    messenger = await world.polling(desk)
    await shown(world, messenger, Screen(Markup("Кошик"), rows=ROWS))
    await world.do("say", user=OLYA, text="сіль")
    await desk.until_done()
    assert await world.texts() == ["Кошик", "wrote сіль"]


async def test_a_message_that_is_gone_is_answered_with_a_new_one(world: World, desk: RecordingDesk) -> None:
    messenger = await world.polling(desk)
    first = await shown(world, messenger, Screen(Markup("Кошик"), rows=ROWS))
    desk.gate.clear()
    await world.do("tap", user=OLYA, message_id=first, row=0, column=0, wait=0)
    await desk.until(lambda: len(desk.events) == 1)
    await world.call("deleteMessage", chat_id=OLYA, message_id=first)
    desk.gate.set()
    await desk.until_done()
    assert await world.texts() == ["tapped ~tgtest1:1"]


async def test_a_tap_under_an_inaccessible_message_is_answered_with_a_new_one(
    world: World, desk: RecordingDesk
) -> None:
    await world.polling(desk)
    await tapped(world, desk, 999, Screen(Markup("Кошик")))
    assert await world.texts() == ["Кошик"]
    assert await world.calls("editMessageText") == []


async def test_a_tap_too_old_to_be_answered_still_gets_its_screen(world: World, desk: RecordingDesk) -> None:
    messenger = await world.polling(desk)
    first = await shown(world, messenger, Screen(Markup("Кошик"), rows=ROWS))
    desk.gate.clear()
    await world.do("tap", user=OLYA, message_id=first, row=0, column=0, wait=0)
    await desk.until(lambda: len(desk.events) == 1)
    await world.do("clock", advance=3600)
    desk.gate.set()
    await desk.until_done()
    assert (await world.calls("answerCallbackQuery"))[0]["answer"]["description"] == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )
    assert await world.texts() == ["tapped ~tgtest1:1"]


async def test_a_text_becomes_a_picture_by_a_new_message(world: World, desk: RecordingDesk, tmp_path: Path) -> None:
    messenger = await world.polling(desk)
    first = await shown(world, messenger, Screen(Markup("Каталог"), rows=ROWS))
    await tapped(world, desk, first, Screen(Markup("Сир"), rows=ROWS, media=picture(tmp_path, "a.png")))
    (message,) = await world.messages()
    assert (message["caption"], "photo" in message) == ("Сир", True)
    assert (await world.methods())[1:] == ["answerCallbackQuery", "sendPhoto", "deleteMessage"]


async def test_a_picture_becomes_a_text_by_a_new_message(world: World, desk: RecordingDesk, tmp_path: Path) -> None:
    messenger = await world.polling(desk)
    first = await shown(world, messenger, Screen(Markup("Сир"), rows=ROWS, media=picture(tmp_path, "a.png")))
    await tapped(world, desk, first, Screen(Markup("Каталог"), rows=ROWS))
    assert await world.texts() == ["Каталог"]
    assert (await world.methods())[2:] == ["sendMessage", "deleteMessage"]


async def test_another_picture_is_put_into_the_message(world: World, desk: RecordingDesk, tmp_path: Path) -> None:
    messenger = await world.polling(desk)
    one, two = picture(tmp_path, "a.png", 0), picture(tmp_path, "b.png", 99)
    first = await shown(world, messenger, Screen(Markup("Сир"), rows=ROWS, media=one))
    await tapped(world, desk, first, Screen(Markup("Масло"), rows=ROWS, media=two))
    (message,) = await world.messages()
    assert (message["message_id"], message["caption"]) == (first, "Масло")
    assert (await world.methods())[2:] == ["editMessageMedia"]


async def test_under_the_same_picture_only_the_caption_changes(
    world: World, desk: RecordingDesk, tmp_path: Path
) -> None:
    messenger = await world.polling(desk)
    photo = picture(tmp_path, "a.png")
    first = await shown(world, messenger, Screen(Markup("Сир"), rows=ROWS, media=photo))
    await tapped(world, desk, first, Screen(Markup("Сир: 1"), rows=ROWS, media=photo))
    assert await world.texts() == ["Сир: 1"]
    assert (await world.methods())[2:] == ["editMessageCaption"]


async def test_a_picture_is_uploaded_once_until_its_file_changes(
    world: World, desk: RecordingDesk, tmp_path: Path
) -> None:
    messenger = await world.polling(desk)
    screen = Screen(Markup("Сир"), media=picture(tmp_path, "a.png"))
    for _ in range(2):
        await messenger.show(str(OLYA), screen)
    (tmp_path / "a.png").unlink()
    changed = Screen(Markup("Сир"), media=picture(tmp_path, "a.png", 17))
    await messenger.show(str(OLYA), changed)
    photos = [call["params"]["photo"] for call in await world.calls("sendPhoto")]
    assert [isinstance(photo, dict) for photo in photos] == [True, False, True]
    assert photos[0]["file"] == "a.png"


async def test_a_file_id_that_telegram_forgot_is_uploaded_again(
    world: World, desk: RecordingDesk, tmp_path: Path
) -> None:
    messenger = world.messenger(desk)
    screen = Screen(Markup("Сир"), media=picture(tmp_path, "a.png"))
    await messenger.show(str(OLYA), screen)
    await world.do("reset")
    await populate(world)
    await messenger.show(str(OLYA), screen)
    photos = [call["params"]["photo"] for call in await world.calls("sendPhoto")]
    assert [isinstance(photo, dict) for photo in photos] == [False, True]
    assert await world.texts() == ["Сир"]


async def test_a_picture_whose_file_is_missing_or_empty_is_left_out(
    world: World, desk: RecordingDesk, tmp_path: Path
) -> None:
    messenger = await world.polling(desk)
    photo = picture(tmp_path, "a.png")
    photo.path.write_bytes(b"")
    await messenger.show(str(OLYA), Screen(Markup("Сир"), media=photo))
    photo.path.unlink()
    await messenger.show(str(OLYA), Screen(Markup("Сир"), media=photo))
    assert await world.methods() == ["sendMessage", "sendMessage"]


async def test_asking_for_a_phone_after_a_tap_takes_a_new_message(world: World, desk: RecordingDesk) -> None:
    messenger = await world.polling(desk)
    first = await shown(world, messenger, Screen(Markup("Вітаємо"), rows=ROWS))
    ask = Screen(
        Markup("Ваш номер?"), rows=((SharePhone("Поділитися номером"),), (Link("Правила", "https://komora.ua/r"),))
    )
    await tapped(world, desk, first, ask)
    chat = await world.get(f"chat/{OLYA}")
    keyboard = chat["reply_keyboard"]["keyboard"]
    assert keyboard == [[{"text": "Поділитися номером", "request_contact": True}]]
    assert await world.texts() == ["Ваш номер?\n\nПравила"]


async def test_the_menu_comes_with_a_new_message_once_and_then_edits_do(world: World, desk: RecordingDesk) -> None:
    messenger = await world.polling(desk)
    first = await shown(world, messenger, Screen(Markup("Кошик"), rows=ROWS))
    await tapped(world, desk, first, Screen(Markup("Замовлено"), menu=MENU))
    assert (await world.methods())[2:] == ["sendMessage", "deleteMessage"]
    second = await shown(world, messenger, Screen(Markup("Кошик"), rows=ROWS, menu=MENU))
    await tapped(world, desk, second, Screen(Markup("Ще замовлено"), menu=MENU))
    assert (await world.methods())[-1] == "editMessageText"
    keyboard = (await world.get(f"chat/{OLYA}"))["reply_keyboard"]["keyboard"]
    assert [[button["text"] for button in row] for row in keyboard] == [["Каталог", "Кошик"]]


async def test_a_menu_in_another_language_replaces_the_old_one(world: World, desk: RecordingDesk) -> None:
    messenger = await world.polling(desk)
    await shown(world, messenger, Screen(Markup("Вітаємо"), menu=MENU))
    first = await shown(world, messenger, Screen(Markup("Мова"), rows=ROWS))
    await tapped(world, desk, first, Screen(Markup("Готово"), menu=RUSSIAN_MENU))
    keyboard = (await world.get(f"chat/{OLYA}"))["reply_keyboard"]["keyboard"]
    assert [button["text"] for button in keyboard[0]] == ["Каталог", "Корзина"]


async def test_of_taps_quicker_than_telegram_only_the_last_screen_is_drawn(world: World, desk: RecordingDesk) -> None:
    messenger = await world.polling(desk)
    first = await shown(world, messenger, Screen(Markup("Кошик"), rows=ROWS))

    def counted(event: Event) -> Screen:
        return Screen(Markup("Кошик: {}").format(len(desk.events)), rows=ROWS)

    desk.screen = counted
    await world.do("faults", kind="slow", method="editMessageText", seconds=0.4)
    await asyncio.gather(*(world.do("tap", user=OLYA, message_id=first, row=0, column=0) for _ in range(6)))
    await desk.until_done(6)
    assert await world.texts() == ["Кошик: 6"]
    edits = [call["params"]["text"] for call in await world.calls("editMessageText")]
    assert edits == ["Кошик: 1", "Кошик: 6"]


async def test_new_messages_are_never_left_out(world: World, desk: RecordingDesk) -> None:
    await world.polling(desk)
    await world.do("faults", kind="slow", method="sendMessage", seconds=0.3)
    for number in range(4):
        await world.do("say", user=OLYA, text=str(number))
    await desk.until_done(4)
    assert await world.texts() == [f"wrote {number}" for number in range(4)]
