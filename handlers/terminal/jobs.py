"""`main.py jobs`: background work that was given up, and what to do about it.

What is heavy is imported by the command that needs it: the command line has to start at once.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot import config
from bot.domain.errors import NotFound
from bot.domain.job import JobState
from bot.process import CannotStart

if TYPE_CHECKING:
    from bot.services.dead_letters import DeadLetters

T = TypeVar("T")
cli = typer.Typer(no_args_is_help=True, help="Фонова робота: що не вдалося й що з цим робити.")
Since = Annotated[datetime | None, typer.Option(help="відтоді, за Києвом: 2026-11-27 або 2026-11-27T10:00:00")]


@cli.command("list")
def list_(
    every: Annotated[bool, typer.Option("--all", help="не лише те, що не вдалося")] = False,
    since: Since = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
) -> None:
    """Що не вдалося, а з --all і що чекає."""
    from handlers.terminal import work_report

    states = tuple(JobState) if every else (JobState.DEAD,)
    found = _ask(lambda letters: letters.listed(states, since=_in_kyiv(since), limit=limit))
    typer.echo("\n".join(work_report.jobs(found)))


@cli.command()
def show(job: str) -> None:
    """Одне завдання повністю."""
    from handlers.terminal import work_report

    typer.echo("\n".join(work_report.job(_ask(lambda letters: letters.require(job)))))


@cli.command()
def replay(job: Annotated[str | None, typer.Argument(help="номер завдання")] = None, since: Since = None) -> None:
    """Спробувати ще раз: одне завдання або все, що не вдалося від дати."""
    moment = _in_kyiv(since)
    if job is not None and moment is None:
        done = int(_ask(lambda letters: letters.replay(job)))
    elif job is None and moment is not None:
        done = _ask(lambda letters: letters.replay_since(moment))
    else:
        _stop("Потрібен номер завдання або --since, наприклад: main.py jobs replay --since 2026-11-27")
        return
    typer.echo(f"Повернуто до роботи: {done}")


@cli.command()
def drop(job: str) -> None:
    """Відмовитися від завдання назавжди."""
    dropped = _ask(lambda letters: letters.drop(job))
    typer.echo("Відкинуто." if dropped else "Відкидати нічого: завдання вже виконано, відкинуто або воно саме триває.")


def _ask(question: "Callable[[DeadLetters], Awaitable[T]]") -> T:
    """Ask, say what is wrong where it is, and be done."""
    from bot import logs

    try:
        settings = config.load()
        logs.configure(settings.log_level)
        return asyncio.run(_asked(settings.database_url, question))
    except CannotStart as error:
        _stop(str(error))
    except NotFound:
        _stop("Такого завдання немає. Усі: main.py jobs list --all")
    raise AssertionError("unreachable")


async def _asked(database_url: str, question: "Callable[[DeadLetters], Awaitable[T]]") -> T:
    from bot.db.ready import opened
    from bot.services.dead_letters import DeadLetters

    async with opened(database_url) as books:
        return await question(DeadLetters(books, lambda: datetime.now(UTC)))


def _in_kyiv(moment: datetime | None) -> datetime | None:
    from bot.i18n import KYIV

    return moment and moment.replace(tzinfo=KYIV)


def _stop(words: str) -> None:
    typer.echo(words, err=True)
    raise typer.Exit(1)
