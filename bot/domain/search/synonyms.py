"""The trade's other words for the same goods: a table of data, read into lookups by stems."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO

from bot.domain.search.fold import words

Phrase = tuple[str, ...]
MAX_ROWS = 20_000
LONGEST_TERM = 4  # words


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Phrases that stand for other phrases, in stems; `backward` leads from the canonical phrase to its terms.

    Keys are sorted, because "лук синий" and "синий лук" are one thing: look up with `key`.
    """

    forward: dict[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)
    backward: dict[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> "Synonyms":
        """Read CSV `term,canonical,lang` with a heading; rows that say nothing new after folding are left out.

        Raises ValueError where the heading lacks a column or there are more than MAX_ROWS rows.
        """
        forward: dict[Phrase, list[Phrase]] = {}
        backward: dict[Phrase, list[Phrase]] = {}
        for term, canonical in _rows(text):
            _add(forward, term, canonical)
            if not set(term) & set(canonical):
                _add(backward, canonical, term)
        return cls({k: tuple(v) for k, v in forward.items()}, {k: tuple(v) for k, v in backward.items()})


def _rows(text: str) -> Iterator[tuple[Phrase, Phrase]]:
    reader = csv.DictReader(StringIO(text.removeprefix("\ufeff")))
    if missing := {"term", "canonical"} - set(reader.fieldnames or ()):
        raise ValueError(f"the synonym table lacks a column: {', '.join(sorted(missing))}")
    for number, row in enumerate(reader, 1):
        if number > MAX_ROWS:
            raise ValueError(f"the synonym table has more than {MAX_ROWS} rows")
        term, canonical = tuple(words(row["term"] or "")), tuple(words(row["canonical"] or ""))
        says_something = canonical and not set(canonical) <= set(term)
        if says_something and 0 < len(term) <= LONGEST_TERM:
            yield term, canonical


def _add(table: dict[Phrase, list[Phrase]], key: Phrase, value: Phrase) -> None:
    values = table.setdefault(tuple(sorted(key)), [])
    if value not in values:
        values.append(value)
