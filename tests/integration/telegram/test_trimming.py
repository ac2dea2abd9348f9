"""Texts cut to Telegram's limits."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from integrations.telegram.trimming import cut, cut_plain, units

PIECES = st.lists(
    st.sampled_from(
        [
            "слово",
            " ",
            "\n",
            "&amp;",
            "&#39;",
            "<b>",
            "</b>",
            "<i>",
            "</i>",
            '<a href="https://a.ua/?x=1&amp;y=2">',
            "</a>",
            "🥔",
            "👩‍🍳",
            "й́",
        ]
    ),
    max_size=60,
)


def seen(markup: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", markup))


def balanced(pieces: list[str]) -> str:
    opened: list[str] = []
    out = []
    for piece in pieces:
        name = re.sub(r"[</>]", "", piece.split(" ")[0]) if piece.startswith("<") else ""
        if piece.startswith("</"):
            if opened and opened[-1] == name:
                opened.pop()
                out.append(piece)
            continue
        if name:
            opened.append(name)
        out.append(piece)
    return "".join(out) + "".join(f"</{name}>" for name in reversed(opened))


@pytest.mark.parametrize(("text", "length"), [("abc", 3), ("їжа", 3), ("🥔", 2), ("", 0)])
def test_length_is_in_utf16_units(text: str, length: int) -> None:
    assert units(text) == length


def test_a_text_that_fits_is_left_alone() -> None:
    assert cut("<b>шість!</b>", 6) == "<b>шість!</b>"


def test_tags_and_entities_count_as_they_are_seen() -> None:
    assert cut("<b>&amp;&lt;&gt;</b>", 3) == "<b>&amp;&lt;&gt;</b>"


def test_a_long_text_ends_at_a_word_with_its_tags_closed() -> None:
    assert cut("<b>один <i>два три чотири пʼять</i></b>", 16) == "<b>один <i>два три…</i></b>"


def test_without_a_space_near_it_is_cut_where_it_must() -> None:
    assert cut("а" * 20, 10) == "а" * 9 + "…"


def test_an_entity_is_never_halved() -> None:
    assert cut("&amp;" * 10, 4) == "&amp;&amp;&amp;…"


def test_a_cook_is_one_character() -> None:
    assert cut("абвг👩‍🍳далі", 9) == "абвг…"


def test_a_plain_text_is_cut_between_characters() -> None:
    assert cut_plain("🥔" * 5, 6) == "🥔🥔…"
    assert cut_plain("рівно", 5) == "рівно"


@given(PIECES, st.integers(2, 60))
def test_a_cut_text_fits_is_well_formed_and_begins_as_the_whole(pieces: list[str], limit: int) -> None:
    whole = balanced(pieces)
    short = cut(whole, limit)
    assert units(seen(short)) <= limit
    assert balanced(re.findall(r"<[^>]*>|[^<]+", short)) == short
    assert seen(whole).startswith(seen(short).removesuffix("…").rstrip())


@given(st.text(max_size=60))
def test_escaped_text_survives_uncut(words: str) -> None:
    assert cut(str(Markup("<b>{}</b>").format(words)), 200) == str(Markup("<b>{}</b>").format(words))
