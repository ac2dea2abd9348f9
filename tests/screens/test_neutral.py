"""What a screen must be whatever the messenger: few rows, short labels, words of the right language, units."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import pytest

from bot.conversation.action import LIMIT
from bot.conversation.screen import Button, Screen, Show, Tap
from bot.i18n import LANGUAGES
from handlers.preview import Preview
from keyboards.rows import LABEL
from tests.locales.catalogues import extracted
from tests.screens.conftest import Albums
from tests.screens.sample import catalogue
from tests.screens.written import labels_of, text_of, title_of

ROWS = 8
SAID_IN_EVERY_LANGUAGE = {"sms", "odata", "excel", "pdf", "telegram", "viber", "word", "docx", "libreoffice"}
CHANCE = re.compile(r"-[0-9a-f]{16}\b|\b[0-9a-f]{8}\b")
"""The number of a payment, and of a fault: chance may spell a word there."""
COMMANDS = re.compile(r"/answers (?:add|drop)\b|main\.py staff\b")
"""To be typed as they are, whoever reads them."""
TEMPLATE = re.compile(r"\{[{%][^<»]*")
"""What stands in somebody's Word file, quoted as it is."""
TAGS = r"</?(?:b|i|s|code)>|<a href=\"[^\"<>]*\">|</a>"
WORD = re.compile(r"[A-Za-z]{2,}")
MOMENT = re.compile(r"\b\d\d\.\d\d(?= \d\d:\d\d)|(?<=\w{2} )\d\d\.\d\d\b|(?<=\w{3} )\d\d\.\d\d\b")
PAIR = re.compile(r"[\d\s]+[.,]\d\d → (?=[\d\s]+[.,]\d\d\s(?:грн|UAH))")
"""A sum and what became of it name their unit once."""
BARE_SUM = re.compile(r"\d[.,]\d\d(?!\d)(?! (?:грн|UAH|кг|kg))")


def test_a_label_fits_a_phone_and_says_something(album: Sequence[Preview]) -> None:
    wrong = [
        (title_of(preview), label)
        for preview in album
        for label in labels_of(preview.screen)
        if not 0 < len(label) <= LABEL or not any(char.isalnum() for char in label)
    ]
    assert wrong == []


def test_no_two_buttons_of_a_screen_read_alike(album: Sequence[Preview]) -> None:
    wrong = [title_of(preview) for preview in album if len(_own(preview.screen)) != len(set(_own(preview.screen)))]
    assert wrong == []


def test_a_screen_has_few_rows_and_none_is_empty(album: Sequence[Preview]) -> None:
    wrong = [title_of(p) for p in album if len(p.screen.rows) > ROWS or not all(p.screen.rows)]
    assert wrong == []


def test_every_screen_says_something_and_leaves_no_gap(album: Sequence[Preview]) -> None:
    wrong = [
        title_of(preview)
        for preview in album
        if not text_of(preview.screen)
        or re.search(r"\n{3}|^\s|\s$| \n|\{|\}", TEMPLATE.sub("", str(preview.screen.text)))
    ]
    assert wrong == []


def test_every_screen_has_a_way_on(album: Sequence[Preview]) -> None:
    assert [title_of(preview) for preview in album if not _leads_on(preview)] == []


def test_a_text_holds_the_five_tags_alone_and_a_notice_none(album: Sequence[Preview]) -> None:
    wrong = [
        title_of(preview)
        for preview in album
        if re.search(r"[<>]", re.sub(TAGS, "", preview.screen.text)) or re.search(r"<|&\w+;", preview.screen.notice)
    ]
    assert wrong == []


def test_a_payload_fits_telegram(album: Sequence[Preview]) -> None:
    wrong = [title_of(p) for p in album for tap in _taps(p.screen) if len(tap.action.pack().encode()) > LIMIT]
    assert wrong == []


@pytest.mark.parametrize("foreign", ["uk", "ru"])
def test_no_english_word_of_ours_is_left(albums: Albums, foreign: str) -> None:
    english = {word for msgid in extracted() for word in _words(" ".join([msgid] if isinstance(msgid, str) else msgid))}
    wrong = [
        (title_of(preview), sorted(left))
        for preview in albums[foreign]
        if (left := _words(_our_words(preview.screen)) & english - SAID_IN_EVERY_LANGUAGE)
    ]
    assert wrong == []


def test_a_sum_always_names_its_unit(album: Sequence[Preview]) -> None:
    wrong = [
        (title_of(preview), found[0])
        for preview in album
        if (found := BARE_SUM.search(PAIR.sub("", MOMENT.sub("", _without_names(_everything(preview.screen))))))
    ]
    assert wrong == []


def test_numbers_and_their_units_are_not_torn_apart(album: Sequence[Preview]) -> None:
    wrong = [title_of(p) for p in album if re.search(r"\d (?:грн|UAH)\b", f"{p.screen.notice}{p.screen.text}")]
    assert wrong == []


def _leads_on(preview: Preview) -> bool:
    """In a group, trouble is told below the message it is about, whose buttons stay."""
    return bool(preview.screen.rows or preview.screen.menu or (preview.desk and preview.screen.show is Show.SEND))


def _own(screen: Screen) -> list[str]:
    return [button.label for row in screen.rows for button in row]


def _taps(screen: Screen) -> Iterator[Tap]:
    buttons: list[Button] = [button for row in (*screen.rows, *screen.menu) for button in row]
    yield from (button for button in buttons if isinstance(button, Tap))


def _everything(screen: Screen) -> str:
    return "\n".join([text_of(screen), *(label.replace("\u00a0", " ") for label in labels_of(screen))])


def _our_words(screen: Screen) -> str:
    """Without the names of the wholesaler's goods, of the languages themselves, of commands and of payments."""
    text = COMMANDS.sub("", _without_names(_everything(screen)).replace("Мова · Язык · Language", ""))
    text = TEMPLATE.sub("", CHANCE.sub("", text))
    for name in LANGUAGES.values():
        text = text.replace(name, "")
    return text


def _without_names(text: str) -> str:
    return _names().sub("", text)


@cache
def _names() -> re.Pattern[str]:
    names = {row[name] for row in catalogue() for name in ("name_uk", "name_ru")}
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))


def _words(text: str) -> set[str]:
    plain = re.sub(r"<code>[^<]*</code>|<[^>]*>|\{\w+\}", " ", text)
    return {word.lower() for word in WORD.findall(plain)}
