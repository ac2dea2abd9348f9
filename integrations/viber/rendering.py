"""A screen as the messages of Viber: pure, no network."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from viberbot.api.messages import FileMessage, PictureMessage, TextMessage

from bot.conversation.screen import Attachment, Media, Screen
from integrations.viber.keyboard import MAX_ROWS, keyboard
from integrations.viber.levels import PLAIN, min_api_version
from integrations.viber.plaintext import cleaned, plain_text, shortened, units, without_bytes

Message = dict[str, Any]
TEXT_LIMIT = 7000
CAPTION_LIMIT = 768
PICTURE_LIMIT = 1024 * 1024
"""Bytes that every device of Viber shows; a larger picture goes as a file."""
BODY_LIMIT = 30_000 - 300
"""Viber takes 30 KB of JSON; the receiver is added later."""
_LEAST_TEXT = 400
_PICTURES = (".jpeg", ".jpg", ".png", ".gif")


@dataclass(frozen=True, slots=True)
class Look:
    """What every message carries; the public folders of pictures and of files are empty where there are none."""

    sender_name: str
    media_url: str = ""
    files_url: str = ""

    def picture(self, media: Media | None) -> str | None:
        """The public address of a picture, where Viber can show it: the type is read from the address's end."""
        if isinstance(media, Attachment):
            fits = media.picture and media.size <= PICTURE_LIMIT and media.name.lower().endswith(_PICTURES)
            return self.file(media) if fits and self.files_url else None
        if media is None or not self.media_url or not media.name.lower().endswith(_PICTURES):
            return None
        return f"{self.media_url}/{quote(media.name, safe='')}"

    def file(self, attachment: Attachment) -> str:
        """The public address of a file, which nobody can guess."""
        return f"{self.files_url}/{attachment.token}/{quote(attachment.name, safe='')}"


def render(screen: Screen, look: Look, level: int) -> list[Message]:
    """One message, or a picture and a text where the text is longer than a caption; `level` is the device's.

    A file carries no words and no keyboard, so they come after it in a message of their own.
    """
    text, picture = _words(screen), look.picture(screen.media)
    if isinstance(screen.media, Attachment) and look.files_url and picture is None:
        return [_file(screen.media, look), _text(screen, look, level, text)]
    if picture is None:
        return [_text(screen, look, level, text)]
    if units(text) <= CAPTION_LIMIT:
        return [_picture(screen, look, level, picture, text)]
    head, _, rest = text.partition("\n")
    if units(head) > CAPTION_LIMIT or not rest.strip():
        head, rest = "", text
    return [_picture(screen, look, level, picture, head), _text(screen, look, level, rest.strip())]


def render_welcome(screen: Screen, look: Look, level: int) -> Message:
    """The single message that may stand in the answer to conversation_started: a long text goes without its picture."""
    text = _words(screen)
    picture = look.picture(screen.media)
    if picture is not None and units(text) <= CAPTION_LIMIT:
        return _picture(screen, look, level, picture, text)
    return _text(screen, look, level, text)


def serialised(message: Message) -> bytes:
    """JSON as it is sent: Cyrillic in UTF-8, two bytes a letter instead of six."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def _words(screen: Screen) -> str:
    text = plain_text(screen.text).strip()
    notice = cleaned(screen.notice).strip()
    return f"{notice}\n\n{text}".strip() if notice else text


def _text(screen: Screen, look: Look, level: int, text: str) -> Message:
    def build(words: str, rows: int) -> Message:
        board = keyboard(screen.rows, screen.menu, level, rows)
        return _complete(TextMessage(text=words, keyboard=board).to_dict(), look)

    return _fitted(build, shortened(text, TEXT_LIMIT) or "…")


def _picture(screen: Screen, look: Look, level: int, media: str, caption: str) -> Message:
    def build(words: str, rows: int) -> Message:
        board = keyboard(screen.rows, screen.menu, level, rows)
        return _complete(PictureMessage(text=words, media=media, keyboard=board).to_dict(), look)

    return _fitted(build, caption)


def _file(file: Attachment, look: Look) -> Message:
    return _complete(FileMessage(media=look.file(file), size=file.size, file_name=file.name).to_dict(), look)


def _complete(drawn: dict[str, Any], look: Look) -> Message:
    message = {name: value for name, value in drawn.items() if value is not None}
    message["sender"] = {"name": look.sender_name}
    level = min_api_version(message)
    return message | {"min_api_version": level} if level > PLAIN else message


def _fitted(build: Callable[[str, int], Message], text: str, rows: int = MAX_ROWS) -> Message:
    """Within 30 KB: the text gives way first, then rows from the end."""
    message = build(text, rows)
    excess = len(serialised(message)) - BODY_LIMIT
    if excess <= 0 or rows == 1:
        return message
    if len(text.encode()) - excess >= _LEAST_TEXT:
        return build(without_bytes(text, excess), rows)
    return _fitted(build, text, rows - 1)
