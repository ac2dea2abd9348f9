"""Every text has its translation, and the translation can stand where the text stood."""

import re
import shutil
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message

from tests.locales.catalogues import (
    LANGUAGES,
    ROOT,
    SOURCES,
    extracted,
    first_form,
    forms,
    messages,
    path_of,
    read,
    updated,
)
from tests.locales.fresh import problems

NOT_TO_BE_TRANSLATED = ("EMAIL@ADDRESS", "FULL NAME", "YEAR-MO-DA", "POT-Creation-Date", "PO-Revision-Date")


def placeholders(text: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def tags(text: str) -> Counter[str]:
    return Counter(re.findall(r"<[^>]*>", text))


def sources(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The texts and the translations, free to be spoilt."""
    for source in (*SOURCES, "locales"):
        origin, target = ROOT / source, tmp_path / source
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if origin.is_dir() else shutil.copy)(origin, target)
    return tmp_path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_no_translation_is_left_over(language: str) -> None:
    assert [first_form(message.id) for message in messages(language)] == [first_form(msgid) for msgid in extracted()]
    assert [message.id for message in messages(language) if not all(forms(message))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess(language: str) -> None:
    assert [message.id for message in messages(language) if message.fuzzy] == []
    assert "fuzzy" not in path_of(language).read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_holds_the_same_values_as_the_text(language: str) -> None:
    wrong = [
        form
        for message in messages(language)
        for form in forms(message)
        if placeholders(form) != placeholders(sources(message)[0])
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_holds_the_same_tags_as_the_text(language: str) -> None:
    wrong = [
        form for message in messages(language) for form in forms(message) if tags(form) != tags(sources(message)[0])
    ]
    assert wrong == []


def test_both_forms_of_an_english_plural_hold_the_same() -> None:
    plurals = [msgid for msgid in extracted() if not isinstance(msgid, str)]
    assert [one for one, many in plurals if placeholders(one) != placeholders(many) or tags(one) != tags(many)] == []
    assert [one for one, _ in plurals if "n" not in placeholders(one)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_five_tags_are_used(language: str) -> None:
    used = {tag for message in messages(language) for form in forms(message) for tag in tags(form)}
    assert used <= {"<b>", "</b>", "<i>", "</i>", "<s>", "</s>", "<code>", "</code>"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_counted_thing_has_three_forms(language: str) -> None:
    catalogue = read(language)
    counted = [message for message in messages(language) if not isinstance(message.id, str)]
    assert catalogue.num_plurals == 3
    assert {len(forms(message)) for message in counted} == {3}


@pytest.mark.parametrize("language", LANGUAGES)
def test_spaces_at_the_edges_are_kept(language: str) -> None:
    wrong = [
        form
        for message in messages(language)
        for form in forms(message)
        if (form[:1].isspace(), form[-1:].isspace())
        != (sources(message)[0][:1].isspace(), sources(message)[0][-1:].isspace())
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_header_names_no_date_and_no_tool(language: str) -> None:
    head = path_of(language).read_text("utf-8").split("\n\n")[0]
    assert [word for word in (*NOT_TO_BE_TRANSLATED, "Babel", "LL@") if word in head] == []


def test_the_files_are_fresh() -> None:
    assert problems() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_update_of_fresh_files_changes_nothing(language: str) -> None:
    assert updated(language) == path_of(language).read_bytes()


def test_a_new_text_is_missed(copy: Path) -> None:
    with (copy / "handlers" / "cart.py").open("a", encoding="utf-8") as source:
        source.write('\n\nNEW = marked("A text of tomorrow")\nMORE = tr.plural("{n} moon", "{n} moons", 2)\n')
    assert problems(copy) == [
        "uk: missing: A text of tomorrow",
        "uk: missing: {n} moon",
        "ru: missing: A text of tomorrow",
        "ru: missing: {n} moon",
    ]


def test_a_text_that_is_gone_is_called_stale(copy: Path) -> None:
    source = copy / "keyboards" / "orders.py"
    source.write_text(source.read_text("utf-8").replace('"Yes, cancel it"', '"Yes, do"'), "utf-8")
    assert problems(copy) == [
        "uk: missing: Yes, do",
        "uk: stale: Yes, cancel it",
        "ru: missing: Yes, do",
        "ru: stale: Yes, cancel it",
    ]


def test_an_empty_and_a_guessed_translation_are_told(copy: Path) -> None:
    path = path_of("uk", copy)
    words = path.read_text("utf-8")
    words = words.replace('msgstr "Так, скасувати"', 'msgstr ""').replace(
        'msgid "Yes, empty it"', '#, fuzzy\nmsgid "Yes, empty it"'
    )
    path.write_text(words, "utf-8")
    assert problems(copy) == ["uk: not translated: Yes, cancel it", "uk: not translated: Yes, empty it"]


def test_an_update_drops_what_is_gone_and_keeps_what_is_known(copy: Path) -> None:
    source = copy / "keyboards" / "orders.py"
    source.write_text(source.read_text("utf-8").replace('"Yes, cancel it"', '"Yes, do"'), "utf-8")
    written = updated("uk", copy).decode()
    assert 'msgid "Yes, do"\nmsgstr ""\n' in written
    assert "Yes, cancel it" not in written
    assert "#~" not in written
    assert 'msgid "No, keep the order"\nmsgstr "Ні, лишити замовлення"\n' in written
