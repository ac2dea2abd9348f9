"""The catalogue's search index: built whole, never changed, replaced when the catalogue changes."""

from array import array
from collections.abc import Collection, Container, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.search.candidates import tiers
from bot.domain.search.codes import Codes
from bot.domain.search.contents import Contents
from bot.domain.search.fold import MAX_CHARS, is_number, words
from bot.domain.search.postings import Postings, members
from bot.domain.search.query import Group, QueryReader
from bot.domain.search.ranking import score
from bot.domain.search.synonyms import Synonyms
from bot.domain.search.vocabulary import Vocabulary

MAX_CANDIDATES = 60
LOWEST_SCORE = 0.3
LOWEST_SHARE = 0.5  # of the best hit's score; what is worse is noise beside it
SUGGESTION_CUTOFF = 0.5
MAX_SUGGESTED_FOR = 4  # words
_SHORT_ASSORTMENT = 16  # times shorter than the catalogue
_EXACT, _SKU_START, _BEST_BY_WORDS = 1.0, 0.99, 0.98


@dataclass(frozen=True, slots=True)
class Entry:
    """One article to be found: `texts` are its names (the chief one first) and brand."""

    id: Hashable
    sku: str
    texts: tuple[str, ...]
    barcodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A found article: `score` 0..1, `exact` where its number or barcode was written in full."""

    id: Hashable
    score: float
    exact: bool


class Index:
    """Finds articles by words, numbers and codes; safe to share between threads, because nothing in it changes."""

    def __init__(self, contents: Contents, entries: Sequence[Entry], synonyms: Synonyms) -> None:
        order = sorted(range(len(entries)), key=lambda at: (contents.words.length(at), entries[at].sku))
        ordered = [entries[at] for at in order]  # short names first: they say it plainest
        self._ids = [entry.id for entry in ordered]
        self._articles = {key: article for article, key in enumerate(self._ids)}
        self._codes = Codes(
            [(entry.sku, article) for article, entry in enumerate(ordered)],
            [(code, article) for article, entry in enumerate(ordered) for code in entry.barcodes],
        )
        self._synonyms = synonyms
        self._surfaces = contents.surfaces
        self._words = contents.words.arranged(order)
        spelled = contents.vocabulary()
        lists = self._words.postings(len(spelled))
        self._vocabulary = Vocabulary(spelled, array("I", map(len, lists)), contents.abbreviations)
        self._postings = Postings(lists, len(ordered))

    @classmethod
    def build(cls, entries: Iterable[Entry], synonyms: Synonyms) -> "Index":
        """Read all entries into an index; pure CPU, some 30 us an entry, so run it in a thread."""
        contents = Contents()
        known: list[Entry] = []
        for entry in entries:
            contents.read(entry.texts)
            known.append(entry)
        return cls(contents, known, synonyms)

    def __len__(self) -> int:
        return len(self._ids)

    def search(
        self, query: str, *, limit: int = MAX_CANDIDATES, allowed: Container[Hashable] | None = None
    ) -> list[Hit]:
        """Return at most `limit` hits, best first and always in the same order; MAX_CANDIDATES at most by words.

        `allowed` limits the articles looked at, not the list afterwards, so a small assortment is searched in full.
        """
        query = query[:MAX_CHARS]
        hits = self._by_code(query, allowed)
        for hit in self._by_words(query, allowed):
            hits.setdefault(hit.id, hit)
        return list(hits.values())[: max(limit, 0)]

    def suggest(self, query: str, n: int = 3) -> list[str]:
        """Return at most n words of the catalogue that the unknown words of the query may have meant, likest first."""
        found: dict[str, float] = {}
        for word in words(query)[:MAX_SUGGESTED_FOR]:
            if word in self._vocabulary or is_number(word):
                continue
            for like, likeness in self._vocabulary.like(word, SUGGESTION_CUTOFF):
                found[like] = max(likeness, found.get(like, 0.0))
        ordered = sorted(found, key=lambda like: (-found[like], -self._vocabulary.count(like), like))
        return [self._surfaces.get(like, like) for like in ordered[: max(n, 0)]]

    def _by_code(self, query: str, allowed: Container[Hashable] | None) -> dict[Hashable, Hit]:
        hits: dict[Hashable, Hit] = {}
        for article in self._codes.exact(query):
            hits.setdefault(self._ids[article], Hit(self._ids[article], _EXACT, exact=True))
        for article in self._codes.starting(query):
            hits.setdefault(self._ids[article], Hit(self._ids[article], _SKU_START, exact=False))
        return hits if allowed is None else {key: hit for key, hit in hits.items() if key in allowed}

    def _by_words(self, query: str, allowed: Container[Hashable] | None) -> list[Hit]:
        groups = QueryReader(self._vocabulary, self._synonyms, len(self._ids)).read(query)
        scored = sorted((-self._score(groups, article), article) for article in self._candidates(groups, allowed))
        if not scored:
            return []
        lowest = max(LOWEST_SCORE, -scored[0][0] * LOWEST_SHARE)
        return [
            Hit(self._ids[article], min(-negative, _BEST_BY_WORDS), exact=False)
            for negative, article in scored
            if -negative >= lowest
        ]

    def _score(self, groups: list[Group], article: int) -> float:
        return score(groups, self._words.places(article), self._words.length(article))

    def _candidates(self, groups: list[Group], allowed: Container[Hashable] | None) -> Iterator[int]:
        seen = count = 0
        permitted = self._permitted(allowed)
        for tier in tiers([group for group in groups if group.options], self._postings):
            for article in members(tier & permitted & ~seen):
                if allowed is None or self._ids[article] in allowed:
                    yield article
                    count += 1
                    if count == MAX_CANDIDATES:
                        return
            seen |= tier

    def _permitted(self, allowed: Container[Hashable] | None) -> int:
        """Return a short list of allowed articles as bits, so that the others need not be looked at; else all bits."""
        if not isinstance(allowed, Collection) or len(allowed) * _SHORT_ASSORTMENT > len(self._ids):
            return -1
        articles = [article for key in allowed if (article := self._articles.get(key)) is not None]
        return self._postings.as_bits([articles])
