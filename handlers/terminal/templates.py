"""`main.py templates`: templates of contracts listed, checked, taken into use, and filled for a client.

What is heavy is imported by the command that needs it: the command line has to start at once.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.domain.signing import DocumentKind
from bot.process import CannotStart

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from handlers.app import App

Opened = Callable[[], "AbstractAsyncContextManager[App]"]
"""The services over the books."""
KindGiven = Annotated[
    DocumentKind, typer.Argument(help="contract: договір, amendment: додаткова угода, reconciliation: акт")
]


def commands(opened: Opened) -> typer.Typer:
    """The commands, over what the composition root opens for them."""
    cli = typer.Typer(no_args_is_help=True, help="Шаблони договорів: переглянути, перевірити, додати, заповнити.")

    @cli.command("list")
    def list_() -> None:
        """Які шаблони використовуються і які версії є."""
        from handlers.terminal import templates_report

        _run(_over(opened, templates_report.listed))

    @cli.command()
    def check(file: Path) -> None:
        """Перевірити файл Word: поля, помилки й для якого документа він підходить."""
        from handlers.terminal import templates_report

        _run(_over(opened, lambda app: templates_report.checked(app, file)))

    @cli.command()
    def add(kind: KindGiven, file: Path) -> None:
        """Узяти файл за шаблон цього документа: нова версія."""
        from handlers.terminal import templates_report

        _run(_over(opened, lambda app: templates_report.added(app, kind, file)))

    @cli.command()
    def fill(
        kind: KindGiven,
        client: Annotated[str, typer.Option("--client", help="код у 1С, ЄДРПОУ або РНОКПП, частина назви")],
        out: Annotated[Path, typer.Option("--out", help="новий файл, .docx або .pdf")],
        number: Annotated[str, typer.Option(help="номер документа")] = "б/н",
    ) -> None:
        """Заповнити документ для клієнта у файл; нікуди не надсилається."""
        from handlers.terminal import templates_report

        _run(_over(opened, lambda app: templates_report.filled(app, kind, client, out, number)))

    return cli


async def _over(opened: Opened, work: "Callable[[App], Coroutine[Any, Any, None]]") -> None:
    async with opened() as app:
        await work(app)


def _run(work: "Coroutine[Any, Any, None]") -> None:
    try:
        asyncio.run(work)
    except CannotStart as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
