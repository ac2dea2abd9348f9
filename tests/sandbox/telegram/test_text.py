"""Formatted text: HTML as Telegram reads it, lengths in UTF-16 units, what is found by itself."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.telegram.entities import Unparsable, parse_html
from sandbox.telegram.text import typed_text
from sandbox.telegram.utf16 import utf16_cut, utf16_length
from tests.sandbox.telegram.conftest import USER, Telegram


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>а</b>", "а", [("bold", 0, 1)]),
        ("<strong>а</strong><em>б</em>", "аб", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<b>а<i>б</i></b>", "аб", [("bold", 0, 2), ("italic", 1, 1)]),
        ("😀<u>я</u>", "😀я", [("underline", 2, 1)]),
        ("<s>1</s> <code>2</code>", "1 2", [("strikethrough", 0, 1), ("code", 2, 1)]),
        ("<tg-spoiler>т</tg-spoiler>", "т", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">т</span>', "т", [("spoiler", 0, 1)]),
        ("<blockquote expandable>ц</blockquote>", "ц", [("expandable_blockquote", 0, 1)]),
        ("1 &lt; 2 &amp;&#33; &nbsp;", "1 < 2 &! &nbsp;", []),
        ("<b></b>порожньо", "порожньо", []),
        ("<B >а</B >", "а", [("bold", 0, 1)]),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    parsed, found = parse_html(source)
    assert parsed == text
    assert [(one["type"], one["offset"], one["length"]) for one in found] == entities


def test_a_link_keeps_its_address() -> None:
    assert parse_html("<a href='https://x.ua/?a=1&amp;b=2'>ціни</a>")[1][0]["url"] == "https://x.ua/?a=1&b=2"


def test_a_language_of_code_comes_from_inside_pre() -> None:
    _, [entity] = parse_html('<pre><code class="language-python">x</code></pre>')
    assert (entity["type"], entity["language"]) == ("pre", "python")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<b>а", 'Can\'t find end tag corresponding to start tag "b"'),
        ("а</b>", "Unexpected end tag at byte offset 2"),
        ("<b><i>а</b></i>", 'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"'),
        ("я <h1>а</h1>", 'Unsupported start tag "h1" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>а</b", "Unclosed end tag at byte offset 5"),
        ("<span>а</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a =1>а</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
async def test_wrong_html_is_refused_in_telegrams_words(telegram: Telegram, source: str, said: str) -> None:
    told = await telegram.refusal("sendMessage", chat_id=USER, text=source, parse_mode="HTML")
    assert told == f"400 Bad Request: can't parse entities: {said}"


@given(st.text(alphabet="<>/&;\"'= ab😀=яspancode", max_size=60))
def test_any_text_is_parsed_or_refused_and_entities_lie_inside(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except Unparsable:
        return
    assert all(0 <= one["offset"] < one["offset"] + one["length"] <= utf16_length(text) for one in entities)


@given(st.text(max_size=50))
def test_a_cut_of_the_whole_is_the_whole(text: str) -> None:
    assert utf16_cut(text, 0, utf16_length(text)) == text


@pytest.mark.parametrize(("text", "ok"), [("я" * 4096, True), ("я" * 4097, False), ("😀" * 2049, False)])
async def test_a_text_holds_4096_utf16_units(telegram: Telegram, text: str, ok: bool) -> None:
    assert (await telegram.call("sendMessage", chat_id=USER, text=text))["ok"] is ok


async def test_the_length_is_counted_after_parsing(telegram: Telegram) -> None:
    assert (await telegram.send(f"<b>{'я' * 4096}</b>", parse_mode="HTML"))["entities"][0]["length"] == 4096


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"text": "я" * 4097}, "400 Bad Request: message is too long"),
        ({"text": " \n "}, "400 Bad Request: message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "400 Bad Request: message text is empty"),
        ({"text": "x", "parse_mode": "BBCode"}, "400 Bad Request: unsupported parse_mode"),
    ],
)
async def test_a_text_that_cannot_be_sent(telegram: Telegram, params: dict[str, Any], said: str) -> None:
    assert await telegram.refusal("sendMessage", chat_id=USER, **params) == said


async def test_markdown_is_refused_plainly(telegram: Telegram) -> None:
    said = await telegram.refusal("sendMessage", chat_id=USER, text="*x*", parse_mode="MarkdownV2")
    assert said == "501 Not Implemented: the sandbox does not do parse_mode MarkdownV2; HTML and entities are done"


async def test_spaces_around_go_and_offsets_follow(telegram: Telegram) -> None:
    sent = await telegram.send("  <b> так </b> ", parse_mode="HTML")
    assert (sent["text"], sent["entities"]) == ("так", [{"type": "bold", "offset": 0, "length": 3}])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start abc", [("bot_command", "/start")]),
        ("див. https://x.ua/a?b=1.", [("url", "https://x.ua/a?b=1")]),
        ("пишіть a.b@x.ua або +380 67 111 22 33", [("email", "a.b@x.ua"), ("phone_number", "+380 67 111 22 33")]),
        ("@komora_bot #знижка", [("mention", "@komora_bot"), ("hashtag", "#знижка")]),
        ("20/25 кг і 1.5 л", []),
    ],
)
def test_telegram_marks_by_itself(text: str, found: list[tuple[str, str]]) -> None:
    entities = typed_text(text).get("entities", [])
    assert [(one["type"], utf16_cut(text, one["offset"], one["length"])) for one in entities] == found
