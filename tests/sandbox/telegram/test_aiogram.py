"""A foreign client, aiogram's own, works against the sandbox unchanged."""

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    ChatMemberAdministrator,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    ReplyKeyboardMarkup,
)
from pytest import raises

from tests.sandbox.telegram.conftest import TOKEN, USER, Telegram
from tests.sandbox.telegram.pictures import PNG, png

KEYS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Так", callback_data="yes")]])


async def test_the_bot_introduces_itself(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot) == (7100000001, "komora_demo_bot", True)


async def test_a_message_goes_out_and_is_edited(bot: Bot, telegram: Telegram) -> None:
    sent = await bot.send_message(USER, "Кошик: <b>1</b>", parse_mode="HTML", reply_markup=KEYS)
    edited = await bot.edit_message_text("Кошик: <b>2</b>", chat_id=USER, message_id=sent.message_id, parse_mode="HTML")
    assert not isinstance(edited, bool)
    assert (edited.text, edited.edit_date is not None, edited.reply_markup) == ("Кошик: 2", True, None)
    assert (await telegram.last())["entities"] == [{"type": "bold", "offset": 7, "length": 1}]


async def test_every_kind_of_update_is_read(bot: Bot, telegram: Telegram) -> None:
    sent = await bot.send_message(
        USER,
        "Ваш номер?",
        reply_markup=ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Поділитися", request_contact=True)]]),
    )
    offered = await bot.send_message(USER, "Підтвердити?", reply_markup=KEYS)
    await telegram.do("say", user=USER, text="борошно 20 кг")
    await telegram.do("share_phone", user=USER)
    await telegram.do("tap", user=USER, message_id=offered.message_id, row=0, column=0, wait=0)
    await telegram.do("tap", user=USER, message_id=999, data="gone", wait=0)
    await telegram.do("block", user=USER)
    text, phone, tap, gone, left = await bot.get_updates()
    assert text.message and phone.message and tap.callback_query and gone.callback_query and left.my_chat_member
    assert text.message.text == "борошно 20 кг"
    assert phone.message.contact and phone.message.contact.user_id == USER
    assert phone.message.reply_to_message and phone.message.reply_to_message.message_id == sent.message_id
    assert (tap.callback_query.data, tap.callback_query.from_user.id) == ("yes", USER)
    assert gone.callback_query.message and gone.callback_query.message.date == 0
    assert left.my_chat_member.new_chat_member.status == "kicked"


async def test_a_photo_is_uploaded_and_comes_back_byte_by_byte(bot: Bot) -> None:
    sent = await bot.send_photo(
        USER, BufferedInputFile(PNG, "борошно.png"), caption="<i>Борошно</i>", parse_mode="HTML"
    )
    assert sent.photo
    file = await bot.get_file(sent.photo[-1].file_id)
    assert file.file_path
    content = await bot.download_file(file.file_path)
    assert content is not None
    assert content.read() == PNG
    assert (sent.caption, sent.photo[-1].width, sent.photo[-1].height) == ("Борошно", 4, 3)


async def test_an_album_and_its_captions(bot: Bot) -> None:
    first = InputMediaPhoto(media=BufferedInputFile(png(2, 2), "a.png"), caption="Перше")
    second = InputMediaPhoto(media=BufferedInputFile(png(3, 3), "b.png"))
    sent = await bot.send_media_group(USER, [first, second])
    assert [one.caption for one in sent] == ["Перше", None]
    assert sent[0].media_group_id == sent[1].media_group_id


async def test_media_of_a_message_is_replaced(bot: Bot) -> None:
    sent = await bot.send_photo(USER, BufferedInputFile(png(2, 2), "a.png"), reply_markup=KEYS)
    media = InputMediaPhoto(media=BufferedInputFile(png(5, 4), "b.png"), caption="Друге")
    edited = await bot.edit_message_media(media, chat_id=USER, message_id=sent.message_id)
    assert not isinstance(edited, bool)
    assert edited.photo
    assert (edited.photo[-1].width, edited.caption) == (5, "Друге")


async def test_commands_and_menu_button(bot: Bot) -> None:
    await bot.set_my_commands([BotCommand(command="menu", description="Меню")])
    assert [(one.command, one.description) for one in await bot.get_my_commands()] == [("menu", "Меню")]
    assert (await bot.get_chat_menu_button(chat_id=USER)).type == "commands"


async def test_chat_and_member(bot: Bot) -> None:
    chat = await bot.get_chat(USER)
    member = await bot.get_chat_member(USER, USER)
    assert (chat.type, chat.first_name, member.status) == ("private", "Олена", "member")


async def test_a_forum_and_its_topics(bot: Bot, telegram: Telegram) -> None:
    forum = await telegram.group(is_forum=True)
    topic = await bot.create_forum_topic(forum, "Кафе «Липа»", icon_color=7322096)
    sent = await bot.send_message(forum, "Вітаємо", message_thread_id=topic.message_thread_id)
    assert (sent.message_thread_id, sent.is_topic_message) == (topic.message_thread_id, True)
    await telegram.do("say", user=USER, chat=forum, text="так", reply_to=sent.message_id)
    assert await bot.pin_chat_message(forum, sent.message_id)
    assert await bot.close_forum_topic(forum, topic.message_thread_id)
    said, pinned, closed = [one.message for one in (await bot.get_updates())[-3:]]
    assert said and said.reply_to_message and said.reply_to_message.message_id == sent.message_id
    assert pinned and pinned.pinned_message and pinned.message_thread_id == topic.message_thread_id
    assert closed and closed.forum_topic_closed
    assert (await bot.get_forum_topic_icon_stickers())[0].custom_emoji_id
    me = await bot.get_chat_member(forum, bot.id)
    assert isinstance(me, ChatMemberAdministrator)
    assert me.can_manage_topics
    assert await bot.delete_forum_topic(forum, topic.message_thread_id)
    with raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(forum, "Вітаємо", message_thread_id=topic.message_thread_id)


async def test_a_refusal_is_understood(bot: Bot) -> None:
    with raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(5, "Вітаємо")


async def test_the_token_stands_in_no_answer_and_no_log(bot: Bot, telegram: Telegram) -> None:
    await bot.send_message(USER, "Вітаємо")
    assert TOKEN not in str(await telegram.get("calls"))
