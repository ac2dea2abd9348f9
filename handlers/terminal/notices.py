"""`main.py notices`: what people were told, which way it went, and what it cost.

What is heavy is imported by the command that needs it: the command line has to start at once.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, TypeVar
from uuid import UUID

import typer

from bot import config
from bot.domain.dispatch import DispatchState
from bot.domain.errors import NotFound
from bot.process import CannotStart

if TYPE_CHECKING:
    from bot.domain.money import Money
    from bot.services.journal import Journal

T = TypeVar("T")
cli = typer.Typer(no_args_is_help=True, help="Повідомлення людям: що, кому, яким шляхом і скільки коштувало.")


@cli.command("list")
def list_(
    state: Annotated[list[DispatchState] | None, typer.Option(help="лише в цьому стані; можна кілька разів")] = None,
    client: Annotated[str, typer.Option(help="код клієнта в 1С, його ЄДРПОУ або РНОКПП")] = "",
    since: Annotated[datetime | None, typer.Option(help="відтоді, за Києвом: 2026-11-27")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
) -> None:
    """Останні повідомлення, новіші згори."""
    from bot.i18n import KYIV
    from handlers.terminal import notices_report

    states, moment = frozenset(state or DispatchState), since and since.replace(tzinfo=KYIV)
    found = _ask(
        lambda journal: journal.listed(states, client=client, since=moment, limit=limit),
        f"Клієнта з кодом {client} немає.",
    )
    typer.echo("\n".join(notices_report.listed(found)))


@cli.command()
def show(notice: UUID) -> None:
    """Одне повідомлення повністю."""
    from handlers.terminal import notices_report

    found = _ask(lambda journal: journal.require(notice), "Такого повідомлення немає. Усі: main.py notices list")
    typer.echo("\n".join(notices_report.whole(found)))


@cli.command()
def cost(
    month: Annotated[datetime | None, typer.Option(formats=["%Y-%m"], help="місяць: 2026-11; без нього — цей")] = None,
) -> None:
    """Скільки чого надіслано за місяць, скільки це коштувало й скільки зекономлено."""
    from bot.i18n import KYIV
    from handlers.terminal import notices_report

    moment = month and month.replace(tzinfo=KYIV)
    typer.echo("\n".join(notices_report.cost(_ask(lambda journal: journal.month(moment), ""))))


def _ask(question: "Callable[[Journal], Awaitable[T]]", missing: str) -> T:
    """Ask, say what is wrong where it is, and be done."""
    from bot import logs
    from bot.domain.money import Money

    try:
        settings = config.load()
        logs.configure(settings.log_level)
        return asyncio.run(_asked(settings.database_url, Money.of(settings.notices.sms_price), question))
    except CannotStart as error:
        _stop(str(error))
    except NotFound:
        _stop(missing)
    raise AssertionError("unreachable")


async def _asked(database_url: str, part: "Money", question: "Callable[[Journal], Awaitable[T]]") -> T:
    from bot.db.ready import opened
    from bot.services.journal import Journal

    async with opened(database_url) as books:
        return await question(Journal(books, lambda: datetime.now(UTC), part))


def _stop(words: str) -> None:
    typer.echo(words, err=True)
    raise typer.Exit(1)
