"""Pictures: sent once as a file, afterwards by the id Telegram gave it."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.conversation.screen import Photo
from bot.logs import log
from integrations.telegram.client import Upload
from integrations.telegram.remembered import Remembered

UPLOAD_LIMIT = 10 * 1024 * 1024
_REMEMBERED = 10_000
_PART = "picture"
_log = log("integrations.telegram")
Key = tuple[Path, int, int]


@dataclass(frozen=True, slots=True)
class Picture:
    """What a call needs: a reference for its field and, the first time, the file. `key` names this very content."""

    key: Key
    ref: str
    upload: Upload | None = None


class Photos:
    """Remembers file ids, and which picture stands in which message."""

    def __init__(self) -> None:
        self._ids: Remembered[Key, str] = Remembered(_REMEMBERED)
        self._shown: Remembered[tuple[int, int], Key] = Remembered(_REMEMBERED)

    async def of(self, photo: Photo) -> Picture | None:
        """None, with a log line, where the file cannot be sent."""
        try:
            key = _key(photo)
            if known := self._ids.get(key):
                return Picture(key, known)
            content = await asyncio.to_thread(_content, photo.path)
        except (OSError, ValueError) as error:
            _log.warning("telegram picture cannot be sent", name=photo.name, kind=type(error).__name__)
            return None
        return Picture(key, f"attach://{_PART}", Upload(_PART, photo.path.name, content))

    def sent(self, picture: Picture, message: Any) -> None:
        """Learn from Telegram's answer: the Message as JSON gave it."""
        match message:
            case {"message_id": int(number), "chat": {"id": int(chat)}, "photo": [*_, {"file_id": str(file_id)}]}:
                self._ids.put(picture.key, file_id)
                self._shown.put((chat, number), picture.key)

    def is_shown(self, chat: int, message: int, picture: Picture) -> bool:
        return self._shown.get((chat, message)) == picture.key

    def forget(self, picture: Picture) -> None:
        self._ids.forget(picture.key)


def _key(photo: Photo) -> Key:
    stat = photo.path.stat()
    return photo.path, stat.st_mtime_ns, stat.st_size


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(UPLOAD_LIMIT + 1)
    if not 0 < len(content) <= UPLOAD_LIMIT:
        raise ValueError("not between 1 byte and 10 MB")
    return content
