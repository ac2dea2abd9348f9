"""The only tags that are filled in: {{ group.field }}, {%tr for row in group.rows %}, {%tr endfor %}."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.template.checking import ProblemKind

_NAME = r"[^\W\d_]\w*"
_FIELD = re.compile(rf"\{{\{{\s*({_NAME})\s*\.\s*({_NAME})\s*\}}\}}")
_FOR = re.compile(rf"\{{%tr\s+for\s+({_NAME})\s+in\s+({_NAME})\s*\.\s*({_NAME})\s*%\}}")
_ENDFOR = re.compile(r"\{%tr\s+endfor\s*%\}")
_BARE = re.compile(rf"\{{\{{\s*({_NAME})\s*\}}\}}")
_ANY = re.compile(r"\{\{(?:(?!\{\{|\{%|\}\}).)*\}\}|\{%(?:(?!\{\{|\{%|%\}).)*%\}|\{#.*?#\}", re.DOTALL)
_LOOPLIKE = re.compile(r"\{%\s*(?:tr\s*)?(?:for|endfor)\b|\{%\s*tr\b")
_WORDS = re.compile(r"\{\{[\s\w.\-–]*\}\}")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class FieldTag:
    """`owner` is a group, or the name of a loop's row."""

    owner: str
    name: str


@dataclass(frozen=True, slots=True)
class ForTag:
    row: str
    over: str


@dataclass(frozen=True, slots=True)
class EndTag:
    """The end of a loop."""


@dataclass(frozen=True, slots=True)
class WrongTag:
    kind: ProblemKind
    written: str


Tag = FieldTag | ForTag | EndTag | WrongTag


def normal(text: str) -> str:
    """Letters in one piece: Word on a Mac may write й as two."""
    return unicodedata.normalize("NFC", text)


def tags(text: str) -> Iterator[Tag]:
    """Every tag of a paragraph in order; a brace that belongs to none is a broken one."""
    at = 0
    for match in _ANY.finditer(text):
        yield from _stray(text[at : match.start()])
        yield _read(match[0])
        at = match.end()
    yield from _stray(text[at:])


def without_tags(text: str) -> str:
    return _ANY.sub("", text).strip()


def _read(written: str) -> Tag:
    if match := _FIELD.fullmatch(written):
        return FieldTag(match[1], match[2])
    if match := _FOR.fullmatch(written):
        return ForTag(match[1], f"{match[2]}.{match[3]}")
    if _ENDFOR.fullmatch(written):
        return EndTag()
    if match := _BARE.fullmatch(written):
        return WrongTag(ProblemKind.UNKNOWN_FIELD, match[1])
    like = _LOOPLIKE.match(written) or _WORDS.fullmatch(written)
    return WrongTag(ProblemKind.BROKEN_TAG if like else ProblemKind.CODE, written[:_SHOWN])


def _stray(text: str) -> Iterator[WrongTag]:
    if match := re.search(r"[{}]", text):
        yield WrongTag(ProblemKind.BROKEN_TAG, text[match.start() :][:_SHOWN].strip())
