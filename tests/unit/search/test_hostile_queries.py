"""Nothing a person can paste makes the search fail or run away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.search import Entry, Index, Synonyms
from bot.domain.search.query import MAX_QUERY_WORDS, QueryReader
from bot.domain.search.vocabulary import Vocabulary

SMALL = Index.build(
    [Entry(1, "10001", ("Молоко 2,6% 1 л", "Milk")), Entry(2, "10002", ("Сир Гауда 4 кг",))],
    Synonyms.parse("term,canonical,lang\nголандський,гауда,uk\n"),
)


@pytest.mark.parametrize(
    "query",
    [
        "",
        " \n\t ",
        "!!! ??? ... ,,, ///",
        "🎉🎉🎉🍕🍕🍕" * 500,
        "для на в і та шт кг ящ",
        "\u0301" * 1000,
        "\x00\x01",
        "%%%___'; --",
        "ъьъьъь'''",
        "漢字かな",
        "щ" * 10_000,
    ],
)
def test_what_says_nothing_finds_nothing(query: str, index: Index) -> None:
    assert index.search(query) == []
    assert index.suggest(query) == []


def test_only_the_beginning_of_a_long_text_is_read(index: Index) -> None:
    assert index.search("маасдам круг" + " " * 10_000 + "борошно")[0].id == "18493"


def test_no_more_words_are_read_than_the_bound() -> None:
    reader = QueryReader(Vocabulary(["молок"], [1], ()), Synonyms(), 1)
    assert len(reader.read("молоко " * 500)) == MAX_QUERY_WORDS


def test_digits_without_end_find_nothing(index: Index) -> None:
    assert index.search("9" * 10_000) == []


@given(st.text(max_size=300))
def test_any_text_is_answered(query: str) -> None:
    assert all(0 < hit.score <= 1 for hit in SMALL.search(query))
    assert len(SMALL.suggest(query, n=2)) <= 2


@given(st.lists(st.text(max_size=60), max_size=6), st.text(max_size=60))
def test_any_catalogue_can_be_built_and_searched(names: list[str], query: str) -> None:
    index = Index.build([Entry(n, name, (name,), (name,)) for n, name in enumerate(names)], Synonyms())
    assert {hit.id for hit in index.search(query)} <= set(range(len(names)))
