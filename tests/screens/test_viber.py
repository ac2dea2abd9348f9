"""Every screen on Viber's wire, for every device: whole rows with the whole menu, within Viber's limits."""

import re
from collections.abc import Sequence
from functools import cache
from html import unescape
from typing import Any

import pytest

from bot.conversation.screen import Link, Screen, SharePhone
from handlers.preview import Preview
from integrations.viber.keyboard import COLUMNS
from integrations.viber.levels import SHARE_PHONE, min_api_version
from integrations.viber.plaintext import units
from integrations.viber.rendering import Look, render, render_welcome, serialised
from tests.screens.written import text_of, title_of

LOOK = Look("ГастроОпт", "https://bot.example.ua/media", "https://bot.example.ua/files")
LEVELS = (1, 3, 4, 6, 10)
"""Something changes at 3, 4 and 6: integrations/viber/levels.py."""
ROWS, TEXT, CAPTION, BODY, LABEL = 12, 7000, 768, 30_000, 250
Message = dict[str, Any]


@cache
def drawn(screen: Screen, level: int) -> tuple[Message, ...]:
    """The messages of a screen, pictures and all."""
    return tuple(render(screen, LOOK, level))


@pytest.fixture(params=LEVELS)
def level(request: pytest.FixtureRequest) -> int:
    number: int = request.param
    return number


def test_every_row_of_a_screen_is_there_with_the_whole_menu(private_album: Sequence[Preview], level: int) -> None:
    wrong = [title_of(p) for p in private_album if _actions(_last(p.screen, level)) != _wanted(p.screen, level)]
    assert wrong == []


def test_a_keyboard_is_not_higher_than_viber_takes(private_album: Sequence[Preview], level: int) -> None:
    wrong = [title_of(p) for p in private_album if _rows(_last(p.screen, level)) > ROWS]
    assert wrong == []


def test_a_row_of_buttons_fills_its_width(private_album: Sequence[Preview], level: int) -> None:
    wrong = [
        title_of(p) for p in private_album if sum(b["Columns"] for b in _buttons(_last(p.screen, level))) % COLUMNS
    ]
    assert wrong == []


def test_no_text_is_cut(private_album: Sequence[Preview], level: int) -> None:
    assert [title_of(p) for p in private_album if _said(p.screen, level) != text_of(p.screen).split()] == []


def test_no_text_is_longer_than_its_place(private_album: Sequence[Preview], level: int) -> None:
    wrong = [
        title_of(preview)
        for preview in private_album
        for message in drawn(preview.screen, level)
        if units(message.get("text", "")) > (CAPTION if message["type"] == "picture" else TEXT)
    ]
    assert wrong == []


def test_a_message_is_not_heavier_than_viber_takes(private_album: Sequence[Preview], level: int) -> None:
    wrong = [
        title_of(preview)
        for preview in private_album
        for message in [*drawn(preview.screen, level), render_welcome(preview.screen, LOOK, level)]
        if len(serialised(message)) > BODY
    ]
    assert wrong == []


def test_a_device_is_never_asked_for_more_than_it_can(private_album: Sequence[Preview], level: int) -> None:
    wrong = [
        title_of(preview)
        for preview in private_album
        for message in drawn(preview.screen, level)
        if min_api_version(message) > level or message.get("min_api_version", 1) != min_api_version(message)
    ]
    assert wrong == []


def test_a_label_stands_whole_with_its_colours(private_album: Sequence[Preview], level: int) -> None:
    wrong = [
        (title_of(preview), button["Text"])
        for preview in private_album
        for button in _buttons(_last(preview.screen, level))
        if len(button["Text"]) > LABEL or _label(button) not in _labels(preview.screen)
    ]
    assert wrong == []


def _last(screen: Screen, level: int) -> Message:
    """The message that carries the keyboard a person sees."""
    return drawn(screen, level)[-1]


def _buttons(message: Message) -> list[dict[str, Any]]:
    return list(message.get("keyboard", {"Buttons": []})["Buttons"])


def _actions(message: Message) -> list[str]:
    return [button["ActionBody"] for button in _buttons(message)]


def _wanted(screen: Screen, level: int) -> list[str]:
    """The payloads of all buttons, less the phone where the device cannot share one."""
    buttons = [button for row in (*screen.rows, *screen.menu) for button in row]
    return [_body(b) for b in buttons if level >= SHARE_PHONE or not isinstance(b, SharePhone)]


def _body(button: Any) -> str:
    match button:
        case SharePhone():
            return "share-phone"
        case Link():
            return str(button.url)
        case _:
            return str(button.action.pack())


def _rows(message: Message) -> int:
    columns: int = sum(button["Columns"] for button in _buttons(message))
    return columns // COLUMNS


def _said(screen: Screen, level: int) -> list[str]:
    """Every word, whether it stands in a caption or in a text."""
    return " ".join(message.get("text", "") for message in drawn(screen, level)).split()


def _label(button: dict[str, Any]) -> str:
    return unescape(re.sub(r"<[^>]+>", "", button["Text"]))


def _labels(screen: Screen) -> set[str]:
    taps = [tap for row in screen.menu for tap in row]
    menu = {f"{tap.label} ({tap.count})" if tap.count else tap.label for tap in taps}
    return menu | {" ".join(button.label.split()) for row in screen.rows for button in row}
