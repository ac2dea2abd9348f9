"""All screens on one page, for eyes: `python -m tests.screens.preview page.html`."""

import asyncio
import sys
from pathlib import Path

from bot.i18n import LANGUAGES
from handlers.preview import page
from tests.screens.backstage import previews


async def html() -> str:
    return page({language: await previews(language) for language in LANGUAGES})


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(asyncio.run(html()), encoding="utf-8")
