"""Files made for one person: each in a folder nobody can guess, for a day, within a bound of bytes."""

import asyncio
import mimetypes
import re
import secrets
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.logs import log
from bot.ports import Clock

LIFE = timedelta(hours=24)
ROOM = 512 * 1024 * 1024
"""Bytes of all files together; with more, the oldest go before their time."""
EVERY = 3600.0
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}\.(\d{10,11})")
NAMES = {
    "photo": "photo.jpg",
    "picture": "photo.jpg",
    "voice": "voice.ogg",
    "audio": "audio.mp3",
    "video": "video.mp4",
    "video_note": "video.mp4",
    "animation": "animation.mp4",
    "sticker": "sticker.webp",
}
"""What a file without a name of its own is called, by its kind."""
_FORBIDDEN = frozenset('\\/:*?"<>|')
_NAME = 120
logger = log("files")


class PrivateFiles:
    """A folder of ours, closed to others; a token is the name of a folder in it and says until when it is good."""

    def __init__(self, folder: Path, now: Clock, *, room: int = ROOM) -> None:
        self._folder = folder
        self._now = now
        self._room = room

    def place(self, name: str) -> tuple[str, Path]:
        """A token, and where the file of that name is to be written."""
        token = f"{secrets.token_urlsafe(32)}.{int((self._now() + LIFE).timestamp())}"
        folder = self._folder / token
        folder.mkdir(mode=0o700)
        return token, folder / name

    def keep(self, name: str, content: bytes) -> tuple[str, Path, str]:
        """Written down at once: its token, where it lies, and its MIME type."""
        self.tidy()
        token, path = self.place(name)
        path.write_bytes(content)
        return token, path, mimetypes.guess_type(name)[0] or "application/octet-stream"

    def find(self, token: str, name: str) -> Path | None:
        """The file under that token; None for one that is not there, no more, or has another name."""
        until = _until(token)
        if until is None or until <= self._now() or name != Path(name).name:
            return None
        path = self._folder / token / name
        try:
            return path if path.is_file() else None
        except (ValueError, OSError):  # no file could have such a name
            return None

    def tidy(self) -> int:
        """Drop what is past its time, and the oldest where there is too much; returns how many went."""
        standing = sorted(self._standing(), key=lambda each: each[0])
        taken, gone = sum(size for _, _, size in standing), 0
        for until, folder, size in standing:
            if until > self._now() and taken <= self._room:
                break
            shutil.rmtree(folder, ignore_errors=True)
            taken, gone = taken - size, gone + 1
        return gone

    async def run(self) -> None:
        """Tidies once an hour until cancelled."""
        while True:
            try:
                await asyncio.to_thread(self.tidy)
            except OSError as error:
                logger.error("not tidied", kind=type(error).__name__)
            await asyncio.sleep(EVERY)

    def _standing(self) -> Iterator[tuple[datetime, Path, int]]:
        """Every folder of ours with its time and its bytes; another process may take it away meanwhile."""
        for folder in self._folder.iterdir():
            until = _until(folder.name)
            if until is None:
                continue
            try:
                yield until, folder, sum(file.stat().st_size for file in folder.iterdir())
            except OSError:
                continue


def _until(token: str) -> datetime | None:
    match = _TOKEN.fullmatch(token)
    return datetime.fromtimestamp(int(match[1]), UTC) if match else None


def name_of(kind: str, name: str) -> str:
    """What every system takes as the name of a file that somebody sent, with an ending."""
    kept = "".join(char for char in name if char.isprintable() and char not in _FORBIDDEN).strip(" .")
    if not kept:
        return NAMES.get(kind, "file.bin")
    stem, suffix = Path(kept).stem[:_NAME], Path(kept).suffix[:12]
    return f"{stem.encode()[:_NAME].decode(errors='ignore')}{suffix}"
