"""`main.py import`: a price list into the catalogue, with a bar and a report."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress as Bar

from bot.db.ready import opened
from bot.domain.pricelist import BrokenPriceList, Progress, Records
from bot.ports import Clock
from bot.process import CannotStart
from bot.services import pictures
from bot.services.pricelist import PriceListImport
from handlers.terminal import pricelist_report
from handlers.terminal.files import require_files

STAGES = {"reading": "Читаю", "comparing": "Порівнюю", "writing": "Записую"}


async def take_in(
    database_url: str,
    files: Sequence[Path],
    read: Callable[[Sequence[Path]], Records],
    now: Clock,
    *,
    full: bool | None = None,
    dry_run: bool = False,
    table: Path | None = None,
) -> None:
    """Raises CannotStart, with nothing imported. `table` hangs pictures on categories."""
    require_files([*files, *([table] if table else [])])
    try:
        hung = pictures.read(table) if table else {}
        async with opened(database_url) as books:
            with _progress() as tell:
                report = await PriceListImport(books).run(
                    read(files), now=now(), full=full, dry_run=dry_run, on_progress=tell
                )
            unknown = [] if dry_run else await pictures.hang(books, hung)
    except BrokenPriceList as error:
        raise CannotStart("\n".join(pricelist_report.refusal(error))) from error
    except pictures.BrokenPictures as error:
        raise CannotStart(str(error)) from error
    missing = [f"Зображення: розділу {path} немає" for path in unknown]
    typer.echo("\n".join([*pricelist_report.lines(report), *missing]))


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    """A bar on standard error."""
    with Bar(console=Console(stderr=True)) as bar:
        task = bar.add_task(STAGES["reading"], total=None)
        yield lambda at: bar.update(task, description=STAGES[at.stage], completed=at.done, total=at.total)
