"""Files that are passed on: fetched from the messenger they came by, kept privately for the one they go to."""

import asyncio
import mimetypes
from collections.abc import Mapping
from pathlib import Path

from bot.conversation.event import File
from bot.conversation.messenger import Relay
from bot.conversation.screen import Attachment
from bot.domain.desk import Enclosure, PassageView
from bot.domain.errors import Rejected
from bot.services.private_files import PrivateFiles

PICTURES = ("photo", "picture")
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
_FORBIDDEN = frozenset('\\/:*?"<>|')
_NAME = 120


class Enclosing:
    """Gives a message its file anew, as ours."""

    def __init__(self, files: PrivateFiles) -> None:
        self._files = files

    async def of(self, passage: PassageView, messengers: Mapping[str, Relay]) -> tuple[Attachment | None, str]:
        """The file, or why there is none. Raises Unavailable."""
        file = passage.file
        if file is None:
            return None, ""
        messenger = messengers.get(file.channel)
        if messenger is None or not file.ref:
            return None, file.kind
        try:
            content = await messenger.fetch(File(file.kind, file.name, file.size, file.ref))
        except Rejected as error:
            return None, str(error.code or file.kind)
        return await asyncio.to_thread(self._kept, file, content), ""

    def standing_for(self, passage: PassageView) -> Attachment | None:
        """Of a message that stands already: only its words can change."""
        if passage.file is None:
            return None
        return Attachment(Path(), name_of(passage.file), "", 0, "")

    def _kept(self, file: Enclosure, content: bytes) -> Attachment:
        self._files.tidy()
        name = name_of(file)
        token, path = self._files.place(name)
        path.write_bytes(content)
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Attachment(path, name, mime, len(content), token, picture=file.kind in PICTURES)


def name_of(file: Enclosure) -> str:
    """What every system takes as a name, with an ending."""
    kept = "".join(char for char in file.name if char.isprintable() and char not in _FORBIDDEN).strip(" .")
    if not kept:
        return NAMES.get(file.kind, "file.bin")
    stem, suffix = Path(kept).stem[:_NAME], Path(kept).suffix[:12]
    return f"{stem.encode()[:_NAME].decode(errors='ignore')}{suffix}"
