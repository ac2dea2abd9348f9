"""`main.py ladder`: the ladder's file checked, tomorrow's reminders, and a replay over the past.

What is heavy is imported by the command that needs it: the command line has to start at once.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.process import CannotStart

if TYPE_CHECKING:
    from bot.domain.ladder import Ladder
    from handlers.app import App

Opened = Callable[[], "AbstractAsyncContextManager[App]"]
"""The services over the books."""
Own = Annotated[Path | None, typer.Option("--file", help="файл драбини, якої ще не ввімкнено")]
Since = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="від якого дня, РРРР-ММ-ДД")]


def commands(opened: Opened) -> typer.Typer:
    """The commands, over what the composition root opens for them."""
    cli = typer.Typer(no_args_is_help=True, help="Драбина нагадувань: перевірити файл, подивитися вперед і назад.")

    @cli.command()
    def check(file: Path) -> None:
        """Перевірити файл драбини й показати її рівні."""
        from handlers.terminal import ladder_report

        _run(lambda: ladder_report.check(read(file)))

    @cli.command()
    def preview() -> None:
        """Хто що отримає наступного робочого дня й чому."""
        from handlers.terminal import ladder_report

        async def work() -> None:
            async with opened() as app:
                await ladder_report.preview(app)

        _run(lambda: asyncio.run(work()))

    @cli.command("dry-run")
    def dry_run(since: Since, file: Own = None) -> None:
        """Програти драбину від дня й показати, скільки нагадувань і кому вона надіслала б."""
        from handlers.terminal import ladder_report

        async def work() -> None:
            chosen = read(file) if file else None
            async with opened() as app:
                await ladder_report.dry_run(app, chosen, since.date())

        _run(lambda: asyncio.run(work()))

    return cli


def read(path: Path) -> "Ladder":
    """Raises CannotStart."""
    from bot.domain.ladder_file import BrokenLadder, read_ladder

    try:
        return read_ladder(path.read_text("utf-8"))
    except BrokenLadder as error:
        raise CannotStart(f"{path}: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise CannotStart(f"{path}: файл не читається. Потрібні дозвіл на читання й кодування UTF-8.") from error


def _run(work: Callable[[], None]) -> None:
    try:
        work()
    except CannotStart as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
