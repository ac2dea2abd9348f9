"""Every screen as Telegram's calls: nothing cut, valid HTML, buttons that Telegram takes and that come back."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from aiogram.methods import SendDocument, SendMessage, SendPhoto
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup

from bot.conversation.screen import Attachment, Screen, SharePhone, Tap
from handlers.preview import Preview
from integrations.telegram.rendering import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    answer_callback,
    edit_caption,
    edit_text,
    keyboard_of,
    send_document,
    send_photo,
    send_text,
)
from integrations.telegram.trimming import units
from keyboards.menu import words
from tests.screens.written import text_of, title_of

TEXT, CAPTION, TOAST, DATA, WIDTH = 4096, 1024, 200, 64, 8
ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|#\d+);)")


class Strict(HTMLParser):
    """Reads what Telegram reads: five tags, each closed in its turn."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = ""
        self.opened: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        if (tag, [name for name, _ in attrs]) not in ALLOWED:
            self.faults.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.opened or self.opened.pop() != tag:
            self.faults.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.seen += data


ALLOWED: list[tuple[str, list[str]]] = [("b", []), ("i", []), ("s", []), ("code", []), ("a", ["href"])]


def test_no_text_is_cut(album: Sequence[Preview]) -> None:
    assert [title_of(p) for p in album if _seen(_html(_sent(p.screen))).split() != text_of(p.screen).split()] == []


def test_no_text_is_longer_than_its_place(album: Sequence[Preview]) -> None:
    wrong = [title_of(p) for p in album if units(_seen(_html(_sent(p.screen)))) > _limit(p.screen)]
    assert (TEXT_LIMIT, CAPTION_LIMIT) == (TEXT, CAPTION)
    assert wrong == []


def test_an_edited_message_says_the_same_as_a_new_one(album: Sequence[Preview]) -> None:
    editable = [p for p in album if not _asks_phone(p.screen) and not isinstance(p.screen.media, Attachment)]
    assert [title_of(p) for p in editable if _html(_sent(p.screen)) != _edited(p.screen)] == []


def test_the_html_is_valid(album: Sequence[Preview]) -> None:
    wrong = [
        (title_of(preview), read.faults + read.opened)
        for preview in album
        if (read := _read(html := _html(_sent(preview.screen)))).faults or read.opened or ENTITY.search(html)
    ]
    assert wrong == []


def test_every_button_is_drawn_with_what_telegram_takes(album: Sequence[Preview]) -> None:
    wrong = [
        (title_of(preview), button.text)
        for preview in album
        for row in _inline(preview.screen)
        for button in row
        if not (button.url or 0 < len((button.callback_data or "").encode()) <= DATA)
        or not button.text
        or len(row) > WIDTH
    ]
    assert wrong == []


def test_every_button_of_a_screen_is_drawn(album: Sequence[Preview]) -> None:
    wrong = [title_of(p) for p in album if _drawn(p.screen) != _wanted(p.screen)]
    assert wrong == []


def test_a_button_that_comes_back_as_a_word_does_the_same(album: Sequence[Preview]) -> None:
    """Telegram's own keyboards send the label as a message."""
    understood = {word.casefold(): action for word, action in words().items()}
    wrong = [
        (title_of(preview), tap.label)
        for preview in album
        for tap in _typed_taps(preview.screen)
        if understood.get(tap.label.casefold()) != tap.action
    ]
    assert wrong == []


def test_a_toast_is_not_cut(album: Sequence[Preview]) -> None:
    wrong = [title_of(p) for p in album if (answer_callback("1", p.screen.notice).text or "") != p.screen.notice]
    assert wrong == []
    assert [title_of(p) for p in album if units(p.screen.notice) > TOAST] == []


def _sent(screen: Screen) -> SendMessage | SendPhoto | SendDocument:
    if isinstance(screen.media, Attachment):
        return send_document(1, screen, "file")
    return send_photo(1, screen, "file") if screen.media else send_text(1, screen)


def _edited(screen: Screen) -> str:
    return str(edit_caption(1, 2, screen).caption if screen.media else edit_text(1, 2, screen).text)


def _html(sent: SendMessage | SendPhoto | SendDocument) -> str:
    return str(sent.text if isinstance(sent, SendMessage) else sent.caption)


def _limit(screen: Screen) -> int:
    return CAPTION if screen.media else TEXT


def _read(html: str) -> Strict:
    reader = Strict()
    reader.feed(html)
    reader.close()
    return reader


def _seen(html: str) -> str:
    return _read(html).seen


def _inline(screen: Screen) -> list[list[InlineKeyboardButton]]:
    keyboard = keyboard_of(screen)
    return keyboard.inline_keyboard if isinstance(keyboard, InlineKeyboardMarkup) else []


def _drawn(screen: Screen) -> list[list[str]]:
    match keyboard_of(screen):
        case InlineKeyboardMarkup(inline_keyboard=rows):
            return [[button.text for button in row] for row in rows]
        case ReplyKeyboardMarkup(keyboard=keys):
            return [[key.text for key in row] for row in keys]
        case _:
            return []


def _wanted(screen: Screen) -> list[list[str]]:
    return [[button.label for button in row] for row in screen.rows or screen.menu]


def _typed_taps(screen: Screen) -> list[Tap]:
    typed = (*(screen.rows if _asks_phone(screen) else ()), *screen.menu)
    return [button for row in typed for button in row if isinstance(button, Tap)]


def _asks_phone(screen: Screen) -> bool:
    return any(isinstance(button, SharePhone) for row in screen.rows for button in row)
