"""BER as a tree that is walked where it is needed: nothing is copied, and hostile bytes cost no more than honest ones.

A schema would have to know every algorithm; the national ones (DSTU 4145, GOST 34.311, Kupyna) have parameters that
libraries do not, and here nobody asks for them.
"""

from dataclasses import dataclass, field

MOST_HEADERS = 1_000_000
"""Of one container: its content may come in fifteen thousand pieces, which every level around it reads again."""
DEEPEST = 24
_MANY_OCTETS_OF_LENGTH = 8
_END = b"\x00\x00"

SEQUENCE, SET, OCTETS, OCTETS_IN_PIECES, INTEGER, OID = 0x30, 0x31, 0x04, 0x24, 0x02, 0x06


@dataclass(slots=True)
class Source:
    """The bytes, and how much more of them will be read."""

    raw: bytes
    left: int = MOST_HEADERS

    def root(self) -> "Element":
        """What the bytes begin with; what follows it is not looked at. Raises ValueError."""
        return self.element(0, len(self.raw))

    def element(self, start: int, limit: int, depth: int = 0) -> "Element":
        """The element at `start`, which has to end by `limit`. Raises ValueError."""
        self.left -= 1
        if self.left < 0 or depth > DEEPEST:
            raise ValueError("too much of it")
        at = self._after_tag(start, limit)
        first, length = self.raw[start], self._octet(at, limit)
        at += 1
        if length == 0x80:
            return self._unbounded(start, at, limit, depth)
        if length > 0x80:
            size = length & 0x7F
            if size > _MANY_OCTETS_OF_LENGTH or at + size > limit:
                raise ValueError("cut off")
            length = int.from_bytes(self.raw[at : at + size], "big")
            at += size
        if at + length > limit:
            raise ValueError("cut off")
        return Element(self, first, start, at, at + length, at + length)

    def _unbounded(self, start: int, begin: int, limit: int, depth: int) -> "Element":
        """Its end is where two zeros stand instead of an element."""
        first, at = self.raw[start], begin
        if not first & 0x20:
            raise ValueError("no end")
        while self.raw[at : min(at + 2, limit)] != _END:
            at = self.element(at, limit, depth + 1).after
        return Element(self, first, start, begin, at, at + 2)

    def _after_tag(self, start: int, limit: int) -> int:
        at = start + 1
        if self._octet(start, limit) & 0x1F == 0x1F:
            while self._octet(at, limit) & 0x80:
                at += 1
            at += 1
        return at

    def _octet(self, at: int, limit: int) -> int:
        if at >= limit:
            raise ValueError("cut off")
        return self.raw[at]


@dataclass(frozen=True, slots=True)
class Element:
    """One value by its place: `first` is the octet of its class and tag."""

    source: Source = field(repr=False)
    first: int
    start: int
    begin: int
    end: int
    after: int

    @property
    def contents(self) -> bytes:
        return self.source.raw[self.begin : self.end]

    @property
    def whole(self) -> bytes:
        """With its header."""
        return self.source.raw[self.start : self.after]

    @property
    def size(self) -> int:
        return self.end - self.begin

    def children(self, most: int) -> list["Element"]:
        """Raises ValueError where there are more, and for what has none."""
        if not self.first & 0x20:
            raise ValueError("nothing can be inside")
        found: list[Element] = []
        at = self.begin
        while at < self.end:
            if len(found) == most:
                raise ValueError("too many")
            found.append(self.source.element(at, self.end))
            at = found[-1].after
        return found

    def child(self) -> "Element":
        """The first. Raises ValueError where there is none."""
        if not self.first & 0x20 or self.begin >= self.end:
            raise ValueError("nothing inside")
        return self.source.element(self.begin, self.end)

    def required(self, first: int) -> "Element":
        """Itself. Raises ValueError where it is something else."""
        if self.first != first:
            raise ValueError("something else")
        return self
