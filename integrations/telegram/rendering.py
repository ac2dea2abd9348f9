"""A screen drawn as calls of the Bot API; nothing here touches the network or a clock."""

from aiogram.enums import InputMediaType
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageCaption,
    EditMessageMedia,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
)
from aiogram.types import InlineKeyboardMarkup, InputMediaPhoto, LinkPreviewOptions
from markupsafe import escape

from bot.conversation.screen import Link, Screen
from integrations.telegram.keyboard import Keyboard, asks_phone, inline, menu_keyboard, phone_keyboard
from integrations.telegram.trimming import cut, cut_plain, units

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
NOTICE_LIMIT = 200
_HTML = "HTML"
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def send_text(chat: int, screen: Screen) -> SendMessage:
    drawn = SendMessage(
        chat_id=chat, text=text_of(screen, TEXT_LIMIT), parse_mode=_HTML, link_preview_options=_NO_PREVIEW
    )
    if keyboard := keyboard_of(screen):
        drawn.reply_markup = keyboard
    return drawn


def send_photo(chat: int, screen: Screen, photo: str) -> SendPhoto:
    """`photo` is a file_id or `attach://` and the name of an uploaded part."""
    drawn = SendPhoto(chat_id=chat, photo=photo, caption=text_of(screen, CAPTION_LIMIT), parse_mode=_HTML)
    if keyboard := keyboard_of(screen):
        drawn.reply_markup = keyboard
    return drawn


def send_document(chat: int, screen: Screen, document: str) -> SendDocument:
    """`document` is `attach://` and the name of an uploaded part."""
    drawn = SendDocument(chat_id=chat, document=document, caption=text_of(screen, CAPTION_LIMIT), parse_mode=_HTML)
    if keyboard := keyboard_of(screen):
        drawn.reply_markup = keyboard
    return drawn


def edit_text(chat: int, message: int, screen: Screen) -> EditMessageText:
    drawn = EditMessageText(
        chat_id=chat,
        message_id=message,
        text=text_of(screen, TEXT_LIMIT),
        parse_mode=_HTML,
        link_preview_options=_NO_PREVIEW,
    )
    if keyboard := _under(screen):
        drawn.reply_markup = keyboard
    return drawn


def edit_caption(chat: int, message: int, screen: Screen) -> EditMessageCaption:
    caption = text_of(screen, CAPTION_LIMIT)
    drawn = EditMessageCaption(chat_id=chat, message_id=message, caption=caption, parse_mode=_HTML)
    if keyboard := _under(screen):
        drawn.reply_markup = keyboard
    return drawn


def edit_photo(chat: int, message: int, screen: Screen, photo: str) -> EditMessageMedia:
    caption = text_of(screen, CAPTION_LIMIT)
    media = InputMediaPhoto(type=InputMediaType.PHOTO, media=photo, caption=caption, parse_mode=_HTML)
    drawn = EditMessageMedia(chat_id=chat, message_id=message, media=media)
    if keyboard := _under(screen):
        drawn.reply_markup = keyboard
    return drawn


def answer_callback(query_id: str, notice: str = "") -> AnswerCallbackQuery:
    if not notice:
        return AnswerCallbackQuery(callback_query_id=query_id)
    return AnswerCallbackQuery(callback_query_id=query_id, text=cut_plain(notice, NOTICE_LIMIT))


def keyboard_of(screen: Screen) -> Keyboard | None:
    """What a new message carries; the menu only without rows of its own, since Telegram keeps it."""
    if asks_phone(screen):
        return phone_keyboard(screen.rows)
    if screen.rows:
        return inline(screen.rows)
    return menu_keyboard(screen.menu) if screen.menu else None


def _under(screen: Screen) -> InlineKeyboardMarkup | None:
    """What an edited message carries: Telegram edits only what stands under a message."""
    return inline(screen.rows) if screen.rows else None


def text_of(screen: Screen, limit: int) -> str:
    """The notice, the text and the links that found no button, at most `limit` units."""
    head = f"{escape(cut_plain(screen.notice, NOTICE_LIMIT))}\n\n" if screen.notice else ""
    if not asks_phone(screen):
        return cut(head + str(screen.text), limit)
    links = [button for row in screen.rows for button in row if isinstance(button, Link)]
    seen = sum(units(link.label) + 1 for link in links)
    tail = "".join(f'\n<a href="{escape(link.url)}">{escape(link.label)}</a>' for link in links)
    return cut(head + str(screen.text), limit - seen - 1) + (f"\n{tail}" if tail else "")
