"""An order as people write it: a line an article, words and how many; what the words mean is looked up elsewhere."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

LINES = 60
LONGEST = 200
_BREAK = re.compile(r"[\n\r;]+")
_COMMA = re.compile(r",\s+")
_BULLET = re.compile(r"^\s*(?:\d{1,3}[.)]\s+|[-–—•*]+\s*)")
_UNIT = (
    r"шт(?:ук[аи]?)?|ящ(?:ик(?:и|а|ів|ов)?)?|кор(?:обк[аи]|обок)?|уп(?:аковк[аи])?|міш(?:ок|к[иа]|ків)?|мешк?(?:ок|[иа]|ов)?"
    r"|пач(?:к[аи])?|кг|гр?|л|kg|pcs|g"
)
_AMOUNT = rf"(\d{{1,6}}(?:[.,]\d{{1,3}})?)\s*({_UNIT})?"
_AFTER = re.compile(rf"^(.*?\S)[\s:=–—-]+[xх×]?\s*{_AMOUNT}\.?$", re.IGNORECASE)
_BEFORE = re.compile(rf"^{_AMOUNT}\.?[\s:xх×*–—-]+(\D.*)$", re.IGNORECASE)
_SKU = re.compile(r"^(?:арт(?:икул)?\.?\s*|№\s*|#\s*)?(\S*\d\S*)(?:\s|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """`text` as it was written; `words` are to be looked up; `amount` is a number with a unit, empty where none is."""

    text: str
    words: str
    amount: str = ""

    @property
    def sku(self) -> str:
        """What may be an article's number, in front of the words; else empty."""
        found = _SKU.match(self.words)
        return found[1].rstrip(",.:") if found else ""


def read_order(text: str) -> Sequence[WrittenLine]:
    """At most LINES of them, in their order; lines without a word in them are left out."""
    lines = [" ".join(line.split()) for line in _BREAK.split(text)]
    parts = [part for line in lines for part in _parts(line)]
    read = [_read(part[:LONGEST]) for part in parts if any(char.isalnum() for char in part)]
    return read[:LINES]


def _parts(line: str) -> Sequence[str]:
    """Several articles in one line, where every one of them has its amount."""
    parts = _COMMA.split(line)
    return parts if len(parts) > 1 and all(_read(part).amount for part in parts) else [line]


def _read(line: str) -> WrittenLine:
    bare = _BULLET.sub("", line).strip(" .,;")
    after = _AFTER.match(bare)
    if after:
        return WrittenLine(line, after[1].rstrip(" ,:-–—"), f"{after[2]} {after[3] or ''}".strip().lower())
    before = _BEFORE.match(bare)
    if before:
        return WrittenLine(line, before[3], f"{before[1]} {before[2] or ''}".strip().lower())
    return WrittenLine(line, bare)
