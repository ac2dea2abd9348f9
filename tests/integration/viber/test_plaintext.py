"""Markup as the plain text of Viber."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from integrations.viber.plaintext import cleaned, plain_text, shortened, units, without_bytes


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<b>Разом</b>: <i>120</i> <s>150</s> <code>A-1</code>", "Разом: 120 150 A-1"),
        ("Кава &lt;b&gt; &amp; чай &#34;Карпати&#34;", 'Кава <b> & чай "Карпати"'),
        ('Див. <a href="https://k.example/x?a=1&amp;b=2">рахунок</a>.', "Див. рахунок: https://k.example/x?a=1&b=2."),
        ('<a href="https://k.example">https://k.example</a>', "https://k.example"),
        ('<a href="https://k.example"></a>', "https://k.example"),
        ('<a href="https://k.example"><b>жирний</b> підпис</a>', "жирний підпис: https://k.example"),
        ("рядок\nдругий\tстовпчик", "рядок\nдругий\tстовпчик"),
        ("a\x00b\x07c\x9fd\u202ee\r\nf\rg", "abcde\nf\ng"),
        ("Сир *Комо* _45%_ ~100~ арт. A_1*2", "Сир *Комо* _45%_ ~100~ арт. A_1*2"),
        ("5 &lt; 7 &amp;", "5 < 7 &"),
    ],
)
def test_markup_becomes_plain_words(markup: str, text: str) -> None:
    assert plain_text(Markup(markup)) == text  # noqa: S704 the markup of this test


@settings(deadline=None)
@given(st.text())
def test_what_a_person_is_called_comes_out_as_it_went_in(name: str) -> None:
    assert plain_text(Markup("<b>{}</b>").format(name)) == cleaned(name)


def test_units_are_those_of_utf_16() -> None:
    assert (units("Привіт"), units("🙂🙂")) == (6, 4)


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("рівно", 5, "рівно"),
        ("задовге", 5, "задо…"),
        ("борошно вищого ґатунку", 18, "борошно вищого…"),
        ("🙂🙂🙂", 5, "🙂🙂…"),
        ("🙂🙂🙂", 4, "🙂…"),
        ("родина 👩‍👩", 11, "родина 👩…"),
    ],
)
def test_a_long_text_ends_with_an_ellipsis_at_a_whole_character(text: str, limit: int, short: str) -> None:
    assert shortened(text, limit) == short


@settings(deadline=None)
@given(st.text(), st.integers(1, 50))
def test_a_shortened_text_is_never_longer_than_its_limit(text: str, limit: int) -> None:
    assert units(shortened(text, limit)) <= limit


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=30), st.integers(1, 20))
def test_bytes_taken_off_are_taken_off(text: str, excess: int) -> None:
    assert len(without_bytes(text, excess).encode()) <= len(text.encode()) - excess
