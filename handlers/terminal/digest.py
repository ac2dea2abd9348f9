"""`main.py digest`: what clients owe, in words for a terminal, and as files."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from bot.domain.paper import Form
from bot.i18n import translator
from bot.ports import DrawChart, DrawPaper
from bot.process import CannotStart
from bot.services.digest import Digest
from handlers.app import App
from handlers.staff import debt_words
from handlers.staff.digest import chart, digest_text


async def show(app: App, xlsx: Path | None, png: Path | None, draw: DrawPaper, draw_chart: DrawChart) -> None:
    """Raises CannotStart where a file is there already, cannot be written, or would hold nothing."""
    tr, view = translator("uk"), await app.digest.view()
    print(plain(digest_text(tr, view, None)))  # noqa: T201
    for path in (xlsx, png):
        if path is not None and path.exists():
            raise CannotStart(f"{path} вже є: назвіть новий файл.")
    if (xlsx or png) and not view.debtors:
        raise CannotStart("Ніхто нічого не винен: файлів немає з чого робити.")
    try:
        if xlsx is not None:
            table = debt_words.table(tr, app.company.name, view.debtors, view.on, view.as_of)
            await asyncio.to_thread(draw, table, Form.XLSX, xlsx)
        if png is not None:
            await asyncio.to_thread(draw_chart, chart(tr, view), png)
    except OSError as error:
        raise CannotStart(f"Файл не записано: {error}") from error


def plain(text: Markup) -> str:
    """Without tags and entities, line by line."""
    return "\n".join(line.striptags() for line in text.split("\n"))


async def send(digest: Digest, desks: Mapping[str, object]) -> None:
    """A worker brings it. Raises CannotStart where there is no group."""
    if not desks:
        raise CannotStart("Нема куди надсилати: вкажіть TELEGRAM__FINANCE_CHAT або TELEGRAM__MANAGERS_CHAT.")
    await digest.send()
    print("Зведення надійде групі, щойно працює main.py run або main.py worker.")  # noqa: T201
