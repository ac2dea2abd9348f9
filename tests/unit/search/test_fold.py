"""Different spellings of one thing fold to one text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.search.fold import MAX_CHARS, MAX_WORDS, fold, runs, words

ANY_TEXT = st.text(max_size=600)
TRADE_TEXT = st.text(alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёъыэ'’ abcghklmosxyz0123456789.,/%*хх-«»", max_size=120)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Їжа й олія", "ижа и олия"),
        ("мёд", "мед"),
        ("ґатунок", "гатунок"),
        ("м'ясо", "м’ясо"),
        ("мʼясо", "мясо"),
        ("моцарелла", "моцарела"),
        ("2 кг", "2000г"),
        ("2,0кг", "2000 гр."),
        ("0,5 л", "500мл"),
        ("0.5л", "500 ml"),
        ("30 см", "300 мм"),
        ("2,6%", "2.6"),
        ("7*7", "7х7"),
        ("9x9", "9×9"),
        ("½", "1/2"),
        ("Cмeтaна", "сметана"),
        ("C0", "с0"),
        ("moloko", "молоко"),
        ("syr", "сир"),
        ("morkva", "морква"),
        ("smetana", "сметана"),
        ("kapusta", "капуста"),
        ("tsukor", "цукор"),
        ("hrechka", "гречка"),
        ("grechka", "гречка"),
        ("yashchyk", "ящик"),
        ("khek", "хек"),
        ("s/m", "с/м"),
        ("Bellafonta", "белафонта"),
        ("Caffè", "Caffe"),
    ],
)
def test_two_spellings_of_one_thing_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Молоко ультрапаст. 2,6% 1 л т/п", "молоко ултрапаст 2.6 1000мл т/п"),
        ("Креветка 16/20 с/м 1кг", "креветка 16/20 с/м 1000г"),
        ("Коробка 32х32х3,5", "коробка 32х32х3.5"),
        ("тип 00", "тип 00"),
        ("4824414605981 кг", "4824414605981 кг"),
        ("Рушники V, рукавички XL", "рушники v рукавички xl"),
        ("5 мм", "5мм"),
        ("!!! 🎉 ---", ""),
        ("", ""),
    ],
)
def test_a_name_folds_to_exactly_this(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(ANY_TEXT | TRADE_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_a_fold_is_never_longer_than_its_bound(text: str) -> None:
    assert len(fold(text)) <= MAX_CHARS


@given(TRADE_TEXT)
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower())


@given(ANY_TEXT)
def test_words_are_few_and_not_empty(text: str) -> None:
    found = words(text)
    assert len(found) <= MAX_WORDS
    assert all(found)


@given(TRADE_TEXT)
def test_pieces_of_a_text_have_the_words_of_the_text(text: str) -> None:
    assert [word for run in runs(text) for word in words(run)][:MAX_WORDS] == words(text)


def test_endings_and_cases_of_one_word_share_a_stem() -> None:
    assert {word for form in ("свіжий", "свіжа", "свіжого", "свіжими", "свежая") for word in words(form)} == {
        "свиж",
        "свеж",
    }


def test_short_words_keep_their_letters() -> None:
    assert words("рис сир мед") == ["рис", "сир", "мед"]


def test_a_long_ending_does_not_eat_a_short_word() -> None:
    assert words("салямі") != words("сало")


def test_prepositions_and_bare_units_are_no_words() -> None:
    assert words("масло для кави в ящ. і шт") == ["масл", "кав"]
