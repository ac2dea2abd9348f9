"""Messages a bot sends: their types, fields and limits."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from sandbox.viber.checks import is_url
from sandbox.viber.keyboard import Json, check_keyboard, check_rich_media
from sandbox.viber.refusal import Refusal

LONGEST_TEXT = 7000
LONGEST_CAPTION = 768
LONGEST_TRACKING_DATA = 4000
LONGEST_NAME = 28
LONGEST_PHONE = 18
LONGEST_FILE_NAME = 256
LONGEST_VIDEO = 180
LARGEST_VIDEO = 27_262_976
LARGEST_FILE = 52_428_800
PICTURES = (".jpeg", ".jpg", ".png", ".gif")
EXECUTABLES = re.compile(
    r"\.(action|apk|app|bat|bin|cab|cmd|com|command|cpl|csh|ex_|exe|gadget|inf1|ins|inx|ipa|isu|job|jse|ksh|lnk|msc|msi"
    r"|msp|mst|osx|out|paf|pif|prg|ps1|reg|rgs|run|sct|shb|shs|u3p|vb|vbe|vbs|vbscript|workflow|ws|wsf)"
)


@dataclass(frozen=True)
class Message:
    """A message that passed the checks; `kind` is empty when there is only a keyboard."""

    kind: str
    content: Json
    keyboard: Json | None
    level: int
    tracking_data: str | None
    sender: str


def read_message(body: Json, *, sender_required: bool = True) -> Message:
    """Check a send_message body; raises `Refusal` 3, 4 or 14."""
    level = _level(body)
    kind = body.get("type")
    keyboard = body.get("keyboard")
    if kind is None and keyboard is None:
        raise Refusal(4, "missing type")
    if kind is not None and (not isinstance(kind, str) or kind not in FIELDS):
        raise Refusal(3, "unknown message type")
    sender = _sender(body, sender_required)
    content = FIELDS[kind](body, level) if kind is not None else {}
    if keyboard is not None:
        check_keyboard(keyboard, level)
    tracking = _text(body, "tracking_data", LONGEST_TRACKING_DATA) if body.get("tracking_data") is not None else None
    return Message(kind or "", content, keyboard, level, tracking, sender)


def _level(body: Json) -> int:
    level = body.get("min_api_version")
    if level is None:
        return 1
    if isinstance(level, bool) or not isinstance(level, int) or level < 1:
        raise Refusal(3, "min_api_version is not valid")
    return level


def _sender(body: Json, required: bool) -> str:
    sender = body.get("sender")
    if sender is None and not required:
        return ""
    if not isinstance(sender, dict):
        raise Refusal(4 if sender is None else 3, "missing sender")
    name = _text(sender, "name", LONGEST_NAME, shortest=1)
    _optional_url(sender, "avatar")
    return name


def _text(body: Json, name: str, longest: int, shortest: int = 0) -> str:
    value = body.get(name)
    if value is None:
        raise Refusal(4, f"missing {name}")
    if not isinstance(value, str) or not shortest <= len(value) <= longest:
        raise Refusal(3, f"{name} is not valid: text of {shortest} to {longest} characters is expected")
    return value


def _url(body: Json, name: str, suffixes: tuple[str, ...] = ()) -> str:
    value = body.get(name)
    if value is None:
        raise Refusal(4, f"missing {name}")
    if not is_url(value):
        raise Refusal(3, f"{name} is not valid url")
    if suffixes and _suffix(value) not in suffixes:
        raise Refusal(3, f"{name} must end with {' '.join(suffixes)}")
    return str(value)


def _suffix(address: str) -> str:
    return PurePosixPath(unquote(urlsplit(address).path)).suffix.lower()


def _optional_url(body: Json, name: str) -> Json:
    return {name: _url(body, name)} if body.get(name) else {}


def _size(body: Json, name: str, largest: int) -> int:
    value = body.get(name)
    if value is None:
        raise Refusal(4, f"missing {name}")
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= largest:
        raise Refusal(3, f"{name} is not valid: a number up to {largest} is expected")
    return value


def _part(body: Json, name: str) -> Json:
    value = body.get(name)
    if value is None:
        raise Refusal(4, f"missing {name}")
    if not isinstance(value, dict):
        raise Refusal(3, f"{name} is not valid")
    return value


def _read_text(body: Json, level: int) -> Json:
    return {"text": _text(body, "text", LONGEST_TEXT, shortest=1)}


def _read_picture(body: Json, level: int) -> Json:
    caption = _text(body, "text", LONGEST_CAPTION)
    return {"text": caption, "media": _url(body, "media", PICTURES), **_optional_url(body, "thumbnail")}


def _read_video(body: Json, level: int) -> Json:
    duration = {"duration": _size(body, "duration", LONGEST_VIDEO)} if body.get("duration") is not None else {}
    caption = {"text": _text(body, "text", LONGEST_CAPTION)} if body.get("text") is not None else {}
    size = _size(body, "size", LARGEST_VIDEO)
    return (
        {"media": _url(body, "media", (".mp4",)), "size": size} | duration | caption | _optional_url(body, "thumbnail")
    )


def _read_file(body: Json, level: int) -> Json:
    name = _text(body, "file_name", LONGEST_FILE_NAME, shortest=1)
    ending = PurePosixPath(name).suffix.lower()
    if not ending:
        raise Refusal(3, "file_name must have an extension")
    if EXECUTABLES.fullmatch(ending):
        raise Refusal(3, f"file type {ending} is forbidden")
    media = _url(body, "media")
    if not _suffix(media):
        raise Refusal(3, "media must end with an extension")
    return {"media": media, "size": _size(body, "size", LARGEST_FILE), "file_name": name}


def _read_contact(body: Json, level: int) -> Json:
    contact = _part(body, "contact")
    phone = _text(contact, "phone_number", LONGEST_PHONE, shortest=1)
    if not re.fullmatch(r"\+?[0-9]+", phone):
        raise Refusal(3, "phone_number is not valid")
    avatar = _optional_url(contact, "avatar")
    return {"contact": {"name": _text(contact, "name", LONGEST_NAME, shortest=1), "phone_number": phone, **avatar}}


def _read_location(body: Json, level: int) -> Json:
    location = _part(body, "location")
    return {"location": {"lat": _degrees(location, "lat", 90), "lon": _degrees(location, "lon", 180)}}


def _degrees(location: Json, name: str, bound: int) -> float:
    value = location.get(name)
    if value is None:
        raise Refusal(4, f"missing {name}")
    number = value if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    try:
        degrees = float(number)
    except (ValueError, OverflowError):
        raise Refusal(3, f"{name} is not valid") from None
    if not -bound <= degrees <= bound:
        raise Refusal(3, f"{name} is not valid")
    return degrees


def _read_link(body: Json, level: int) -> Json:
    return {"media": _url(body, "media")}


def _read_sticker(body: Json, level: int) -> Json:
    return {"sticker_id": _size(body, "sticker_id", 2**53)}


def _read_rich_media(body: Json, level: int) -> Json:
    check_rich_media(_part(body, "rich_media"), level)
    alternative = {"alt_text": _text(body, "alt_text", LONGEST_TEXT)} if body.get("alt_text") is not None else {}
    return {"rich_media": body["rich_media"], **alternative}


FIELDS: dict[Any, Callable[[Json, int], Json]] = {
    "text": _read_text,
    "picture": _read_picture,
    "video": _read_video,
    "file": _read_file,
    "contact": _read_contact,
    "location": _read_location,
    "url": _read_link,
    "sticker": _read_sticker,
    "rich_media": _read_rich_media,
}
