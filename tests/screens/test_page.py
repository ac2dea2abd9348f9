"""The page of all screens: whole, in every language, and safe to open."""

from collections.abc import Sequence
from html.parser import HTMLParser

import pytest
from markupsafe import Markup

from bot.conversation.screen import Screen, Tap
from handlers.preview import Preview, page
from keyboards.actions import Home
from tests.screens.conftest import Albums


class Read(HTMLParser):
    """What stands on the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.phones: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.phones += [given["lang"] or ""] if given.get("class") == "phone" else []
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(html: str) -> Read:
    reader = Read()
    reader.feed(html)
    reader.close()
    return reader


def test_every_screen_stands_there_once_a_language(albums: Albums) -> None:
    shown = read(page(albums))
    assert shown.phones == ["uk", "ru", "en"] * len(albums["uk"])
    assert [preview.title for preview in albums["uk"] if preview.title not in "\n".join(shown.text)] == []


def test_the_page_needs_nothing_from_outside(albums: Albums) -> None:
    assert [address for address in read(page(albums)).addresses if not address.startswith("#")] == []


def test_whatever_a_person_wrote_stays_text() -> None:
    wild = Screen(Markup("<b>{}</b>").format("<img src=x>"), ((Tap("<i>", Home()),),), notice="<u>")
    html = page({"uk": [Preview("<p>", "<q>", wild, "<s>")]})
    assert ["<b>&lt;img src=x&gt;</b>" in html, ">&lt;i&gt;<" in html, ">&lt;u&gt;<" in html] == [True] * 3
    assert ["<img" in html, "<q>" in html, "<u>" in html, "<i>" in html] == [False] * 4


def test_languages_with_different_screens_are_refused() -> None:
    one: Sequence[Preview] = [Preview("Меню", "Початок", Screen(Markup("Добрий день!")))]
    with pytest.raises(ValueError, match="zip"):
        page({"uk": one, "ru": []})
