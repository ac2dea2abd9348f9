"""What stands before the first product: encoding, no document type, the right root."""

import re
from typing import Any

from lxml import etree

from bot.domain.pricelist import BrokenPriceList

ROOT = "КоммерческаяИнформация"
_DECLARED = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding", re.DOTALL)
_PLACE = re.compile(r", line \d+, column \d+$")
_ENCODING_ERRORS = {32, 81, 82, 83, 6000, 6001, 6003}  # libxml2: xmlParserErrors


def options(head: bytes) -> dict[str, object]:
    """The parser's settings for a document that begins so: no entities, no network, the library's own limits."""
    return {
        "encoding": _encoding(head),
        "resolve_entities": False,
        "load_dtd": False,
        "no_network": True,
        "huge_tree": False,
        "remove_blank_text": True,
        "remove_comments": True,
        "remove_pis": True,
    }


def check(name: str, head: bytes) -> None:
    """Raises BrokenPriceList where the document is not CommerceML or brings a document type of its own."""
    parser = etree.XMLPullParser(events=("start",), **options(head))  # type: ignore[arg-type]
    error: etree.XMLSyntaxError | None = None
    try:
        parser.feed(head)
    except etree.XMLSyntaxError as caught:  # perhaps after the root, and because of its document type
        error = caught
    root = _root(parser)
    if root is not None and root.getroottree().docinfo.doctype:
        raise BrokenPriceList(name, "document_type", line=1)
    if error is not None:
        raise broken(name, error) from error
    if root is None:
        raise BrokenPriceList(name, "not_commerceml")
    if etree.QName(root).localname != ROOT:
        raise BrokenPriceList(name, "not_commerceml", line=root.sourceline or 0, detail=str(root.tag)[:100])


def _root(parser: "etree.XMLPullParser") -> Any:
    try:
        return next((element for _, element in parser.read_events()), None)
    except etree.XMLSyntaxError:
        return None


def broken(name: str, error: etree.XMLSyntaxError) -> BrokenPriceList:
    """The parser's complaint with its place."""
    code = "wrong_encoding" if getattr(error, "code", 0) in _ENCODING_ERRORS else "broken_xml"
    detail = _PLACE.sub("", error.msg or "")[:200]
    return BrokenPriceList(name, code, line=error.lineno or 0, detail=detail)


def _encoding(head: bytes) -> str | None:
    """windows-1251 where nothing is declared and the bytes are not UTF-8; otherwise as declared."""
    if _DECLARED.match(head) or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return None if error.reason == "unexpected end of data" else "windows-1251"
    return None
