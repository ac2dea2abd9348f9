"""Markup to the plain text of a Viber message, and safe shortening.

Viber reads *pairs* of asterisks, underscores and tildes as bold, italic and struck through. They are left as they are:
the worst that happens is a bold word, while an invisible character put in to prevent it would spoil every article
number and address that a person copies.
"""

import unicodedata
from html.parser import HTMLParser

from markupsafe import Markup

_BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ELLIPSIS = "…"
_JOINERS = "\u200d\ufe0f"


def plain_text(markup: Markup) -> str:
    """Tags dropped, entities read, a link as `label: address`, control characters out."""
    reader = _Reader()
    reader.feed(str(markup))
    reader.close()
    return cleaned("".join(reader.parts))


def cleaned(text: str) -> str:
    """Without control, direction and surrogate characters; line ends and tabs stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in _BIDI))


def units(text: str) -> int:
    """UTF-16 code units: how phones count characters."""
    return len(text) + sum(c > "\uffff" for c in text)


def shortened(text: str, limit: int) -> str:
    """At most `limit` UTF-16 units; a longer text ends with an ellipsis, at a word's end where one is near."""
    if units(text) <= limit:
        return text
    room, end = limit - 1, 0
    for end, character in enumerate(text):  # noqa: B007 the place is needed after the loop
        room -= 2 if character > "\uffff" else 1
        if room < 0:
            break
    return _closed(text[:end])


def without_bytes(text: str, excess: int) -> str:
    """The text less at least `excess` bytes of UTF-8, ending with an ellipsis."""
    kept = text.encode()[: -(excess + len(_ELLIPSIS.encode()))] if excess > 0 else text.encode()
    return _closed(kept.decode(errors="ignore")) if excess > 0 else text


def _closed(kept: str) -> str:
    space = max(kept.rfind(" "), kept.rfind("\n"))
    if space > len(kept) * 4 // 5:
        kept = kept[:space]
    return kept.rstrip().rstrip(_JOINERS) + _ELLIPSIS


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.parts)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            url, start = self._links.pop()
            label = "".join(self.parts[start:]).strip()
            if url and url != label:
                self.parts.append(f": {url}" if label else url)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
