"""Formatted text of a call: parsed, trimmed, with links and commands found, and held to Telegram's lengths."""

import re
from typing import Any
from urllib.parse import urlsplit

from sandbox.telegram.entities import Unparsable, parse_html
from sandbox.telegram.errors import bad_request, not_done_here
from sandbox.telegram.utf16 import utf16_length

Json = dict[str, Any]
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
FOUND = re.compile(
    r"(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<url>(?:https?://|tg://)[^\s<>\"«»]+[^\s<>\"«».,:;!?)]|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|ua|org|net|me|io|dev)\b(?:/[^\s<>\"«»]*[^\s<>\"«».,:;!?)])?)"
    r"|(?P<mention>(?<!\w)@[A-Za-z]\w{3,31}\b)"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)"
    r"|(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?\b)"
    r"|(?P<phone_number>(?<![\w+])\+\d[\d ()-]{8,16}\d\b)"
)


def text_of(asked: Json) -> Json:
    """{text, entities?} of sendMessage and editMessageText. Raises ApiError 400."""
    text, entities = _formatted(asked.get("text", ""), asked.get("parse_mode"), asked.get("entities"))
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return {"text": text} | ({"entities": entities} if entities else {})


def caption_of(asked: Json) -> Json:
    """{caption?, caption_entities?} of a message with media. Raises ApiError 400."""
    text, entities = _formatted(asked.get("caption", ""), asked.get("parse_mode"), asked.get("caption_entities"))
    if utf16_length(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return ({"caption": text} if text else {}) | ({"caption_entities": entities} if text and entities else {})


def typed_text(text: str) -> Json:
    """{text, entities?} of what a person typed: commands, links and phones are found, nothing is parsed."""
    clean = text.strip()
    entities = find_entities(clean, [])
    return {"text": clean} | ({"entities": entities} if entities else {})


def _formatted(source: str, parse_mode: str | None, given: list[Json] | None) -> tuple[str, list[Json]]:
    source = source.replace("\r", "").replace("\0", "")
    text, entities = source, [one for one in given or [] if _inside(one, source)]
    match (parse_mode or "").lower():
        case "":
            pass
        case "html":
            text, entities = _parsed(source)
        case "markdown" | "markdownv2":
            raise not_done_here(f"parse_mode {parse_mode}; HTML and entities are done")
        case _:
            raise bad_request("unsupported parse_mode")
    text, entities = _trimmed(text, [one for one in entities if _is_usable(one)])
    found = find_entities(text, entities)
    return text, sorted([*entities, *found], key=lambda one: (one["offset"], -one["length"]))


def _parsed(source: str) -> tuple[str, list[Json]]:
    try:
        return parse_html(source)
    except Unparsable as unparsable:
        raise bad_request(f"can't parse entities: {unparsable}") from None


def _inside(entity: Json, text: str) -> bool:
    return bool(entity["offset"] >= 0 and 0 < entity["length"] <= utf16_length(text) - entity["offset"])


def _is_usable(entity: Json) -> bool:
    """A link Telegram would not open is silently left as plain text."""
    return entity["type"] != "text_link" or is_link(entity.get("url", ""))


def is_link(url: str) -> bool:
    try:
        parts = urlsplit(url if "://" in url or url.startswith(("mailto:", "tel:")) else f"http://{url}")
    except ValueError:
        return False
    if parts.scheme in ("mailto", "tel", "tg", "ton"):
        return True
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and ("." in host or host == "localhost") and " " not in url


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    clean = text.strip()
    shift, end = utf16_length(text) - utf16_length(text.lstrip()), utf16_length(clean)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - shift)
        stop = min(end, entity["offset"] + entity["length"] - shift)
        if stop > start:
            kept.append(entity | {"offset": start, "length": stop - start})
    return clean, kept


def find_entities(text: str, known: list[Json]) -> list[Json]:
    """Links, addresses, mentions, tags, commands and phones that Telegram marks by itself outside code and links."""
    closed = [one for one in known if one["type"] in ("code", "pre", "text_link", "text_mention")]
    found = []
    for match in FOUND.finditer(text):
        entity = {
            "type": str(match.lastgroup),
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match.group()),
        }
        if not any(_overlap(entity, one) for one in closed):
            found.append(entity)
    return found


def _overlap(one: Json, other: Json) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])
