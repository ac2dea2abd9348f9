"""`main.py stats`: the owner's figures in words for a terminal, and as files."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from bot.domain.figures import Period
from bot.i18n import translator
from bot.ports import DrawChart
from bot.process import CannotStart
from bot.services.figures import OwnerFigures
from handlers.staff import figure_words as words
from handlers.staff.figures_table import table
from handlers.terminal.digest import plain


async def show(figures: OwnerFigures, period: Period, csv: Path | None, png: Path | None, draw: DrawChart) -> None:
    """Raises CannotStart where a file is there already, cannot be written, or would hold nothing."""
    tr, view = translator("uk"), await figures.of(period)
    print(plain(words.text(tr, view)))  # noqa: T201
    for path in (csv, png):
        if path is not None and path.exists():
            raise CannotStart(f"{path} вже є: назвіть новий файл.")
    chart = words.chart(tr, view)
    if png is not None and chart is None:
        raise CannotStart("Часток за цей час немає: графік немає з чого робити.")
    try:
        if csv is not None:
            await asyncio.to_thread(csv.write_bytes, table(tr, view))
        if png is not None and chart is not None:
            await asyncio.to_thread(draw, chart, png)
    except OSError as error:
        raise CannotStart(f"Файл не записано: {error}") from error


async def send(figures: OwnerFigures, desks: Mapping[str, object]) -> None:
    """A worker brings it. Raises CannotStart where there is no group."""
    if not desks:
        raise CannotStart("Нема куди надсилати: вкажіть TELEGRAM__FINANCE_CHAT або TELEGRAM__MANAGERS_CHAT.")
    await figures.send()
    print("Показники минулого тижня надійдуть групі, щойно працює main.py run або main.py worker.")  # noqa: T201
