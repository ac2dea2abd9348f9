"""A file off the disk piece by piece: what was taken is forgotten, so memory stays bounded; hostile XML is refused."""

from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, Generic, TypeVar

from lxml import etree

from bot.domain.pricelist import BrokenPriceList
from integrations.onec.commerceml import prolog

CHUNK = 64 * 1024
LONGEST_ELEMENT = 4 * 1024 * 1024
T = TypeVar("T")
Take = Callable[[Any], Iterable[T] | None]
"""What an element comes to; None leaves it to the one it stands in."""


class _Piece(Generic[T]):
    """What the elements come to that ended in one piece of the file; read it to its end."""

    def __init__(self, parser: "etree.XMLPullParser", take: Take[T]) -> None:
        self._parser = parser
        self._take = take
        self.last: Any = None

    def __iter__(self) -> Iterator[T]:
        for _, element in self._parser.read_events():
            taken = self._take(element)
            if taken is not None:
                yield from taken
                self.last = element


def pulled(
    file: IO[bytes], name: str, watched: str | tuple[str, ...], take: Take[T]
) -> Iterator[tuple[int, Iterable[T]]]:
    """Bytes read so far and what they came to, piece by piece.

    Raises BrokenPriceList, and lxml's XMLSyntaxError where it is not XML.
    """
    chunk = file.read(CHUNK)
    prolog.check(name, chunk)
    parser = etree.XMLPullParser(events=("end",), tag=watched, **prolog.options(chunk))  # type: ignore[arg-type]
    done = since = 0
    while chunk:
        parser.feed(chunk)
        done += len(chunk)
        since += len(chunk)
        piece = _Piece(parser, take)
        yield done, piece
        if piece.last is not None:
            since = 0
            _forget(piece.last)
        if since > LONGEST_ELEMENT:
            raise BrokenPriceList(name, "element_too_large", detail=str(done))
        chunk = file.read(CHUNK)
    parser.close()


def _forget(element: Any) -> None:
    """Drop the element's inside and everything before it and before its nearest ancestors."""
    element.clear(keep_tail=True)
    for _ in range(4):
        parent = element.getparent()
        if parent is None:
            return
        del parent[: parent.index(element)]
        element = parent
