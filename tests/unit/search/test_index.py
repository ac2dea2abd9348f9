"""What a searcher may type and still find the article."""

from uuid import UUID

import pytest

from bot.domain.search import Entry, Hit, Index, Synonyms
from bot.domain.search.index import MAX_CANDIDATES

NOTHING = Synonyms()


def build(*entries: Entry) -> Index:
    return Index.build(entries, NOTHING)


def first(index: Index, query: str) -> object:
    return index.search(query)[0].id


@pytest.mark.parametrize(
    ("query", "sku"),
    [
        ("Сир Маасдам круг", "18493"),
        ("маасдам сир", "18493"),
        ("сыр маасдам", "18493"),
        ("syr maasdam", "18493"),
        ("CЫP MAACДAM", "18493"),
        ("массдам", "18493"),
        ("маасд", "18493"),
        ("cbh vffclfv", "18493"),
        ("унагі 1,6", "63514"),
        ("соус 1600мл sakumiro", "63514"),
        ("сакуміро соус 1.6л", "63514"),
        ("салатник 0,5 л", "85569"),
        ("фри 9х9 фритвельде", "50750"),
        ("фрі 9*9 fritvelde", "50750"),
        ("цукру мішок 50", "65850"),
    ],
)
def test_the_article_comes_first_for(query: str, sku: str, index: Index) -> None:
    assert first(index, query) == sku


def test_the_order_of_words_does_not_matter(index: Index) -> None:
    straight, turned = index.search("моцарела терта полонина"), index.search("полонина терта моцарела")
    assert straight[0].id == turned[0].id == "15371"
    assert {hit.id for hit in straight} == {hit.id for hit in turned}


def test_the_last_word_may_be_unfinished(index: Index, entries: list[Entry]) -> None:
    names = {entry.id: entry.texts[0].lower() for entry in entries}
    assert all("моцарела" in names[str(hit.id)] for hit in index.search("моцар")[:10])


def test_a_written_number_prefers_the_article_that_has_it(index: Index) -> None:
    assert next(hit.id for hit in index.search("спагеті 5 кг")) == "62133"
    assert next(hit.id for hit in index.search("спагеті girondello 500 г")) == "61504"


def test_a_number_nothing_has_does_not_veto(index: Index) -> None:
    assert first(index, "маасдам 777") == "18493"


def test_a_whole_article_number_comes_first_and_is_exact(index: Index) -> None:
    assert index.search("18493")[0] == Hit("18493", 1.0, exact=True)


def test_an_article_number_among_words_is_exact(index: Index) -> None:
    assert index.search("18493 сир")[0] == Hit("18493", 1.0, exact=True)


def test_a_barcode_is_exact() -> None:
    index = build(Entry(1, "10", ("Молоко",), ("4820000000017", "4820000000024")), Entry(2, "11", ("Сир",)))
    assert index.search("482 0000 000024") == [Hit(1, 1.0, exact=True)]


def test_leading_zeros_of_a_number_may_be_left_out() -> None:
    index = build(Entry(1, "00-00012345", ("Молоко",)), Entry(2, "00-00012399", ("Сир",)))
    assert index.search("12345") == [Hit(1, 1.0, exact=True)]


def test_three_digits_begin_an_article_number() -> None:
    index = build(Entry(1, "12345", ("Молоко",)), Entry(2, "12399", ("Сир",)), Entry(3, "99123", ("Масло",)))
    assert [(hit.id, hit.exact) for hit in index.search("123")] == [(1, False), (2, False)]
    assert index.search("12") == []


def test_two_articles_of_one_number_are_both_exact() -> None:
    index = build(Entry(1, "7777", ("Молоко",)), Entry(2, "7777", ("Сир",)))
    assert [(hit.id, hit.exact) for hit in index.search("7777")] == [(1, True), (2, True)]


def test_an_article_that_begins_with_the_word_comes_before_one_that_mentions_it() -> None:
    index = build(Entry(1, "1", ("Сік лимон",)), Entry(2, "2", ("Лимон свіжий ваговий",)))
    assert [hit.id for hit in index.search("лимон")] == [2, 1]


def test_an_exact_word_comes_before_a_longer_one() -> None:
    index = build(Entry(1, "1", ("Салямі",)), Entry(2, "2", ("Сало хребтове на шкірі",)))
    assert first(index, "сало") == 2


def test_words_written_together_find_words_written_apart() -> None:
    index = build(Entry(1, "1", ("Крем-сир 2 кг",)), Entry(2, "2", ("Крем для рук",)))
    assert first(index, "кремсир") == 1


def test_an_abbreviation_in_the_name_answers_the_whole_word() -> None:
    index = build(Entry(1, "1", ("Вишня зам. 1 кг",)), Entry(2, "2", ("Вишня свіжа",)))
    assert first(index, "вишня заморожена") == 1


def test_a_fleeting_vowel_does_not_hide_the_word() -> None:
    index = build(Entry(1, "1", ("Цукор білий",)), Entry(2, "2", ("Йогурт без цукру",)))
    assert [hit.id for hit in index.search("цукру")] == [1, 2]


def test_what_fits_less_is_found_when_one_word_fits_nothing() -> None:
    index = build(Entry(1, "1", ("Гауда брус",)), Entry(2, "2", ("Кефір",)))
    assert [hit.id for hit in index.search("гауда жжжжжжж")] == [1]


def test_only_allowed_articles_are_found(index: Index) -> None:
    allowed = {"18493", "62133"}
    assert [hit.id for hit in index.search("сир", allowed=allowed)] == ["18493"]
    assert index.search("сир", allowed=frozenset()) == []
    assert index.search("18326", allowed=allowed) == []


def test_a_wide_assortment_is_kept_to_as_well(index: Index, entries: list[Entry]) -> None:
    allowed = [str(entry.id) for entry in entries if entry.sku[0] != "4"]
    assert first(index, "лимон") == "46244"
    found = [hit.id for hit in index.search("лимон", allowed=set(allowed))]
    assert found[0] == "73378"
    assert "46244" not in found
    assert found == [hit.id for hit in index.search("лимон", allowed=Listed(allowed))]


class Listed:
    """A container that can only answer whether it holds something."""

    def __init__(self, held: list[str]) -> None:
        self._held = frozenset(held)

    def __contains__(self, key: object) -> bool:
        return key in self._held


def test_the_limit_is_kept(index: Index) -> None:
    assert len(index.search("сир", limit=5)) == 5
    assert index.search("сир", limit=0) == []
    assert len(index.search("сир", limit=1000)) <= MAX_CANDIDATES


def test_the_same_question_has_the_same_answer(entries: list[Entry], synonyms: Synonyms, index: Index) -> None:
    again = Index.build(reversed(entries), synonyms)
    assert [hit.id for hit in again.search("соус 1 л")] == [hit.id for hit in index.search("соус 1 л")]


def test_scores_fall_and_stay_between_nought_and_one(index: Index) -> None:
    scores = [hit.score for hit in index.search("сир гауда брус")]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0
    assert scores[0] <= 1


def test_ids_may_be_uuids() -> None:
    key = UUID("00000000-0000-4000-8000-000000000001")
    assert build(Entry(key, "1", ("Молоко",))).search("молоко")[0].id == key


def test_an_empty_catalogue_finds_nothing() -> None:
    index = build()
    assert len(index) == 0
    assert index.search("молоко 1 л") == []
    assert index.search("12345") == []
    assert index.suggest("молоко") == []


def test_an_article_without_words_is_found_by_its_number() -> None:
    assert build(Entry(1, "55555", ("", "!!!"))).search("55555") == [Hit(1, 1.0, exact=True)]


def test_a_query_that_found_nothing_gets_a_suggestion() -> None:
    index = build(Entry(1, "1", ("Пармезан Bellafonta",)), Entry(2, "2", ("Кефір",)))
    assert index.search("пірмозит") == []
    assert index.suggest("пірмозит") == ["пармезан"]


def test_suggestions_are_words_as_people_write_them(index: Index) -> None:
    assert index.suggest("моцралла", n=1) == ["моцарела"]
    assert len(index.suggest("сик", n=2)) <= 2
    assert index.suggest("моцарела") == []
