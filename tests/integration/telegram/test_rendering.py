"""A screen drawn as Bot API calls."""

from pathlib import Path
from typing import Any

import pytest
from aiogram.methods import TelegramMethod
from markupsafe import Markup, escape

from bot.conversation.screen import Link, Photo, Screen, SharePhone, Tap
from integrations.telegram.rendering import (
    answer_callback,
    edit_caption,
    edit_photo,
    edit_text,
    send_photo,
    send_text,
)
from tests.integration.telegram.buttons import Press

PRESS = Tap("Додати", Press(7))
LINK = Link("Сплатити", "https://komora.ua/pay/abc?x=1&y=2")
MENU = ((Tap("Каталог", Press(1)), Tap("Кошик", Press(2))),)
PHOTO = Photo(Path("borsch.jpg"), "borsch.jpg")


def wire(method: TelegramMethod[Any]) -> dict[str, Any]:
    body = method.model_dump(mode="json", exclude_unset=True)
    assert isinstance(body, dict)
    return body


def test_a_text_goes_as_html_without_previews() -> None:
    assert wire(send_text(7, Screen(Markup("<b>{}</b>").format("Сіль & <перець>")))) == {
        "chat_id": 7,
        "text": "<b>Сіль &amp; &lt;перець&gt;</b>",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }


def test_taps_and_links_stand_under_the_message() -> None:
    drawn = wire(send_text(7, Screen(Markup("x"), rows=((PRESS,), (LINK,)), menu=MENU)))
    assert drawn["reply_markup"] == {
        "inline_keyboard": [
            [{"text": "Додати", "callback_data": "~tgtest1:7"}],
            [{"text": "Сплатити", "url": "https://komora.ua/pay/abc?x=1&y=2"}],
        ]
    }


def test_a_screen_without_rows_brings_the_menu() -> None:
    assert wire(send_text(7, Screen(Markup("x"), menu=MENU)))["reply_markup"] == {
        "keyboard": [[{"text": "Каталог"}, {"text": "Кошик"}]],
        "is_persistent": True,
        "resize_keyboard": True,
    }


def test_a_screen_without_rows_and_menu_has_no_keyboard() -> None:
    assert "reply_markup" not in wire(send_text(7, Screen(Markup("x"))))


def test_asking_for_a_phone_takes_the_persons_keyboard_once() -> None:
    screen = Screen(Markup("Ваш номер?"), rows=((SharePhone("Поділитися"),), (PRESS, LINK)), menu=MENU)
    drawn = wire(send_text(7, screen))
    assert drawn["reply_markup"] == {
        "keyboard": [[{"text": "Поділитися", "request_contact": True}], [{"text": "Додати"}]],
        "one_time_keyboard": True,
        "resize_keyboard": True,
    }
    assert drawn["text"] == ('Ваш номер?\n\n<a href="https://komora.ua/pay/abc?x=1&amp;y=2">Сплатити</a>')


def test_links_beside_a_phone_survive_the_cut() -> None:
    screen = Screen(escape("а" * 5000), rows=((SharePhone("Номер"), LINK),))
    text = wire(send_text(7, screen))["text"]
    assert text.endswith('…\n\n<a href="https://komora.ua/pay/abc?x=1&amp;y=2">Сплатити</a>')
    assert len(text.split("\n\n")[0]) + len("\n\nСплатити") == 4096


def test_rows_are_split_at_eight_and_end_at_a_hundred_buttons() -> None:
    taps = tuple(Tap(str(number), Press(number)) for number in range(120))
    keyboard = wire(send_text(7, Screen(Markup("x"), rows=(taps,))))["reply_markup"]["inline_keyboard"]
    assert [len(row) for row in keyboard] == [8] * 12 + [4]


def test_a_notice_is_the_first_line() -> None:
    assert wire(send_text(7, Screen(Markup("Кошик"), notice="Сіль & перець додано")))["text"] == (
        "Сіль &amp; перець додано\n\nКошик"
    )


def test_a_text_over_the_limit_is_cut() -> None:
    assert wire(send_text(7, Screen(escape("а" * 4097))))["text"] == "а" * 4095 + "…"


def test_a_picture_carries_the_text_as_its_caption() -> None:
    screen = Screen(escape("б" * 1025), rows=((PRESS,),), media=PHOTO)
    assert wire(send_photo(7, screen, "attach://picture")) == {
        "chat_id": 7,
        "photo": "attach://picture",
        "caption": "б" * 1023 + "…",
        "parse_mode": "HTML",
        "reply_markup": {"inline_keyboard": [[{"text": "Додати", "callback_data": "~tgtest1:7"}]]},
    }


def test_an_edited_text_keeps_to_what_an_edit_can_carry() -> None:
    assert wire(edit_text(7, 9, Screen(Markup("x"), menu=MENU))) == {
        "chat_id": 7,
        "message_id": 9,
        "text": "x",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }


def test_an_edited_picture_and_caption() -> None:
    screen = Screen(Markup("<i>нове</i>"), rows=((PRESS,),), media=PHOTO)
    markup = {"inline_keyboard": [[{"text": "Додати", "callback_data": "~tgtest1:7"}]]}
    assert wire(edit_photo(7, 9, screen, "id1")) == {
        "chat_id": 7,
        "message_id": 9,
        "media": {"type": "photo", "media": "id1", "caption": "<i>нове</i>", "parse_mode": "HTML"},
        "reply_markup": markup,
    }
    assert wire(edit_caption(7, 9, screen)) == {
        "chat_id": 7,
        "message_id": 9,
        "caption": "<i>нове</i>",
        "parse_mode": "HTML",
        "reply_markup": markup,
    }


@pytest.mark.parametrize(
    ("notice", "body"),
    [
        ("", {"callback_query_id": "q"}),
        ("Додано", {"callback_query_id": "q", "text": "Додано"}),
        ("я" * 201, {"callback_query_id": "q", "text": "я" * 199 + "…"}),
    ],
)
def test_a_toast_has_two_hundred_characters_at_most(notice: str, body: dict[str, str]) -> None:
    assert wire(answer_callback("q", notice)) == body
