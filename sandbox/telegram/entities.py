"""HTML as the Bot API reads it: tags become entities with offsets in UTF-16 units, mistakes are told by byte offset."""

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.telegram.utf16 import utf16_length

Json = dict[str, Any]
TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)|#x([0-9a-fA-F]{1,8})|#([0-9]{1,10}));?")
TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


class Unparsable(Exception):
    """The text is not correct HTML; the words are Telegram's."""


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _Reader:
    source: str
    at: int = 0
    out: list[str] = field(default_factory=list)
    offset: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def byte(self, position: int) -> int:
        return len(self.source[:position].encode())

    def peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def skip_spaces(self) -> None:
        while self.peek().isspace():
            self.at += 1

    def take_until(self, stops: str) -> str:
        start = self.at
        while (char := self.peek()) and not char.isspace() and char not in stops:
            self.at += 1
        return self.source[start : self.at]

    def put(self, text: str) -> None:
        self.out.append(text)
        self.offset += utf16_length(text)


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The plain text and its entities. Raises Unparsable."""
    reader = _Reader(source)
    while char := reader.peek():
        if char == "<":
            _tag(reader)
        else:
            text, reader.at = _character(source, reader.at)
            reader.put(text)
    if reader.stack:
        raise Unparsable(f'Can\'t find end tag corresponding to start tag "{reader.stack[-1].tag}"')
    ordered = sorted(reader.entities, key=lambda one: (one["offset"], -one["length"]))
    return "".join(reader.out), ordered


def _character(source: str, at: int) -> tuple[str, int]:
    if source[at] == "&" and (match := REFERENCE.match(source, at)):
        name, hexadecimal, decimal = match.groups()
        code = ord(NAMED[name]) if name else int(hexadecimal, 16) if hexadecimal else int(decimal)
        if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000:
            return chr(code), match.end()
    return source[at], at + 1


def _tag(reader: _Reader) -> None:
    begin = reader.at
    reader.at += 1
    if reader.peek() == "/":
        _end_tag(reader, begin)
    else:
        _start_tag(reader, begin)


def _start_tag(reader: _Reader, begin: int) -> None:
    tag = reader.take_until(">").lower()
    if not reader.peek():
        raise Unparsable(f"Unclosed start tag at byte offset {reader.byte(begin)}")
    if tag not in TAGS:
        raise Unparsable(f'Unsupported start tag "{tag}" at byte offset {reader.byte(begin)}')
    attributes: dict[str, str] = {}
    while True:
        reader.skip_spaces()
        if reader.peek() == ">":
            break
        name, value = _attribute(reader, tag, begin)
        attributes[name] = value
    reader.at += 1
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise Unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {reader.byte(begin)}')
    reader.stack.append(_Open(tag, reader.offset, attributes))


def _attribute(reader: _Reader, tag: str, begin: int) -> tuple[str, str]:
    name = reader.take_until("=>/\"'")
    if not name:
        raise Unparsable(f'Empty attribute name in the tag "{tag}" at byte offset {reader.byte(begin)}')
    reader.skip_spaces()
    if reader.peek() != "=":
        return name.lower(), ""
    reader.at += 1
    reader.skip_spaces()
    value = _quoted(reader) if reader.peek() in ("'", '"') else _name_token(reader)
    if not reader.peek():
        raise Unparsable(f"Unclosed start tag at byte offset {reader.byte(begin)}")
    return name.lower(), value


def _quoted(reader: _Reader) -> str:
    quote, value = reader.peek(), []
    reader.at += 1
    while (char := reader.peek()) and char != quote:
        text, reader.at = _character(reader.source, reader.at)
        value.append(text)
    reader.at += 1
    return "".join(value)


def _name_token(reader: _Reader) -> str:
    start, match = reader.at, TOKEN.match(reader.source, reader.at)
    token = match.group() if match else ""
    reader.at += len(token)
    if (char := reader.peek()) and not char.isspace() and char != ">":
        raise Unparsable(f"Unexpected end of name token at byte offset {reader.byte(start)}")
    return token.lower()


def _end_tag(reader: _Reader, begin: int) -> None:
    if not reader.stack:
        raise Unparsable(f"Unexpected end tag at byte offset {reader.byte(begin)}")
    reader.at += 1
    found = reader.take_until(">").lower()
    reader.skip_spaces()
    if reader.peek() != ">":
        raise Unparsable(f"Unclosed end tag at byte offset {reader.byte(begin)}")
    reader.at += 1
    opened = reader.stack.pop()
    if found and found != opened.tag:
        said = f'expected "</{opened.tag}>", found "</{found}>"'
        raise Unparsable(f"Unmatched end tag at byte offset {reader.byte(begin)}, {said}")
    if reader.offset > opened.offset:
        _close(reader, opened)


def _close(reader: _Reader, opened: _Open) -> None:
    entity: Json = {"type": TAGS[opened.tag], "offset": opened.offset, "length": reader.offset - opened.offset}
    last = reader.entities[-1] if reader.entities else {}
    match opened.tag:
        case "a":
            entity["url"] = opened.attributes.get("href", "")
        case "blockquote" if "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        case "tg-emoji":
            entity["custom_emoji_id"] = opened.attributes.get("emoji-id", "")
        case "pre" if last.get("type") == "code" and "language" in last and _same_span(last, entity):
            reader.entities.pop()
            entity["language"] = last["language"]
        case "code" if opened.attributes.get("class", "").startswith("language-"):
            entity["language"] = opened.attributes["class"].removeprefix("language-")
    reader.entities.append(entity)


def _same_span(one: Json, other: Json) -> bool:
    return bool(one["offset"] == other["offset"] and one["length"] == other["length"])
