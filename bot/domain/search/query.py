"""A query turned into groups of alternatives: every group wants one of its options, an option wants all its words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from bot.domain.search.fold import is_number, words
from bot.domain.search.letters import Scheme, keys_as_cyrillic
from bot.domain.search.measures import spoken_forms
from bot.domain.search.stem import SHORTEST_STEM
from bot.domain.search.synonyms import LONGEST_TERM, Phrase, Synonyms
from bot.domain.search.vocabulary import LIKENESS_CUTOFF, Vocabulary

MAX_QUERY_WORDS = 12
MAX_FULL_SCANS = 2  # comparisons of a word with the whole vocabulary

_DEFAULT_MEANING = 1.0
_OWN_BESIDE_DEFAULT = 0.97
_SYNONYM = 0.95
_BACKWARD = 0.88
_ALTERNATION = 0.99
_SPLIT = 0.9
_ABBREVIATED = 0.88
_OTHER_FORM_OF_NUMBER = 0.75
_VOWELS = "аеиоуюя"
_FLEETING = "ое"
_GOOD_LIKENESS = 0.75
_LIKENESS_BESIDE_KNOWN = 0.8


@dataclass(frozen=True, slots=True)
class Option:
    """Words that together satisfy a group, and how surely they mean what was written, 0..1."""

    words: tuple[int, ...]
    likeness: float


@dataclass(frozen=True, slots=True)
class Group:
    """One written word with all its readings; `weight` says how much it tells articles apart."""

    options: tuple[Option, ...]
    weight: float
    number: bool


class QueryReader:
    """Reads queries against one vocabulary; an instance serves one query, because full scans are rationed."""

    def __init__(self, vocabulary: Vocabulary, synonyms: Synonyms, articles: int) -> None:
        self._vocabulary = vocabulary
        self._synonyms = synonyms
        self._articles = articles
        self._scans = MAX_FULL_SCANS

    def read(self, query: str) -> list[Group]:
        """Return a group for each written word; one without options where the word means nothing here."""
        spelled = self._mistyped(query) or readings(query)
        chosen = [self._best_reading(forms) for forms in spelled]
        phrases = self._phrases(chosen)
        return [
            self._group(word, spelled[place], phrases[place], last=place == len(chosen) - 1)
            for place, word in enumerate(chosen)
        ]

    def _mistyped(self, query: str) -> list[tuple[str, ...]]:
        """The query as typed on the other keyboard layout, where that makes words of this catalogue of all it says."""
        if not query.isascii() or query.replace(" ", "").isdigit():
            return []
        relaid = words(keys_as_cyrillic(query))[:MAX_QUERY_WORDS]
        written = [word for word in relaid if len(word) >= SHORTEST_STEM and not is_number(word)]
        if not written or not all(map(self._known, written)):
            return []
        return [(word,) for word in relaid]

    def _best_reading(self, forms: Sequence[str]) -> str:
        return next(filter(self._known, forms), forms[0])

    def _known(self, word: str) -> bool:
        return word in self._vocabulary or (word,) in self._synonyms.forward

    def _phrases(self, chosen: Sequence[str]) -> list[list[Phrase]]:
        """What other phrases stand for, at every place the phrase covers."""
        found: list[list[Phrase]] = [[] for _ in chosen]
        for start in range(len(chosen)):
            for end in range(start + 2, min(start + LONGEST_TERM, len(chosen)) + 1):
                for meaning in self._synonyms.forward.get(tuple(sorted(chosen[start:end])), ()):
                    for place in range(start, end):
                        found[place].append(meaning)
        return found

    def _group(self, word: str, forms: Sequence[str], phrases: Sequence[Phrase], *, last: bool) -> Group:
        likeness: dict[tuple[int, ...], float] = {}
        number = is_number(word)
        found = self._number(word) if number else self._word(word, forms, last)
        for phrase, score in [*found, *((phrase, _SYNONYM) for phrase in phrases)]:
            ids = self._ids(phrase)
            if ids:
                likeness[ids] = max(score, likeness.get(ids, 0.0))
        ordered = sorted(likeness.items(), key=lambda item: (-item[1], -len(item[0]), item[0]))
        options = tuple(Option(ids, score) for ids, score in ordered)
        return Group(options, self._weight(options, number), number)

    def _ids(self, phrase: Phrase) -> tuple[int, ...]:
        ids = [self._vocabulary.find(word) for word in phrase]
        known = tuple(number for number in ids if number is not None)
        return known if len(known) == len(phrase) else ()

    def _weight(self, options: Sequence[Option], number: bool) -> float:
        occurrences = sum(min(self._vocabulary.count_of(word) for word in option.words) for option in options)
        rarity = log(1 + self._articles / (1 + occurrences)) / log(2 + self._articles)
        return (0.35 + 0.35 * rarity) if number else (0.4 + 0.6 * rarity)

    def _number(self, word: str) -> list[tuple[Phrase, float]]:
        others = [((form,), _OTHER_FORM_OF_NUMBER) for form in spoken_forms(word) if "х" not in word]
        sizes = [(spoken_forms(word), _OTHER_FORM_OF_NUMBER)] if "х" in word else []
        return [((word,), 1.0), *others, *sizes]

    def _word(self, word: str, forms: Sequence[str], last: bool) -> list[tuple[Phrase, float]]:
        known = word in self._vocabulary
        found = self._meanings(word, known)
        found += [((form,), _ALTERNATION) for form in alternations(word) if form in self._vocabulary]
        found += self._beginnings(word, last)
        found += self._alike(forms, self._known(word))
        if not known:
            found += self._parts(word)
        return found

    def _meanings(self, word: str, known: bool) -> list[tuple[Phrase, float]]:
        forward = self._synonyms.forward.get((word,), ())
        wider = [phrase for phrase in forward if len(phrase) > 1]
        found: list[tuple[Phrase, float]] = [(phrase, _DEFAULT_MEANING) for phrase in wider]
        found += [(phrase, _SYNONYM) for phrase in forward if len(phrase) == 1]
        found += [(phrase, _BACKWARD) for phrase in self._synonyms.backward.get((word,), ())]
        if known:
            found.append(((word,), _OWN_BESIDE_DEFAULT if wider else 1.0))
        return found

    def _beginnings(self, word: str, last: bool) -> list[tuple[Phrase, float]]:
        found: list[tuple[Phrase, float]] = []
        if len(word) >= (2 if last else 3):
            for longer in self._vocabulary.completions(word):
                found.append(((longer,), 0.75 + 0.2 * len(word) / len(longer)))
        for end in range(2, len(word)):
            if word[:end] in self._vocabulary.abbreviations:
                found.append(((word[:end],), _ABBREVIATED))
            elif end >= 4 and word[:end] in self._vocabulary:
                found.append(((word[:end],), 0.6 + 0.3 * end / len(word)))
        return found

    def _alike(self, forms: Sequence[str], known: bool) -> list[tuple[Phrase, float]]:
        if len(forms[0]) < 3 or not forms[0].isalpha():
            return []
        cutoff = _LIKENESS_BESIDE_KNOWN if known else LIKENESS_CUTOFF
        found = [like for form in forms for like in self._vocabulary.like_near_start(form, cutoff)]
        best = max((score for _, score in found), default=0.0)
        if not known and best < _GOOD_LIKENESS and self._scans:
            self._scans -= 1
            found += self._vocabulary.like(forms[0], cutoff)
        return [((like,), score * 0.97) for like, score in found]

    def _parts(self, word: str) -> list[tuple[Phrase, float]]:
        halves = ((word[:cut], word[cut:]) for cut in range(3, len(word) - 2))
        return [(pair, _SPLIT) for pair in halves if pair[0] in self._vocabulary and pair[1] in self._vocabulary]


def alternations(word: str) -> Iterator[str]:
    """The stem with its fleeting vowel dropped or put in: цукор and цукр, огурец and огурц."""
    if len(word) < 4 or word[-1] in _VOWELS:
        return
    if word[-2] in _FLEETING:
        yield word[:-2] + word[-1]
    elif word[-2] not in _VOWELS:
        yield from (word[:-1] + vowel + word[-1] for vowel in _FLEETING)


def readings(query: str) -> list[tuple[str, ...]]:
    """Each written word in all its readings, the official one first; one reading where it has no Latin letters."""
    spelled = words(query)[:MAX_QUERY_WORDS]
    if not any("a" <= letter <= "z" for letter in query.casefold()):
        return [(word,) for word in spelled]
    others = [words(query, scheme) for scheme in (Scheme.EVERYDAY, Scheme.FOREIGN)]
    same_count = [other[:MAX_QUERY_WORDS] for other in others if len(other[:MAX_QUERY_WORDS]) == len(spelled)]
    return [tuple(dict.fromkeys(forms)) for forms in zip(spelled, *same_count, strict=True)]
