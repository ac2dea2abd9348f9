"""An order as people write it: lines, words, amounts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.order_text import LINES, LONGEST, WrittenLine, read_order


@pytest.mark.parametrize(
    ("written", "words", "amount"),
    [
        ("молоко 10", "молоко", "10"),
        ("Молоко 2,5% 10 шт", "Молоко 2,5%", "10 шт"),
        ("Молоко 2,5% - 10шт.", "Молоко 2,5%", "10 шт"),
        ("вершки 1.5 кг", "вершки", "1.5 кг"),
        ("вершки 1,5кг", "вершки", "1,5 кг"),
        ("• борошно: 25", "борошно", "25"),
        ("1) борошно 25 кг", "борошно", "25 кг"),
        ("2. сир гауда 3 ящики", "сир гауда", "3 ящики"),
        ("10661 Молоко 12", "10661 Молоко", "12"),
        ("10661\tМолоко\t12\tшт", "10661 Молоко", "12 шт"),
        ("молоко х 12", "молоко", "12"),
        ("молоко x12", "молоко", "12"),
        ("2 ящ молока", "молока", "2 ящ"),
        ("5 кг сиру", "сиру", "5 кг"),
        ("молоко 2,5%", "молоко 2,5%", ""),
        ("молоко", "молоко", ""),
    ],
)
def test_a_line_is_words_and_an_amount(written: str, words: str, amount: str) -> None:
    (line,) = read_order(written)
    assert (line.words, line.amount) == (words, amount)


def test_lines_and_semicolons_part_articles_and_commas_do_where_each_has_its_amount() -> None:
    assert [line.words for line in read_order("молоко 10\n\nкефір 5; сир 2")] == ["молоко", "кефір", "сир"]
    assert [line.words for line in read_order("молоко 10 шт, кефір 5")] == ["молоко", "кефір"]
    assert [line.words for line in read_order("сир, твердий 2")] == ["сир, твердий"]


@pytest.mark.parametrize(
    ("words", "sku"), [("10661", "10661"), ("10661 Молоко", "10661"), ("арт. 10661", "10661"), ("молоко", "")]
)
def test_a_number_in_front_may_be_the_articles(words: str, sku: str) -> None:
    assert WrittenLine(words, words).sku == sku


@given(st.text(max_size=400))
def test_whatever_is_written_is_read_within_bounds(text: str) -> None:
    read = read_order(text)
    assert len(read) <= LINES
    assert all(line.words and len(line.text) <= LONGEST for line in read)


def test_too_many_lines_are_cut() -> None:
    assert len(read_order("молоко 1\n" * (LINES + 5))) == LINES
