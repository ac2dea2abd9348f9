"""Article numbers and barcodes: found whole, and an article number also by its beginning."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice

SHORTEST_START = 3  # digits
SHORTEST_INSIDE = 5  # digits of a code standing among other words; fewer would be a quantity
MAX_CODE_CHARS = 40
_MAX_STARTS = 60


def code_key(code: str) -> str:
    """Letters and digits alone, without leading zeros: 1C pads codes with them, people do not write them."""
    return "".join(filter(str.isalnum, code.casefold())).lstrip("0")


def _digits(code: str) -> int:
    return sum(character.isdigit() for character in code)


class _Sorted:
    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        ordered = sorted((key, article) for key, article in pairs if key)
        self._keys = [key for key, _ in ordered]
        self._articles = array("I", [article for _, article in ordered])

    def starting(self, start: str) -> Iterator[tuple[str, int]]:
        for place in range(bisect_left(self._keys, start), len(self._keys)):
            if not self._keys[place].startswith(start):
                return
            yield self._keys[place], self._articles[place]

    def equal(self, key: str) -> Iterator[int]:
        for found, article in self.starting(key):
            if found != key:
                return
            yield article


class Codes:
    """Codes of articles; built from (code, article number) pairs."""

    def __init__(self, skus: Iterable[tuple[str, int]], barcodes: Iterable[tuple[str, int]]) -> None:
        self._skus = _Sorted((code_key(code), article) for code, article in skus)
        self._barcodes = _Sorted((code_key(code), article) for code, article in barcodes)

    def exact(self, query: str) -> Iterator[int]:
        """Articles whose number or barcode is the query, or a long enough word of it."""
        for key in self._keys(query):
            yield from self._skus.equal(key)
            yield from self._barcodes.equal(key)

    def starting(self, query: str) -> Iterator[int]:
        """Articles whose number begins with the query; nothing for fewer than SHORTEST_START digits."""
        key = code_key(query) if len(query) <= MAX_CODE_CHARS and len(query.split()) == 1 else ""
        if _digits(key) < SHORTEST_START:
            return
        for _, article in islice(self._skus.starting(key), _MAX_STARTS):
            yield article

    def _keys(self, query: str) -> Iterator[str]:
        if len(query) <= MAX_CODE_CHARS and (whole := code_key(query)):
            yield whole
        for chunk in query.split():
            key = code_key(chunk)
            if _digits(key) >= SHORTEST_INSIDE and len(chunk) <= MAX_CODE_CHARS:
                yield key
