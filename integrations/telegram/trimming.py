"""Texts cut to Telegram's limits, which count UTF-16 units of what is seen: tags count for nothing."""

import re
import unicodedata
from html import unescape

ELLIPSIS = "…"
_TOKEN = re.compile(r"<[^>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);|.", re.DOTALL)
_NAME = re.compile(r"</?(\w+)")
_TAIL = 0.2  # of the limit, in which a space is looked for
_JOINERS = "\u200d\ufe0e\ufe0f"


def units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text) + sum(char > "\uffff" for char in text)


def cut_plain(text: str, limit: int) -> str:
    """A text without tags, at most `limit` units."""
    if len(text) * 2 <= limit or units(text) <= limit:
        return text
    kept, length = [], 1
    for char in text:
        length += units(char)
        if length > limit:
            break
        kept.append(char)
    return "".join(kept).rstrip() + ELLIPSIS


def cut(markup: str, limit: int) -> str:
    """HTML of at most `limit` seen units, cut at a space where one is near, with every open tag closed."""
    if len(markup) * 2 <= limit or units(markup) <= limit:
        return markup
    tokens = _TOKEN.findall(markup)
    if sum(map(_width, tokens)) <= limit:
        return markup
    return _closed(tokens[: _place(tokens, limit - units(ELLIPSIS))])


def _place(tokens: list[str], limit: int) -> int:
    """How many tokens to keep."""
    seen, space = 0, 0
    for index, token in enumerate(tokens):
        if token.isspace() and seen >= limit * (1 - _TAIL):
            space = index
        seen += _width(token)
        if seen > limit:
            return space or _before_cluster(tokens, index)
    return len(tokens)


def _before_cluster(tokens: list[str], index: int) -> int:
    """Back to the beginning of what is drawn as one character."""
    while index > 1 and (_joins(tokens[index]) or tokens[index - 1] == _JOINERS[0]):
        index -= 1
    return index


def _joins(token: str) -> bool:
    return len(token) == 1 and (token in _JOINERS or unicodedata.combining(token) > 0)


def _closed(tokens: list[str]) -> str:
    opened: list[str] = []
    for token in tokens:
        if name := _NAME.match(token):
            if not token.startswith("</"):
                opened.append(name[1])
            elif opened:
                opened.pop()
    return "".join(tokens).rstrip() + ELLIPSIS + "".join(f"</{name}>" for name in reversed(opened))


def _width(token: str) -> int:
    return 0 if token.startswith("<") else units(unescape(token))
