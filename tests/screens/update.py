"""Writes the screens down as they are now: `python -m tests.screens.update`; read the difference before keeping it."""

import asyncio
import sys

from bot.i18n import LANGUAGES
from tests.screens.backstage import previews
from tests.screens.written import SNAPSHOTS, joined, snapshot, written


def main() -> None:
    SNAPSHOTS.mkdir(exist_ok=True)
    for language in LANGUAGES:
        screens = written(asyncio.run(previews(language)))
        snapshot(language).write_text(joined(screens), encoding="utf-8")
        sys.stdout.write(f"{snapshot(language)}: {len(screens)}\n")


if __name__ == "__main__":
    main()
