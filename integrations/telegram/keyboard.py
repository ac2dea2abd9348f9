"""Buttons: under a message, or in place of the person's keyboard."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.conversation.screen import Button, Link, Rows, Screen, SharePhone, Tap

ROW_WIDTH = 8
BUTTONS = 100
Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup


def asks_phone(screen: Screen) -> bool:
    """Such a button can stand only in a reply keyboard."""
    return any(isinstance(button, SharePhone) for row in screen.rows for button in row)


def without_keyboard(screen: Screen) -> Screen:
    """For a group: a menu would stand before everybody in it, and nobody's phone can be asked for there."""
    rows = tuple(tuple(button for button in row if not isinstance(button, SharePhone)) for row in screen.rows)
    return replace(screen, rows=tuple(row for row in rows if row), menu=())


def inline(rows: Rows) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[_inline_button(b) for b in row] for row in _fitting(rows)])


def phone_keyboard(rows: Rows) -> ReplyKeyboardMarkup:
    """Taps become their words, which come back as typed text; links go into the message's text."""
    plain = tuple(tuple(button for button in row if not isinstance(button, Link)) for row in rows)
    return ReplyKeyboardMarkup(
        keyboard=[[_reply_button(button) for button in row] for row in _fitting(plain)],
        resize_keyboard=True,
        one_time_keyboard=True,
    )


def menu_keyboard(menu: tuple[tuple[Tap, ...], ...]) -> ReplyKeyboardMarkup:
    return ReplyKeyboardMarkup(
        keyboard=[[_reply_button(button) for button in row] for row in _fitting(menu)],
        resize_keyboard=True,
        is_persistent=True,
    )


@lru_cache(maxsize=4096)  # a model costs more than the rest of the drawing, and buttons repeat
def _inline_button(button: Button) -> InlineKeyboardButton:
    match button:
        case Tap(label, action):
            return InlineKeyboardButton(text=label, callback_data=action.pack())
        case Link(label, url):
            return InlineKeyboardButton(text=label, url=url)
        case SharePhone():
            raise ValueError("a phone cannot be asked for under a message")


def _reply_button(button: Button) -> KeyboardButton:
    match button:
        case SharePhone(label):
            return KeyboardButton(text=label, request_contact=True)
        case Tap(label) | Link(label):
            return KeyboardButton(text=label)


def _fitting(rows: Rows) -> Iterable[tuple[Button, ...]]:
    """Rows of at most 8 and 100 buttons in all: with more Telegram refuses the whole message."""
    left = BUTTONS
    for row in rows:
        for start in range(0, len(row), ROW_WIDTH):
            part = row[start : start + ROW_WIDTH][:left]
            left -= len(part)
            if part:
                yield part
