"""What people sent, fetched from Telegram, which gives bots at most 20 MB."""

from aiogram.methods import GetFile

from bot.conversation.event import File
from bot.domain.errors import Rejected, Unavailable
from integrations.telegram.client import TOO_LARGE, BotApi
from integrations.telegram.faults import SYSTEM, Refusal

DOWNLOAD_LIMIT = 20 * 1024 * 1024


class Files:
    """Files by the id that came with a message."""

    def __init__(self, api: BotApi) -> None:
        self._api = api

    async def fetch(self, file: File) -> bytes:
        """Raises Unavailable, Rejected."""
        if not file.ref:
            raise Rejected(SYSTEM, "getFile", "nothing to fetch")
        if file.size > DOWNLOAD_LIMIT:
            raise Rejected(SYSTEM, "getFile", TOO_LARGE)
        try:
            found = await self._api.call(GetFile(file_id=file.ref))
        except Refusal as refusal:
            if "too big" in refusal.description:
                raise Rejected(SYSTEM, "getFile", TOO_LARGE) from None
            raise
        path = found.get("file_path") if isinstance(found, dict) else None
        if not isinstance(path, str):
            raise Unavailable(SYSTEM, "getFile", "unreadable answer")
        return await self._api.download(path, DOWNLOAD_LIMIT)
