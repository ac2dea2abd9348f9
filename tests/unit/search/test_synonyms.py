"""The synonym table is data: read tolerantly, refused when it is not a table."""

import pytest

from bot.domain.search import Entry, Index, Synonyms
from bot.domain.search.synonyms import MAX_ROWS


def index_of(*names: str, synonyms: str = "term,canonical,lang\n") -> Index:
    return Index.build([Entry(name, f"{n:05d}", (name,)) for n, name in enumerate(names)], Synonyms.parse(synonyms))


def found(index: Index, query: str) -> list[object]:
    return [hit.id for hit in index.search(query)]


def test_a_term_finds_the_canonical_article() -> None:
    index = index_of("Цибуля ріпчаста", "Буряк", synonyms="term,canonical,lang\nлук,цибуля,ru\n")
    assert found(index, "лук") == ["Цибуля ріпчаста"]


def test_the_canonical_word_finds_an_article_named_by_the_term() -> None:
    index = index_of("Лук репчатый", "Свекла", synonyms="term,canonical,lang\nлук,цибуля,ru\n")
    assert found(index, "цибуля") == ["Лук репчатый"]


def test_a_phrase_is_known_in_any_order() -> None:
    table = "term,canonical,lang\nсиня цибуля,цибуля червона,uk\n"
    index = index_of("Цибуля червона", "Цибуля біла", synonyms=table)
    assert found(index, "синя цибуля")[0] == found(index, "цибуля синя")[0] == "Цибуля червона"


def test_a_bare_word_means_first_what_the_table_says_it_means() -> None:
    table = "term,canonical,lang\nкапуста,капуста білокачанна,uk\n"
    index = index_of("Капуста цвітна", "Капуста білокачанна свіжа вагова", synonyms=table)
    assert found(index, "капуста")[0] == "Капуста білокачанна свіжа вагова"


def test_a_bare_word_with_its_own_kind_keeps_it() -> None:
    table = "term,canonical,lang\nкапуста,капуста білокачанна,uk\n"
    index = index_of("Капуста цвітна", "Капуста білокачанна", synonyms=table)
    assert found(index, "капуста цвітна")[0] == "Капуста цвітна"


def test_a_row_that_says_nothing_after_folding_is_left_out() -> None:
    assert Synonyms.parse("term,canonical,lang\nмоцарелла терта,моцарела,uk\n,сир,uk\nсир,,uk\n") == Synonyms()


def test_a_table_with_a_byte_order_mark_is_read() -> None:
    assert Synonyms.parse("\ufeffterm,canonical,lang\nлук,цибуля,ru\n").forward == {("лук",): (("цибул",),)}


def test_a_table_without_its_heading_is_refused() -> None:
    with pytest.raises(ValueError, match="canonical, term"):
        Synonyms.parse("лук,цибуля,ru\n")


def test_a_row_cut_short_is_left_out() -> None:
    assert Synonyms.parse("term,canonical,lang\nлук\n") == Synonyms()


def test_a_table_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match=str(MAX_ROWS)):
        Synonyms.parse("term,canonical,lang\n" + "лук,цибуля,ru\n" * (MAX_ROWS + 1))


def test_the_table_of_the_house_reads_in_full(synonyms: Synonyms) -> None:
    assert synonyms.forward[("творог",)][0] == ("сир", "кисломолочн")
