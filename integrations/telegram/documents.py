"""Files for one person: read whole within Telegram's bound, sent under the name a person sees."""

import asyncio
from pathlib import Path

from bot.conversation.screen import Attachment
from bot.domain.errors import Rejected
from integrations.telegram.client import Upload
from integrations.telegram.faults import SYSTEM

UPLOAD_LIMIT = 50 * 1024 * 1024
_PART = "document"
REF = f"attach://{_PART}"


async def upload_of(attachment: Attachment) -> Upload:
    """Raises Rejected where the file is not there any more or cannot be sent."""
    try:
        content = await asyncio.to_thread(_content, attachment.path)
    except (OSError, ValueError) as error:
        raise Rejected(SYSTEM, "sendDocument", type(error).__name__) from None  # its text holds the secret path
    return Upload(_PART, attachment.name, content, attachment.mime)


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(UPLOAD_LIMIT + 1)
    if not 0 < len(content) <= UPLOAD_LIMIT:
        raise ValueError("not between 1 byte and 50 MB")
    return content
