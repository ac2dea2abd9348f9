"""The glossary holds only words the code uses."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "keyboards", "integrations")
_WORD = re.compile(r"`(\w+)`")


def code_words() -> list[str]:
    """The words in the first column of every table, in order."""
    rows = (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    return [word for row in rows if row.startswith("| `") for word in _WORD.findall(row.split("|")[1])]


def used() -> set[str]:
    sources = [path.read_text("utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return set(re.findall(r"\w+", "\n".join(sources)))


def test_every_word_occurs_in_the_code() -> None:
    assert sorted(set(code_words()) - used()) == []


def test_one_word_is_explained_once() -> None:
    words = code_words()
    assert sorted(word for word in set(words) if words.count(word) > 1) == []


def test_the_tables_are_read() -> None:
    words = code_words()
    assert [word in words for word in ("Client", "PointView", "multiple", "Turn", "inbox", "payment_days")] == [
        True
    ] * 6
