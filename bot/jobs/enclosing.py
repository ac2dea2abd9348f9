"""Files that are passed on: fetched from the messenger they came by, kept privately for the one they go to."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from bot.conversation.event import File
from bot.conversation.messenger import Relay
from bot.conversation.screen import Attachment
from bot.domain.desk import Enclosure, PassageView
from bot.domain.errors import Rejected
from bot.services.private_files import PrivateFiles, name_of

PICTURES = ("photo", "picture")


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
        return Attachment(Path(), name_of(passage.file.kind, passage.file.name), "", 0, "")

    def _kept(self, file: Enclosure, content: bytes) -> Attachment:
        name = name_of(file.kind, file.name)
        token, path, mime = self._files.keep(name, content)
        return Attachment(path, name, mime, len(content), token, picture=file.kind in PICTURES)
