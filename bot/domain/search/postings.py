"""Which articles hold a word: short lists as arrays, long ones as bits of one integer."""

import re
from array import array
from collections.abc import Iterable, Iterator

_SOME_BITS = re.compile(rb"[^\0]")
_BITS_OF = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


class Postings:
    """Sets of article numbers by word id; sets are integers whose n-th bit stands for article n."""

    def __init__(self, lists: list["array[int]"], articles: int) -> None:
        self._bytes = articles // 8 + 1
        self._bitmaps: dict[int, int] = {}
        self._lists = lists
        for word, listed in enumerate(lists):
            if len(listed) * 64 > articles:
                self._bitmaps[word] = self.as_bits([listed])
                lists[word] = array("I")

    def any_of(self, words: Iterable[int]) -> int:
        """Return the articles that hold at least one of the words."""
        bits = 0
        listed = []
        for word in words:
            bitmap = self._bitmaps.get(word)
            if bitmap is None:
                listed.append(self._lists[word])
            else:
                bits |= bitmap
        return bits | self.as_bits(listed) if listed else bits

    def all_of(self, words: Iterable[int]) -> int:
        """Return the articles that hold every one of the words."""
        bits = -1
        for word in words:
            bits &= self.any_of((word,))
        return max(bits, 0)

    def as_bits(self, listed: Iterable[Iterable[int]]) -> int:
        """Return the union of lists of article numbers as a set."""
        filled = bytearray(self._bytes)
        for numbers in listed:
            for number in numbers:
                filled[number >> 3] |= 1 << (number & 7)
        return int.from_bytes(filled, "little")


def members(bits: int) -> Iterator[int]:
    """Article numbers of a set, ascending; lazy, so that taking the first few is cheap."""
    filled = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    for found in _SOME_BITS.finditer(filled):
        at = found.start()
        for bit in _BITS_OF[filled[at]]:
            yield at * 8 + bit
