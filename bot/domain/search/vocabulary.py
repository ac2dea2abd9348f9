"""The distinct words of a catalogue: exact, by their beginning, and by likeness."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from heapq import nlargest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.search.fold import is_number

LIKENESS_CUTOFF = 0.62
MAX_LIKE = 6
MAX_COMPLETIONS = 8
_LONGEST_RANGE = 2000  # completions looked at before the most frequent are taken
_END = "\U0010ffff"


class _ByLength:
    """Words in order of length, so that only those of a possible length are compared."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(words, key=len)
        self._lengths = [len(word) for word in self._words]

    def like(self, word: str, cutoff: float, limit: int) -> list[tuple[str, float]]:
        shortest, longest = int(len(word) * cutoff), int(len(word) / cutoff) + 1
        start, end = bisect_left(self._lengths, shortest), bisect_left(self._lengths, longest + 1)
        found = process.extract(
            word, self._words[start:end], scorer=OSA.normalized_similarity, score_cutoff=cutoff, limit=limit
        )
        return [(like, score) for like, score, _ in found]


class Vocabulary:
    """Words by id, in the order given; `counts` says in how many articles each occurs."""

    def __init__(self, words: Sequence[str], counts: Sequence[int], abbreviations: Iterable[str]) -> None:
        self._ids = {word: number for number, word in enumerate(words)}
        self._counts = counts
        self.abbreviations = frozenset(abbreviations)
        self._sorted = sorted(word for word in words if not is_number(word))
        self._all = _ByLength(self._sorted)
        by_letter: dict[str, list[str]] = {}
        for word in self._sorted:
            by_letter.setdefault(word[0], []).append(word)
        self._by_letter = {letter: _ByLength(group) for letter, group in by_letter.items()}

    def __contains__(self, word: str) -> bool:
        return word in self._ids

    def find(self, word: str) -> int | None:
        """Return the id of exactly this word."""
        return self._ids.get(word)

    def count(self, word: str) -> int:
        """Return in how many articles the word occurs; 0 for an unknown one."""
        number = self._ids.get(word)
        return 0 if number is None else self._counts[number]

    def count_of(self, number: int) -> int:
        """Return in how many articles the word of this id occurs."""
        return self._counts[number]

    def completions(self, start: str) -> list[str]:
        """Return the most frequent longer words with this beginning."""
        low, high = bisect_left(self._sorted, start), bisect_left(self._sorted, start + _END)
        longer = (word for word in self._sorted[low : min(high, low + _LONGEST_RANGE)] if word != start)
        return nlargest(MAX_COMPLETIONS, longer, key=self.count)

    def like_near_start(self, word: str, cutoff: float = LIKENESS_CUTOFF) -> list[tuple[str, float]]:
        """Return words with the same first letter, or the second where the two changed places; the cheap search."""
        buckets = (self._by_letter.get(letter) for letter in dict.fromkeys(word[:2]))
        return [like for bucket in buckets if bucket for like in bucket.like(word, cutoff, MAX_LIKE)]

    def like(self, word: str, cutoff: float = LIKENESS_CUTOFF, limit: int = MAX_LIKE) -> list[tuple[str, float]]:
        """Return the likest words of all and their likeness 0..1, best first; costs about 0.1 us a word."""
        return self._all.like(word, cutoff, limit)
