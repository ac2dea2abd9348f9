"""`$metadata` in a stream: which sets there are and what properties they have."""

from collections.abc import AsyncIterable, Iterable, Iterator
from dataclasses import dataclass, field
from sys import intern

from lxml import etree

_NAMESPACE = "StandardODATA."
_PREFIX = "{*}"
_WATCHED = tuple(_PREFIX + name for name in ("EntityType", "ComplexType", "EntitySet", "FunctionImport"))
LIMIT = 256 * 1024 * 1024


class BrokenMetadata(Exception):
    """What came is not a description of an OData service."""


@dataclass(slots=True)
class Metadata:
    """Types with their properties (and lengths of texts), sets with their types, functions by the type they serve."""

    types: dict[str, dict[str, int | None]] = field(default_factory=dict)
    collections: dict[str, dict[str, str]] = field(default_factory=dict)
    sets: dict[str, str] = field(default_factory=dict)
    functions: dict[str, set[str]] = field(default_factory=dict)

    def properties(self, entity: str) -> dict[str, int | None] | None:
        """None where the set is not published."""
        kind = self.sets.get(entity)
        return None if kind is None else self.types.get(kind, {})

    def section(self, entity: str, section: str) -> dict[str, int | None] | None:
        """The properties of a tabular section's rows."""
        rows = self.collections.get(self.sets.get(entity, ""), {}).get(section)
        return None if rows is None else self.types.get(rows, {})


async def read(pieces: AsyncIterable[bytes]) -> Metadata:
    """Raises BrokenMetadata. Only names are kept: 20 MB of XML come to a few megabytes."""
    reading = _Reading()
    async for piece in pieces:
        reading.feed(piece)
    return reading.close()


def read_whole(pieces: Iterable[bytes]) -> Metadata:
    """The same of pieces that are at hand."""
    reading = _Reading()
    for piece in pieces:
        reading.feed(piece)
    return reading.close()


class _Reading:
    def __init__(self) -> None:
        self._parser = etree.XMLPullParser(
            events=("end",), tag=_WATCHED, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        self._found = Metadata()
        self._size = 0

    def feed(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > LIMIT:
            raise BrokenMetadata("too large")
        try:
            self._parser.feed(piece)
            for _, element in self._parser.read_events():
                if isinstance(element, etree._Element):
                    self._take(element)
        except etree.XMLSyntaxError as error:
            raise BrokenMetadata(error.msg or "not XML") from None

    def close(self) -> Metadata:
        try:
            self._parser.close()
        except etree.XMLSyntaxError as error:
            raise BrokenMetadata(error.msg or "not XML") from None
        if not self._found.sets and not self._found.types:
            raise BrokenMetadata("no entities")
        return self._found

    def _take(self, element: "etree._Element") -> None:
        name = element.get("Name") or ""
        match etree.QName(element).localname:
            case "EntityType" | "ComplexType":
                self._found.types[name] = dict(_properties(element))
                self._found.collections[name] = dict(_collections(element))
            case "EntitySet":
                self._found.sets[name] = (element.get("EntityType") or "").removeprefix(_NAMESPACE)
            case _:
                for bound in _bound_to(element):
                    self._found.functions.setdefault(bound, set()).add(name)
        element.clear()
        parent = element.getparent()
        if parent is not None:
            del parent[: parent.index(element)]


def _properties(element: "etree._Element") -> Iterator[tuple[str, int | None]]:
    for child in element.iterchildren("{*}Property"):
        length = child.get("MaxLength") or ""
        yield intern(child.get("Name") or ""), int(length) if length.isdecimal() else None


def _collections(element: "etree._Element") -> Iterator[tuple[str, str]]:
    """Tabular sections: properties that are collections of rows."""
    for child in element.iterchildren("{*}Property"):
        kind = child.get("Type") or ""
        if kind.startswith("Collection("):
            yield child.get("Name") or "", kind[len("Collection(") : -1].removeprefix(_NAMESPACE)


def _bound_to(element: "etree._Element") -> Iterator[str]:
    for child in element.iterchildren("{*}Parameter"):
        if child.get("Name") == "bindingParameter":
            kind = (child.get("Type") or "").removeprefix("Collection(").removesuffix(")")
            yield kind.removeprefix(_NAMESPACE)
