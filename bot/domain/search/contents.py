"""What the articles' texts hold: distinct words, where they stand, which are abbreviations, how they are written."""

import re
from array import array
from collections.abc import Iterable, Sequence

from bot.domain.search.fold import MAX_WORDS, runs, words
from bot.domain.search.measures import spoken_forms

_REMEMBERED_RUNS = 200_000
_WRITTEN = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_ABBREVIATED = re.compile(r"([^\W\d_]{2,5})\.")


class Words:
    """The distinct words of every article and the place of each in its text, packed."""

    def __init__(self) -> None:
        self._starts = array("I", [0])
        self._words = array("I")
        self._places = array("B")
        self._lengths = array("B")

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, places: dict[int, int], length: int) -> None:
        """Append the next article: place of each word id, below MAX_WORDS, and the number of words of its name."""
        self._words.extend(places.keys())
        self._places.extend(places.values())
        self._starts.append(len(self._words))
        self._lengths.append(max(length, 1))

    def length(self, article: int) -> int:
        """Return the number of words of the article's name, at least 1."""
        return self._lengths[article]

    def words(self, article: int) -> "array[int]":
        """Return the distinct word ids of the article."""
        return self._words[self._starts[article] : self._starts[article + 1]]

    def places(self, article: int) -> dict[int, int]:
        """Return the place of each word id of the article, 0 for the first word of a text."""
        start, end = self._starts[article], self._starts[article + 1]
        return dict(zip(self._words[start:end], self._places[start:end], strict=True))

    def arranged(self, order: Iterable[int]) -> "Words":
        """Return the same articles in another order."""
        arranged = Words()
        for article in order:
            start, end = self._starts[article], self._starts[article + 1]
            arranged._words.extend(self._words[start:end])
            arranged._places.extend(self._places[start:end])
            arranged._starts.append(len(arranged._words))
            arranged._lengths.append(self._lengths[article])
        return arranged

    def postings(self, vocabulary: int) -> list["array[int]"]:
        """Return the ascending article numbers of every word id below `vocabulary`."""
        lists = [array("I") for _ in range(vocabulary)]
        for article in range(len(self)):
            for word in self.words(article):
                lists[word].append(article)
        return lists


class Contents:
    """Collects the words of articles, read one after another."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._runs: dict[str, list[tuple[int, ...]]] = {}  # every word of a run with its spoken forms
        self.abbreviations: set[str] = set()
        self.surfaces: dict[str, str] = {}
        self.words = Words()

    def vocabulary(self) -> list[str]:
        """Return the distinct words; a word's id is its place."""
        return list(self._ids)

    def read(self, texts: Sequence[str]) -> None:
        """Append an article with these texts, its name first."""
        places: dict[int, int] = {}
        length = 0
        for text in texts:
            count = self._read(text, places)
            length = length or count
        self.words.add(places, length)

    def _read(self, text: str, places: dict[int, int]) -> int:
        place = 0
        for run in runs(text):
            known = self._runs.get(run)
            for forms in self._run(run) if known is None else known:
                for word in forms:
                    places.setdefault(word, place)
                place = min(place + 1, MAX_WORDS - 1)
        return place

    def _run(self, run: str) -> list[tuple[int, ...]]:
        spelled = words(run)
        self._note_surfaces(run)
        self._note_abbreviations(run)
        found = [(self._id(word), *map(self._id, spoken_forms(word))) for word in spelled]
        if len(self._runs) < _REMEMBERED_RUNS:
            self._runs[run] = found
        return found

    def _id(self, word: str) -> int:
        return self._ids.setdefault(word, len(self._ids))

    def _note_surfaces(self, run: str) -> None:
        for written in _WRITTEN.findall(run):
            spelled = words(written)
            if len(spelled) == 1:
                self.surfaces.setdefault(spelled[0], written.lower())

    def _note_abbreviations(self, run: str) -> None:
        for cut in _ABBREVIATED.findall(run):
            self.abbreviations.update(words(cut))
