"""Values of a container as ours; what cannot be read is empty, and never a fault of the whole."""

from datetime import UTC, datetime

from asn1crypto import core

from integrations.cades.elements import OCTETS, OCTETS_IN_PIECES, OID, Element

MOST_PIECES = 200_000
LONGEST = 4096
_DEEPEST = 4
_TIMES = {0x17: core.UTCTime, 0x18: core.GeneralizedTime}
_STRINGS = {
    0x0C: core.UTF8String,
    0x12: core.NumericString,
    0x13: core.PrintableString,
    0x14: core.TeletexString,
    0x16: core.IA5String,
    0x1A: core.VisibleString,
    0x1C: core.UniversalString,
    0x1E: core.BMPString,
}
_BROKEN = (ValueError, TypeError, KeyError, OverflowError, IndexError)


def oid(element: Element) -> str:
    """Raises ValueError."""
    if element.required(OID).size > 64:
        raise ValueError("no such name")
    try:
        return str(core.ObjectIdentifier.load(element.whole).dotted)
    except _BROKEN:
        raise ValueError("no such name") from None


def octets(element: Element, depth: int = 0) -> bytes:
    """An octet string, in one piece or in many. Raises ValueError."""
    if element.first == OCTETS:
        return element.contents
    if depth > _DEEPEST:
        raise ValueError("too deep")
    return b"".join(octets(piece, depth + 1) for piece in element.required(OCTETS_IN_PIECES).children(MOST_PIECES))


def text(element: Element, limit: int = 300) -> str:
    """One line of any of the string types."""
    kind = _STRINGS.get(element.first)
    if kind is None or element.size > LONGEST:
        return ""
    try:
        said = str(kind.load(element.whole).native)
    except _BROKEN:
        return ""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in said).split())
    return line.encode(errors="replace").decode()[:limit]


def moment(element: Element) -> datetime | None:
    """In UTC; None for what does not say its zone."""
    kind = _TIMES.get(element.first)
    if kind is None or element.size > 64:
        return None
    try:
        said = kind.load(element.whole).native
        return said.astimezone(UTC) if isinstance(said, datetime) and said.tzinfo else None
    except _BROKEN:
        return None
